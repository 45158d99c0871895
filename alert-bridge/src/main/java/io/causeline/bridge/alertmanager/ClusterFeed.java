package io.causeline.bridge.alertmanager;

import io.causeline.bridge.alertmanager.NormalisedAlert.Watchdog;
import io.causeline.model.Heartbeat.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one cluster's alert feed: when it was heard, and what it may have missed. */
final class ClusterFeed {

  /** How long gaps are told. */
  static final Duration GAP_MEMORY = Duration.ofHours(24);

  /** Truncations closer together than this are told as one gap. */
  static final Duration TRUNCATION_GRAIN = Duration.ofMinutes(30);

  private static final int MAX_GAPS = 50;
  private static final String TRUNCATED =
      "Alertmanager left alerts out of its notifications: the webhook receiver's max_alerts is"
          + " below the size of a group";

  private final WatchdogGaps watchdogs;
  private final Deque<Gap> past = new ArrayDeque<>();
  private Instant heardAt;

  ClusterFeed(@Nullable Duration watchdogTimeout, Instant since) {
    this.watchdogs = new WatchdogGaps(watchdogTimeout, since);
    this.heardAt = since;
  }

  /** When it was last heard of, or known to exist. */
  synchronized Instant heardAt() {
    return heardAt;
  }

  synchronized void heard(Instant at) {
    heardAt = at.isAfter(heardAt) ? at : heardAt;
  }

  synchronized void watchdog(Watchdog watchdog, Instant observedAt) {
    watchdogs.heard(watchdog, observedAt).forEach(this::add);
  }

  /** A notification left alerts out. */
  synchronized void truncated(Instant observedAt) {
    Gap last =
        past.stream()
            .filter(gap -> gap.reason().equals(TRUNCATED))
            .reduce((a, b) -> b)
            .orElse(null);
    if (last != null && last.to() != null && within(last.to(), observedAt)) {
      past.remove(last);
      add(new Gap(last.from(), observedAt, TRUNCATED));
    } else {
      add(new Gap(observedAt, observedAt, TRUNCATED));
    }
  }

  /** The gaps of the last 24 hours, those that last included. */
  synchronized List<Gap> gaps(Instant now) {
    past.removeIf(gap -> gap.to() != null && gap.to().isBefore(now.minus(GAP_MEMORY)));
    List<Gap> gaps = new ArrayList<>(past);
    gaps.addAll(watchdogs.lasting(now));
    return gaps;
  }

  /** Of too many gaps the two oldest become one, so that none goes untold. */
  private void add(Gap gap) {
    past.add(gap);
    if (past.size() > MAX_GAPS) {
      Gap first = past.remove();
      Gap second = past.remove();
      Instant from = first.from().isBefore(second.from()) ? first.from() : second.from();
      past.addFirst(new Gap(from, later(first.to(), second.to()), first.reason()));
    }
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isAfter(a)) ? b : a;
  }

  private static boolean within(Instant last, Instant now) {
    return Duration.between(last, now).compareTo(TRUNCATION_GRAIN) <= 0;
  }
}
