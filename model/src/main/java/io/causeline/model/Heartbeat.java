package io.causeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every 10 s from each feed of each cluster: its clock, and what it may have missed.
 *
 * @param feed {@link Signal#FEED_KUBERNETES} or {@link Signal#FEED_ALERTMANAGER}
 * @param observedAt the feed's clock: all that it saw before has been sent before
 * @param lag how far behind the source the feed is
 * @param gaps spans, within the last 24 h, in which the feed may have missed something
 */
public record Heartbeat(
    String cluster, String feed, Instant observedAt, Duration lag, List<Gap> gaps)
    implements Signal {

  /**
   * A span in which something may have been missed.
   *
   * @param to null while it lasts
   * @param reason for people, such as {@code events expired before they were read (410 Gone)}
   */
  public record Gap(Instant from, @Nullable Instant to, String reason) {

    public Gap {
      reason = Text.message(reason);
    }
  }

  public Heartbeat {
    ClusterName.require(cluster);
    gaps = gaps == null ? List.of() : List.copyOf(gaps);
  }

  @Override
  public String feedName() {
    return feed;
  }
}
