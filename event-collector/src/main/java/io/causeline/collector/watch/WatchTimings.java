package io.causeline.collector.watch;

import java.time.Duration;

/**
 * How long things take, by the machine's own clock: these bound input and output, and do not follow
 * a recording's time.
 *
 * @param lasting after which the server is asked to end a watch. It bounds how long a connection
 *     that died in silence goes unnoticed, and must stay below etcd's compaction interval (5 min),
 *     or a quiet resource's resourceVersion would expire between two watches
 * @param grace how long after that the watch is given up
 * @param brief a watch that ends sooner, having brought nothing, tells nothing
 * @param refresh how long the short watch lasts that proves a newer resourceVersion
 * @param backoff between tries
 */
public record WatchTimings(
    Duration lasting, Duration grace, Duration brief, Duration refresh, Backoff backoff) {

  /** For a server of which nothing is known. */
  public static WatchTimings of(Duration lasting) {
    return new WatchTimings(
        lasting,
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Backoff.DEFAULT);
  }
}
