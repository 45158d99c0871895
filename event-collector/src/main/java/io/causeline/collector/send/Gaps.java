package io.causeline.collector.send;

import io.causeline.model.Heartbeat.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The spans of the last day in which something may have been missed. Those that overlap are one;
 * when there are many, the two that lie closest together become one: more is told as missed than
 * was, never less.
 */
public final class Gaps {

  static final int MOST = 20;
  static final Duration KEPT = Duration.ofHours(24);

  private final List<Gap> gaps = new ArrayList<>();

  /** Adds a span; one that ends before it begins is a moment. */
  public synchronized void add(Instant from, Instant to, String reason) {
    gaps.add(new Gap(from, to.isBefore(from) ? from : to, reason));
    gaps.sort(Comparator.comparing(Gap::from));
    for (int i = 0; i + 1 < gaps.size(); ) {
      if (distance(i) <= 0) {
        join(i);
      } else {
        i++;
      }
    }
    while (gaps.size() > MOST) {
      int closest = 0;
      for (int i = 1; i + 1 < gaps.size(); i++) {
        closest = distance(i) < distance(closest) ? i : closest;
      }
      join(closest);
    }
  }

  /** Those that reach into the day before {@code now}, oldest first. */
  public synchronized List<Gap> at(Instant now) {
    gaps.removeIf(gap -> end(gap).isBefore(now.minus(KEPT)));
    return List.copyOf(gaps);
  }

  private long distance(int i) {
    return Duration.between(end(gaps.get(i)), gaps.get(i + 1).from()).toMillis();
  }

  private void join(int i) {
    Gap first = gaps.get(i);
    Gap second = gaps.remove(i + 1);
    Instant to = end(first).isAfter(end(second)) ? end(first) : end(second);
    String reason =
        first.reason().contains(second.reason())
            ? first.reason()
            : first.reason() + "; " + second.reason();
    gaps.set(i, new Gap(first.from(), to, reason));
  }

  private static Instant end(Gap gap) {
    Instant to = gap.to();
    return to == null ? gap.from() : to;
  }
}
