package io.causeline.standalone.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.causeline.bridge.AlertBridge;
import io.causeline.bridge.BridgeSettings;
import io.causeline.bridge.chat.slack.SlackDouble;
import io.causeline.bridge.chat.slack.SlackDouble.Message;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Feed;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.Impact;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import io.causeline.model.Json;
import io.causeline.model.Topics;
import io.causeline.service.ClusterPartitioner;
import io.causeline.service.Health;
import io.causeline.service.Metrics;
import io.causeline.service.SettingsLoader;
import io.causeline.service.TopicAdmin;
import io.causeline.standalone.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents as the correlator publishes them, over a real broker, to the double of Slack. */
class SlackOverKafkaTest {

  private static final int PARTITIONS = 4;
  private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");
  private static final List<String> CLUSTERS = List.of("a", "b", "c", "d", "e");

  @TempDir Path folder;

  @Test
  void shouldLeaveOneMessageForEachIncidentWhileBridgesComeAndGo() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("kafka"));
        SlackDouble slack = SlackDouble.start(InstantSource.system())) {
      BridgeSettings settings = settings(broker, slack);
      try (TopicAdmin topics = new TopicAdmin(settings.kafka(), Topics.ALL)) {
        assertThat(topics.ensure()).isTrue();
      }
      try (KafkaProducer<String, byte[]> correlator = correlator(broker)) {
        correlator.initTransactions();
        publish(correlator, true, incident("b", 9, State.RESOLVED));

        try (AlertBridge first = start(settings)) {
          assertThat(first.connected().get(30, TimeUnit.SECONDS)).isTrue();
          publish(correlator, true, incident("a", 1, State.OPEN), incident("c", 1, State.OPEN));
          publish(correlator, false, incident("d", 1, State.OPEN));
          awaitMessages(slack, 2);

          try (AlertBridge second = start(settings)) {
            assertThat(second.connected().get(30, TimeUnit.SECONDS)).isTrue();
            publish(correlator, true, incident("a", 2, State.RESOLVED));
            publish(correlator, true, incident("d", 1, State.OPEN));
            awaitMessages(slack, 3);
          }
          publish(correlator, true, incident("e", 1, State.OPEN));
          awaitMessages(slack, 4);
        }
        publish(correlator, true, incident("c", 2, State.RESOLVED));

        try (AlertBridge third = start(settings)) {
          assertThat(third.connected().get(30, TimeUnit.SECONDS)).isTrue();
          await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> text(slack, "c").contains("resolved") && replies(slack, "c") == 1);
          await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> text(slack, "a").contains("resolved") && replies(slack, "a") == 1);
        }
      }

      assertThat(slack.messages()).hasSize(4);
      assertThat(text(slack, "d")).contains("open");
      assertThat(text(slack, "e")).contains("open");
    }
  }

  private static AlertBridge start(BridgeSettings settings) {
    AlertBridge bridge =
        new AlertBridge(settings, new Health(), new Metrics(), InstantSource.system());
    bridge.start();
    return bridge;
  }

  private static void awaitMessages(SlackDouble slack, int count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> slack.messages().size() == count);
  }

  private static Message message(SlackDouble slack, String cluster) {
    return slack.messageOf(id(cluster));
  }

  private static String text(SlackDouble slack, String cluster) {
    return message(slack, cluster).blockText();
  }

  private static int replies(SlackDouble slack, String cluster) {
    return slack.replies(message(slack, cluster)).size();
  }

  private static BridgeSettings settings(EmbeddedBroker broker, SlackDouble slack) {
    Map<String, String> settings =
        Map.of(
            "causeline.kafka.bootstrap-servers",
            broker.bootstrapServers(),
            "causeline.kafka.partitions",
            String.valueOf(PARTITIONS),
            "causeline.kafka.replication",
            "1",
            "causeline.http.port",
            "0",
            "causeline.chat.slack.token",
            SlackDouble.TOKEN,
            "causeline.chat.slack.channel",
            "#" + SlackDouble.CHANNEL_NAME,
            "causeline.chat.slack.api-url",
            slack.apiUrl().toString());
    return SettingsLoader.of(null, Map.of(), settings).load(BridgeSettings.class);
  }

  /** Transactions, as Kafka Streams has them: their markers take offsets too. */
  private static KafkaProducer<String, byte[]> correlator(EmbeddedBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "correlator"),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static void publish(
      KafkaProducer<String, byte[]> correlator, boolean commit, Incident... incidents)
      throws Exception {
    correlator.beginTransaction();
    for (Incident incident : incidents) {
      assertThat(CLUSTERS).contains(incident.cluster());
      correlator
          .send(
              new ProducerRecord<>(
                  Topics.INCIDENTS.name("causeline."),
                  ClusterPartitioner.partition(incident.cluster(), PARTITIONS),
                  Topics.incidentKey(incident.cluster(), incident.id()),
                  Json.bytes(incident)))
          .get();
    }
    if (commit) {
      correlator.commitTransaction();
    } else {
      correlator.abortTransaction();
    }
  }

  private static String id(String cluster) {
    return "0a1b2c3d-00000000000" + cluster;
  }

  private static Incident incident(String cluster, int revision, State state) {
    EntityRef node = EntityRef.of("Node", null, "worker-3");
    return new Incident(
        id(cluster),
        cluster,
        state,
        Severity.WARNING,
        "Node worker-3 is not ready",
        START,
        START.plusSeconds(60),
        START,
        START.plusSeconds(60),
        state == State.RESOLVED ? START.plusSeconds(600) : null,
        0,
        null,
        revision,
        List.of(
            new Hypothesis(
                1,
                "node-down",
                "Node worker-3 is down",
                node,
                0.8,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of())),
        new Impact(List.of(), 0, 0, 1),
        List.of(),
        Feed.COMPLETE);
  }
}
