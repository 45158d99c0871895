package io.causeline.bridge.alertmanager;

import io.causeline.model.AlertSignal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one alert of a webhook body. */
public sealed interface NormalisedAlert {

  /** It is a signal. */
  record Accepted(AlertSignal signal) implements NormalisedAlert {}

  /**
   * It is the alert that always fires while Prometheus evaluates and reaches Alertmanager, such as
   * {@code Watchdog}. No signal: it tells of the feed. While it fires the feed lives; when it is
   * resolved, that Prometheus' alerts no longer arrive.
   *
   * @param prometheus which Prometheus it speaks for, as its label {@code prometheus} says; empty
   *     where it has none
   * @param source tells replicas of one Prometheus apart
   * @param startsAt when it began to fire
   * @param endsAt when it was over; null while it fires
   */
  record Watchdog(
      String cluster, String prometheus, String source, Instant startsAt, @Nullable Instant endsAt)
      implements NormalisedAlert {}

  /** Severity {@code none}: by convention a helper of Alertmanager's inhibition, about nothing. */
  record Ignored(String cluster, String name) implements NormalisedAlert {}

  /**
   * It is JSON, but can't be used.
   *
   * @param cluster where its dead letter goes
   * @param reason one word for metrics
   * @param detail what is wrong, for people
   * @param original its JSON as it came
   */
  record Rejected(String cluster, Reason reason, String detail, String original)
      implements NormalisedAlert {}

  /** Why an alert is rejected. */
  enum Reason {
    /** It is not an object, or its labels are none. */
    SHAPE,
    /** It has no {@code alertname}. */
    NAME,
    /** Its status is neither firing nor resolved. */
    STATUS,
    /** Its {@code cluster} label can't be a cluster's name. */
    CLUSTER,
    /** It is larger than any alert can sensibly be. */
    SIZE
  }
}
