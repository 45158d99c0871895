package io.causeline.bridge.alertmanager;

import io.causeline.service.ClusterNameConverter;
import io.causeline.service.PositiveIntConverter;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How webhooks are taken: the group {@code alertmanager} of the bridge's settings. */
public interface AlertmanagerSettings {

  /**
   * Clusters that this bridge serves, so that each has its heartbeats from the start. Others have
   * theirs from their first alert on.
   */
  Optional<List<@WithConverter(ClusterNameConverter.class) String>> clusters();

  /**
   * How long Kafka may take to store a webhook's alerts before it is answered 503, which
   * Alertmanager repeats. Less than ten seconds, Alertmanager's own patience where {@code
   * group_interval} is short.
   */
  @WithDefault("5s")
  Duration deadline();

  /** Webhooks taken at a time; more are answered 503. */
  @WithDefault("64")
  @WithConverter(PositiveIntConverter.class)
  int maxInFlight();

  /** Bytes of webhook bodies held at a time; more are answered 503. */
  @WithDefault("67108864")
  @WithConverter(PositiveIntConverter.class)
  int maxInFlightBytes();

  /** Time between two heartbeats of a cluster. */
  @WithDefault("10s")
  Duration heartbeatInterval();

  /**
   * Where Alertmanager is set to repeat the Watchdog alert to this bridge: how long it may be
   * absent before the feed counts as incomplete. Unset, only its resolve makes the feed incomplete.
   */
  Optional<Duration> watchdogTimeout();
}
