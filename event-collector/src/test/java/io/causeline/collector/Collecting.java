package io.causeline.collector;

import static org.awaitility.Awaitility.await;

import io.causeline.collector.watch.Backoff;
import io.causeline.collector.watch.WatchTimings;
import io.causeline.service.Health;
import io.causeline.service.Metrics;
import io.causeline.service.SettingsLoader;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** A collector between a fake cluster and a fake Kafka. */
final class Collecting implements AutoCloseable {

  static final WatchTimings TIMINGS =
      new WatchTimings(
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          new Backoff(Duration.ofMillis(5), Duration.ofMillis(50)));

  final FakeCluster cluster;
  final FakeSink sink = new FakeSink();
  final ManualClock clock = new ManualClock();
  final Metrics metrics = new Metrics();
  final Health health = new Health();
  private final KubernetesClient client;
  private final EventCollector collector;

  private Collecting(
      FakeCluster cluster,
      FakeSinkSetup setup,
      WatchTimings timings,
      Map<String, String> overrides) {
    this.cluster = cluster;
    setup.prepare(sink);
    this.client = cluster.client();
    this.collector =
        EventCollector.start(settings(overrides), client, sink, clock, timings, metrics, health);
  }

  @FunctionalInterface
  interface FakeSinkSetup {
    void prepare(FakeSink sink);
  }

  static Collecting from(FakeCluster cluster, String... overrides) {
    return from(cluster, sink -> {}, overrides);
  }

  static Collecting from(FakeCluster cluster, FakeSinkSetup setup, String... overrides) {
    return from(cluster, setup, TIMINGS, overrides);
  }

  static Collecting from(
      FakeCluster cluster, FakeSinkSetup setup, WatchTimings timings, String... overrides) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < overrides.length; i += 2) {
      map.put("causeline.collector." + overrides[i], overrides[i + 1]);
    }
    map.putIfAbsent("causeline.collector.lease.enabled", "false");
    return new Collecting(cluster, setup, timings, map);
  }

  static CollectorSettings settings(Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(overrides);
    all.putIfAbsent("causeline.cluster", "c1");
    all.putIfAbsent("causeline.kafka.bootstrap-servers", "127.0.0.1:1");
    all.putIfAbsent("causeline.http.port", "0");
    return SettingsLoader.of(null, Map.of(), all)
        .load(CollectorSettings.class, SettingsCheck::faults);
  }

  Collecting watching() {
    until(() -> health.ready().checks().get(0).detail().startsWith("watching"));
    return this;
  }

  String readiness() {
    return health.ready().checks().get(0).detail();
  }

  double restarts(String resource, String cause) {
    Double value =
        metrics.value(
            "causeline_collector_watch_restarts_total",
            Map.of("resource", resource, "cause", cause));
    return value == null ? 0 : value;
  }

  static void until(Callable<Boolean> condition) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(15))
        .until(condition);
  }

  void stop() {
    collector.close();
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
