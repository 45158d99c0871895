package io.causeline.bridge.alertmanager;

import io.causeline.bridge.alertmanager.NormalisedAlert.Watchdog;
import io.causeline.model.Heartbeat.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one cluster's Watchdog alerts say of its alert feed.
 *
 * <p>A Prometheus whose Watchdog is resolved no longer evaluates its rules, or no longer reaches
 * Alertmanager: from then on its alerts are missing, until it fires again. Replicas of one
 * Prometheus stand in for one another. A Prometheus that never sent one says nothing, since many
 * installations do not route the Watchdog to webhooks. Only where a timeout is set does its mere
 * absence count, from the last time it was heard.
 *
 * <p>What is known is kept in memory: after a restart a gap that lasts is told again only when the
 * timeout has passed or Alertmanager repeats itself.
 *
 * <p>Not thread-safe.
 */
final class WatchdogGaps {

  /** How long a Prometheus that is gone is remembered beside others that live. */
  static final Duration MEMORY = Duration.ofHours(24);

  private static final int MAX_PROMETHEUSES = 32;
  private static final int MAX_REPLICAS = 16;

  private record State(Instant startsAt, @Nullable Instant endsAt) {

    /** Later starts win; for one start, its end does: however late and often each arrives. */
    State merge(State other) {
      int order = startsAt.compareTo(other.startsAt);
      if (order != 0) {
        return order > 0 ? this : other;
      }
      return endsAt != null ? this : other;
    }
  }

  private final @Nullable Duration timeout;
  private final Map<String, Map<String, State>> replicasByPrometheus = bounded(MAX_PROMETHEUSES);
  private Instant heardAt;

  /**
   * @param timeout how long the Watchdog may be absent; null for ever
   * @param since when listening began
   */
  WatchdogGaps(@Nullable Duration timeout, Instant since) {
    this.timeout = timeout;
    this.heardAt = since;
  }

  /**
   * Takes one in.
   *
   * @return the gap that it ends, if it ends one
   */
  List<Gap> heard(Watchdog watchdog, Instant observedAt) {
    List<Gap> ended = new ArrayList<>();
    if (watchdog.endsAt() == null) {
      absence(observedAt).ifPresent(gap -> ended.add(closed(gap, observedAt)));
      heardAt = observedAt.isAfter(heardAt) ? observedAt : heardAt;
    }
    Optional<Gap> before = silence(watchdog.prometheus());
    // Taken out and put back, so that those not heard of for longest are the first to go.
    Map<String, State> replicas = replicasByPrometheus.remove(watchdog.prometheus());
    replicas = replicas == null ? bounded(MAX_REPLICAS) : replicas;
    State known = replicas.remove(watchdog.source());
    State told = new State(watchdog.startsAt(), watchdog.endsAt());
    replicas.put(watchdog.source(), known == null ? told : known.merge(told));
    replicasByPrometheus.put(watchdog.prometheus(), replicas);
    if (before.isPresent() && silence(watchdog.prometheus()).isEmpty()) {
      Instant from = before.get().from();
      Instant again = watchdog.startsAt();
      ended.add(closed(before.get(), again.isAfter(from) ? again : observedAt));
    }
    return ended;
  }

  /** The gaps that last. */
  List<Gap> lasting(Instant now) {
    forget(now);
    List<Gap> gaps = new ArrayList<>();
    replicasByPrometheus.keySet().forEach(name -> silence(name).ifPresent(gaps::add));
    absence(now).ifPresent(gaps::add);
    return gaps;
  }

  private Optional<Gap> absence(Instant now) {
    return timeout != null && now.isAfter(heardAt.plus(timeout))
        ? Optional.of(
            new Gap(
                heardAt,
                null,
                "no Watchdog alert for more than "
                    + timeout.toSeconds()
                    + " s: Prometheus or Alertmanager may be down, or can't reach this bridge"))
        : Optional.empty();
  }

  /** Whether all replicas of a Prometheus have ended. */
  private Optional<Gap> silence(String prometheus) {
    Map<String, State> replicas = replicasByPrometheus.getOrDefault(prometheus, Map.of());
    Instant last = null;
    for (State state : replicas.values()) {
      if (state.endsAt() == null) {
        return Optional.empty();
      }
      last = last == null || state.endsAt().isAfter(last) ? state.endsAt() : last;
    }
    return last == null
        ? Optional.empty()
        : Optional.of(
            new Gap(
                last,
                null,
                "the Watchdog alert"
                    + (prometheus.isEmpty() ? "" : " of Prometheus " + prometheus)
                    + " ended: it no longer evaluates its rules or no longer reaches"
                    + " Alertmanager"));
  }

  private void forget(Instant now) {
    boolean oneLives =
        replicasByPrometheus.keySet().stream().anyMatch(name -> silence(name).isEmpty());
    if (oneLives) {
      replicasByPrometheus
          .keySet()
          .removeIf(
              name ->
                  silence(name).filter(gap -> gap.from().isBefore(now.minus(MEMORY))).isPresent());
    }
  }

  private static Gap closed(Gap gap, Instant to) {
    return new Gap(gap.from(), to, gap.reason());
  }

  private static <V> Map<String, V> bounded(int max) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > max;
      }
    };
  }
}
