package io.causeline.collector.watch;

import java.time.Duration;
import java.time.Instant;

/** Told what a {@link ResourceWatcher} goes through: for metrics and for the record of gaps. */
public interface WatchListener {

  /** A watch is begun again, or a list. */
  void restarted(String resource, String cause);

  /** Between these times changes may have been missed; all is known again since. */
  void gap(String resource, Instant from, Instant to, String reason);

  /** The watch was closed for so long, waiting for Kafka. */
  void paused(String resource, Duration time);
}
