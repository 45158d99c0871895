package io.causeline.bridge.alertmanager;

import io.causeline.service.Metrics;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Alerts in, as one part of a process: the webhook's routes and the heartbeats of the clusters
 * whose alerts arrive.
 */
public final class AlertIntake implements AutoCloseable {

  private final WebhookHandler webhook;
  private final Heartbeats heartbeats;

  /**
   * @param cluster of alerts that name none
   * @param maxBodyBytes the server's limit of a body
   */
  public AlertIntake(
      AlertmanagerSettings settings,
      String cluster,
      int maxBodyBytes,
      RecordSink sink,
      Metrics metrics,
      InstantSource clock) {
    Set<String> clusters = new LinkedHashSet<>(settings.clusters().orElse(List.of()));
    clusters.add(cluster);
    ClusterFeeds feeds =
        new ClusterFeeds(clusters, settings.watchdogTimeout().orElse(null), clock.instant());
    InFlight inFlight = new InFlight(settings.maxInFlight(), settings.maxInFlightBytes(), clock);
    this.webhook =
        new WebhookHandler(
            new AlertNormaliser(),
            new AlertStore(sink, settings.deadline(), System::nanoTime),
            inFlight,
            feeds,
            new IntakeMetrics(metrics, inFlight),
            cluster,
            maxBodyBytes,
            settings.deadline());
    this.heartbeats =
        new Heartbeats(sink, feeds, inFlight, clock, settings.heartbeatInterval(), metrics);
  }

  /** Adds the webhook's routes to a server. */
  public void routes(JavalinDefaultRoutingApi routes) {
    webhook.routes(routes);
  }

  /** Begins the heartbeats; webhooks are taken already. */
  public void start() {
    heartbeats.start();
  }

  /** Refuses further webhooks, waits for those under way, and ends the heartbeats. */
  @Override
  public void close() {
    heartbeats.close();
    webhook.close();
  }
}
