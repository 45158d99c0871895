package io.causeline.bridge.alertmanager;

import io.causeline.bridge.alertmanager.NormalisedAlert.Accepted;
import io.causeline.bridge.alertmanager.NormalisedAlert.Rejected;
import io.causeline.model.AlertSignal;
import io.causeline.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Writes what became of a webhook body: its signals to the {@code signals} topic, and the alerts
 * that can't be used to {@code dead-letters}, with their JSON as it came and the headers {@link
 * #ORIGIN} and {@link #REASON}.
 *
 * <p>A part of a body may be stored when the whole is not. That does no harm: sent again, a signal
 * has the same identity and merges with itself.
 */
final class AlertStore {

  /** Header of a dead letter: where it came from. */
  static final String ORIGIN = "origin";

  /** Header of a dead letter: why it can't be used. */
  static final String REASON = "reason";

  /** Header of a dead letter that was too large to be kept whole: its bytes before the cut. */
  static final String CUT_FROM = "cut-from";

  /** Half of what a topic takes, so that a dead letter is never itself refused. */
  static final int MAX_DEAD_LETTER_BYTES = Topics.MAX_RECORD_BYTES / 2;

  private final RecordSink sink;
  private final Duration patience;
  private final LongSupplier nanos;

  /**
   * @param patience how long sending may take; a sink that has no room makes it slow
   * @param nanos a clock such as {@link System#nanoTime}
   */
  AlertStore(RecordSink sink, Duration patience, LongSupplier nanos) {
    this.sink = sink;
    this.patience = patience;
    this.nanos = nanos;
  }

  /**
   * The fate of a body's records, told on the sink's threads.
   *
   * @param stored completes normally when all are stored, exceptionally as soon as one is not
   * @param settled completes normally when the fate of every record that was sent is known
   */
  record Writes(CompletableFuture<Void> stored, CompletableFuture<Void> settled) {}

  /** Sends the records of a body. */
  Writes store(NormalisedBody body, String origin) {
    long began = nanos.getAsLong();
    BodyFate fate = new BodyFate();
    AlertJson json = new AlertJson();
    int sent = 0;
    for (NormalisedAlert alert : body.alerts()) {
      if (alert instanceof Accepted accepted) {
        AlertSignal signal = accepted.signal();
        fate.sending();
        sink.send(Topics.SIGNALS, signal.cluster(), json.bytes(signal), Map.of(), fate);
      } else if (alert instanceof Rejected rejected) {
        fate.sending();
        deadLetter(rejected, origin, fate);
      } else {
        continue;
      }
      sent++;
      // Once one has failed the body has failed; with a full buffer each further one would wait.
      if (fate.hasFailed()) {
        break;
      }
      if (nanos.getAsLong() - began > patience.toNanos()) {
        fate.failed(
            new TimeoutException(
                "only "
                    + sent
                    + " of "
                    + body.alerts().size()
                    + " alerts could be handed to Kafka within "
                    + patience));
        break;
      }
    }
    fate.allSent();
    return fate.writes();
  }

  private void deadLetter(Rejected rejected, String origin, RecordSink.Fate fate) {
    Map<String, String> headers = new HashMap<>();
    headers.put(ORIGIN, origin);
    headers.put(REASON, rejected.detail());
    byte[] json = rejected.original().getBytes(StandardCharsets.UTF_8);
    if (json.length > MAX_DEAD_LETTER_BYTES) {
      headers.put(CUT_FROM, String.valueOf(json.length));
      json = Arrays.copyOf(json, MAX_DEAD_LETTER_BYTES);
    }
    sink.send(Topics.DEAD_LETTERS, rejected.cluster(), json, headers, fate);
  }
}
