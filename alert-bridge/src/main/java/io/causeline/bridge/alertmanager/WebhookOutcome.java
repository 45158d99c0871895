package io.causeline.bridge.alertmanager;

/**
 * How a webhook was answered, and why: decided once, used for the status, the metrics and the
 * tests. Alertmanager repeats what got a 5xx and gives up on any 4xx, so 400 and 413 are for what
 * can never be right, and all that may pass is 503.
 */
enum WebhookOutcome {
  /** Kafka holds every record of the body. */
  STORED(200),
  /** Its bytes can never be read as a webhook. */
  UNUSABLE(400),
  /** Its URL names a cluster that no cluster can be named. */
  CLUSTER(400),
  /** It is above the limit of a body's size. */
  TOO_LARGE(413),
  /** As many bodies are under way as are taken at a time. */
  BUSY(503),
  /** Kafka has refused a record, or can't be reached. */
  UNSTORED(503),
  /** Kafka has not stored all of it in time. */
  LATE(503),
  /** This bridge is stopping. */
  STOPPING(503),
  /** Its sender went away, or sent no whole body. */
  BROKEN(400);

  private final int status;

  WebhookOutcome(int status) {
    this.status = status;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** The word for metrics. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
