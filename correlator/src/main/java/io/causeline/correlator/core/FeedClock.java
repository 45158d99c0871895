package io.causeline.correlator.core;

import io.causeline.model.Heartbeat;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's clock: the least {@code observedAt} over the live feeds, so that no effect is due
 * before every feed has told what it saw until then. A feed that is silent for the time-out drops
 * out, which is told as a gap. It never goes back.
 */
final class FeedClock {

  /** Gaps older than this are no longer told. */
  private static final Duration GAP_MEMORY = Duration.ofHours(24);

  /** The latest are told; more would say no more. */
  private static final int MOST_GAPS = 50;

  /** A feed: how far it has come, and what it may have missed. */
  record Feed(Instant observedAt, @Nullable Duration lag, List<Heartbeat.Gap> gaps) {}

  private final Duration timeout;
  private final Map<String, Feed> feeds = new TreeMap<>();
  private Instant clock = Instant.EPOCH;
  private boolean changed;

  FeedClock(Duration timeout) {
    this.timeout = timeout;
  }

  /** A record of this feed was seen. */
  void observe(String feed, Instant observedAt) {
    Feed known = feeds.get(feed);
    if (known == null) {
      feeds.put(feed, new Feed(observedAt, null, List.of()));
    } else if (observedAt.isAfter(known.observedAt())) {
      feeds.put(feed, new Feed(observedAt, known.lag(), known.gaps()));
    } else {
      return;
    }
    changed = true;
    tick();
  }

  /** A heartbeat: also tells lag and gaps. */
  void observe(Heartbeat heartbeat) {
    Feed known = feeds.get(heartbeat.feed());
    if (known == null || !heartbeat.observedAt().isBefore(known.observedAt())) {
      feeds.put(
          heartbeat.feed(),
          new Feed(
              heartbeat.observedAt(),
              heartbeat.lag(),
              known == null ? heartbeat.gaps() : remembered(known, heartbeat)));
      changed = true;
      tick();
    }
  }

  /**
   * A feed that restarted no longer tells the gaps that it told before: they are kept for a day.
   */
  private static List<Heartbeat.Gap> remembered(Feed known, Heartbeat heartbeat) {
    Instant horizon = heartbeat.observedAt().minus(GAP_MEMORY);
    List<Heartbeat.Gap> gaps = new ArrayList<>();
    for (Heartbeat.Gap gap : known.gaps()) {
      Instant end = gap.to() == null ? heartbeat.observedAt() : gap.to();
      boolean told = heartbeat.gaps().stream().anyMatch(other -> other.from().equals(gap.from()));
      if (!told && end.isAfter(horizon)) {
        gaps.add(new Heartbeat.Gap(gap.from(), end, gap.reason()));
      }
    }
    gaps.addAll(heartbeat.gaps());
    return gaps.size() <= MOST_GAPS ? gaps : gaps.subList(gaps.size() - MOST_GAPS, gaps.size());
  }

  /** Moves on without a record. */
  void advanceTo(Instant time) {
    if (time.isAfter(clock)) {
      clock = time;
      changed = true;
    }
  }

  private void tick() {
    Instant newest = Instant.EPOCH;
    for (Feed feed : feeds.values()) {
      newest = feed.observedAt().isAfter(newest) ? feed.observedAt() : newest;
    }
    Instant least = newest;
    for (Feed feed : feeds.values()) {
      if (isLive(feed, newest) && feed.observedAt().isBefore(least)) {
        least = feed.observedAt();
      }
    }
    clock = least.isAfter(clock) ? least : clock;
  }

  private boolean isLive(Feed feed, Instant newest) {
    return Duration.between(feed.observedAt(), newest).compareTo(timeout) <= 0;
  }

  Instant now() {
    return clock;
  }

  /** Whether anything is missing, in words. */
  Incident.Feed health() {
    List<String> gaps = new ArrayList<>();
    for (Map.Entry<String, Feed> entry : feeds.entrySet()) {
      Feed feed = entry.getValue();
      if (isSilent(feed)) {
        gaps.add(silence(entry.getKey(), feed));
      }
      for (Heartbeat.Gap gap : feed.gaps()) {
        Instant end = gap.to();
        if (end == null || end.isAfter(clock.minus(GAP_MEMORY))) {
          gaps.add(words(entry.getKey(), gap));
        }
      }
    }
    return gaps.isEmpty() ? Incident.Feed.COMPLETE : new Incident.Feed(false, gaps);
  }

  /**
   * What the feeds may have missed in this time, in words: what they told themselves, and a feed
   * that used to beat and fell silent.
   */
  List<String> gaps(Instant from, Instant to) {
    List<String> gaps = new ArrayList<>();
    feeds.forEach(
        (name, feed) -> {
          for (Heartbeat.Gap gap : feed.gaps()) {
            boolean ended = gap.to() != null && gap.to().isBefore(from);
            if (!ended && !gap.from().isAfter(to)) {
              gaps.add(words(name, gap));
            }
          }
          if (feed.lag() != null && isSilent(feed) && feed.observedAt().isBefore(to)) {
            gaps.add(silence(name, feed));
          }
        });
    return gaps;
  }

  private static String words(String feed, Heartbeat.Gap gap) {
    Instant end = gap.to();
    return feed
        + ": "
        + gap.reason()
        + ", from "
        + Json.time(gap.from())
        + (end == null ? " on" : " to " + Json.time(end));
  }

  private static String silence(String name, Feed feed) {
    return name + ": silent since " + Json.time(feed.observedAt());
  }

  /** What is missing now, by name: it changes when a gap is told or a feed falls silent. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    feeds.forEach(
        (name, feed) -> {
          feed.gaps().forEach(gap -> missing.add(name + " " + gap.from() + " " + gap.to()));
          if (feed.lag() != null && isSilent(feed)) {
            missing.add(name);
          }
        });
    return missing;
  }

  private boolean isSilent(Feed feed) {
    return Duration.between(feed.observedAt(), clock).compareTo(timeout) > 0;
  }

  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  byte[] pack() {
    return StateCodec.packed()
        .time(clock)
        .list(
            feeds.entrySet(),
            (out, entry) ->
                out.word(entry.getKey())
                    .time(entry.getValue().observedAt())
                    .duration(entry.getValue().lag())
                    .list(
                        entry.getValue().gaps(),
                        (to, gap) -> to.time(gap.from()).time(gap.to()).text(gap.reason())))
        .take();
  }

  void restore(Unpacked in) {
    clock = in.someTime();
    in.list(
            from ->
                Map.entry(
                    from.someWord(),
                    new Feed(
                        from.someTime(),
                        from.duration(),
                        from.list(
                            gap -> new Heartbeat.Gap(gap.someTime(), gap.time(), gap.someText())))))
        .forEach(entry -> feeds.put(entry.getKey(), entry.getValue()));
  }
}
