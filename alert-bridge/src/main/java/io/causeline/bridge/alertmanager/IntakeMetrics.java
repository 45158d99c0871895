package io.causeline.bridge.alertmanager;

import io.causeline.bridge.alertmanager.NormalisedAlert.Accepted;
import io.causeline.bridge.alertmanager.NormalisedAlert.Ignored;
import io.causeline.bridge.alertmanager.NormalisedAlert.Rejected;
import io.causeline.bridge.alertmanager.NormalisedAlert.Watchdog;
import io.causeline.service.Metrics;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What is counted of the alerts that come in. Every delivery counts, repeats included. */
final class IntakeMetrics {

  private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private final Metrics.Counter alerts;
  private final Metrics.Counter deadLetters;
  private final Metrics.Counter truncated;
  private final Metrics.Histogram webhooks;

  IntakeMetrics(Metrics metrics, InFlight inFlight) {
    alerts =
        metrics.counter(
            "causeline_bridge_alerts_total",
            "Alerts in webhook bodies, by outcome: firing or resolved (a signal), watchdog or"
                + " ignored (severity none, no signal), rejected (a dead letter), or unstored (the"
                + " body was answered 503 and will come again).",
            "outcome");
    deadLetters =
        metrics.counter(
            "causeline_bridge_dead_letters_total",
            "Alerts written to dead-letters because they cannot be used, by reason.",
            "reason");
    truncated =
        metrics.counter(
            "causeline_bridge_alerts_truncated_total",
            "Alerts that Alertmanager left out of webhook bodies (max_alerts of its receiver).");
    webhooks =
        metrics.histogram(
            "causeline_bridge_webhook_duration_seconds",
            "Time from a webhook's arrival to the decision on its answer, by status and outcome;"
                + " for the outcome stored that includes Kafka's acknowledgement.",
            SECONDS,
            "code",
            "outcome");
    metrics.gauge(
        "causeline_bridge_webhook_in_flight_bodies",
        "Webhook bodies being read, or with records that Kafka has not settled yet.",
        () -> (double) inFlight.bodies());
    metrics.gauge(
        "causeline_bridge_webhook_in_flight_bytes",
        "Size of the webhook bodies in flight; beyond the limit webhooks are answered 503.",
        () -> (double) inFlight.bytes());
  }

  /** A webhook has been decided on. */
  void answered(WebhookOutcome outcome, long nanos) {
    webhooks.observe(nanos / 1e9, String.valueOf(outcome.status()), outcome.word());
  }

  /** A body is stored. */
  void stored(NormalisedBody body) {
    Map<String, Integer> outcomes = new HashMap<>();
    for (NormalisedAlert alert : body.alerts()) {
      outcomes.merge(word(alert), 1, Integer::sum);
      if (alert instanceof Rejected rejected) {
        deadLetters.inc(rejected.reason().name().toLowerCase(Locale.ROOT));
      }
    }
    outcomes.forEach((outcome, count) -> alerts.add(count, outcome));
    if (body.truncated() > 0) {
      truncated.add((double) body.truncated());
    }
  }

  /** A body may not be stored, at least not all of it. */
  void unstored(NormalisedBody body) {
    alerts.add(body.alerts().size(), "unstored");
  }

  private static String word(NormalisedAlert alert) {
    if (alert instanceof Accepted accepted) {
      return accepted.signal().firing() ? "firing" : "resolved";
    }
    if (alert instanceof Watchdog) {
      return "watchdog";
    }
    return alert instanceof Ignored ? "ignored" : "rejected";
  }
}
