package io.causeline.bridge.alertmanager;

import io.causeline.bridge.alertmanager.NormalisedAlert.Accepted;
import io.causeline.bridge.alertmanager.NormalisedAlert.Ignored;
import io.causeline.bridge.alertmanager.NormalisedAlert.Watchdog;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alert feeds of the clusters that this bridge knows: those that its settings name, the default
 * one, and each that an alert named within the last seven days. A cluster that only alerts name is
 * forgotten by a restart, until its next alert: name it in the settings.
 */
final class ClusterFeeds {

  private static final Logger log = LoggerFactory.getLogger(ClusterFeeds.class);

  /** How long a cluster is known after its last alert. */
  static final Duration MEMORY = Duration.ofDays(7);

  /** More clusters than this by label are not believed: labels come from outside. */
  static final int MAX_HEARD_OF = 1000;

  private final Set<String> named;
  private final @Nullable Duration watchdogTimeout;
  private final Map<String, ClusterFeed> feeds = new TreeMap<>();
  private boolean toldOfTooMany;

  ClusterFeeds(Collection<String> named, @Nullable Duration watchdogTimeout, Instant now) {
    this.named = Set.copyOf(named);
    this.watchdogTimeout = watchdogTimeout;
    for (String cluster : this.named) {
      feeds.put(cluster, new ClusterFeed(watchdogTimeout, now));
    }
  }

  /**
   * Takes in a body that has been stored.
   *
   * @param addressee the cluster of a body that names none
   */
  void heard(NormalisedBody body, String addressee, Instant observedAt) {
    Set<String> clusters = new TreeSet<>();
    for (NormalisedAlert alert : body.alerts()) {
      if (alert instanceof Accepted accepted) {
        clusters.add(accepted.signal().cluster());
      } else if (alert instanceof Ignored ignored) {
        clusters.add(ignored.cluster());
      } else if (alert instanceof Watchdog watchdog) {
        clusters.add(watchdog.cluster());
        ClusterFeed feed = feed(watchdog.cluster(), observedAt);
        if (feed != null) {
          feed.watchdog(watchdog, observedAt);
        }
      }
    }
    if (clusters.isEmpty() && body.truncated() > 0) {
      clusters.add(addressee);
    }
    for (String cluster : clusters) {
      ClusterFeed feed = feed(cluster, observedAt);
      if (feed == null) {
        continue;
      }
      feed.heard(observedAt);
      if (body.truncated() > 0) {
        feed.truncated(observedAt);
      }
    }
  }

  /** The feeds by cluster, without those of which nothing was heard for long. */
  synchronized Map<String, ClusterFeed> known(Instant now) {
    feeds
        .entrySet()
        .removeIf(
            feed ->
                !named.contains(feed.getKey())
                    && feed.getValue().heardAt().isBefore(now.minus(MEMORY)));
    return new TreeMap<>(feeds);
  }

  private synchronized @Nullable ClusterFeed feed(String cluster, Instant now) {
    ClusterFeed known = feeds.get(cluster);
    if (known != null) {
      return known;
    }
    if (feeds.size() - named.size() >= MAX_HEARD_OF && !makeRoom()) {
      return null;
    }
    ClusterFeed feed = new ClusterFeed(watchdogTimeout, now);
    feeds.put(cluster, feed);
    return feed;
  }

  /** Forgets the cluster that was heard of least recently; it then has no heartbeats. */
  private boolean makeRoom() {
    if (!toldOfTooMany) {
      toldOfTooMany = true;
      log.warn(
          "alerts name more than {} clusters; those heard of least recently get no heartbeats, so"
              + " that their alert feed counts as silent. Name the real ones in"
              + " causeline.alertmanager.clusters",
          MAX_HEARD_OF);
    }
    return feeds.entrySet().stream()
        .filter(feed -> !named.contains(feed.getKey()))
        .min(Comparator.comparing(feed -> feed.getValue().heardAt()))
        .map(oldest -> feeds.remove(oldest.getKey()) != null)
        .orElse(false);
  }
}
