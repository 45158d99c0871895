package io.causeline.collector;

import io.causeline.model.Topics;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.causeline.service.RecordWriter;
import io.causeline.service.TopicAdmin;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The event-collector as a process of its own: HTTP for probes and metrics, Kafka, the watches. */
public final class EventCollectorService {

  private EventCollectorService() {}

  /**
   * Starts it, and returns once it collects; blocks while Kafka does not answer, not being ready
   * meanwhile. Everything opened is handed to {@code lifecycle}, which may be closed at any time,
   * also by another thread while this one blocks.
   *
   * @param environment the whole of it, for where the cluster is told
   * @throws io.causeline.service.StartupException saying in one line what a person must change
   */
  public static void start(
      CollectorSettings settings, Map<String, String> environment, Lifecycle lifecycle) {
    Metrics metrics = new Metrics();
    Health health = new Health();
    KubernetesClient client =
        lifecycle.add(
            "kubernetes-client", KubernetesConnection.open(settings.collector(), environment));
    TopicAdmin topics =
        lifecycle.add(
            "topics", new TopicAdmin(settings.kafka(), List.of(Topics.SIGNALS, Topics.TOPOLOGY)));
    health.readiness("topics", topics::readiness);
    lifecycle.add("http", HttpServer.start(settings.http(), health, metrics, routes -> {}));
    if (!topics.ensure()) {
      return;
    }
    RecordWriter writer =
        lifecycle.add(
            "kafka-writer", new RecordWriter(settings.kafka(), "event-collector", metrics));
    lifecycle.add(
        "event-collector",
        EventCollector.start(settings, client, writer, InstantSource.system(), metrics, health));
  }
}
