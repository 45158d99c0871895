package io.causeline.standalone.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.collector.CollectorSettings;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Incident;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Metrics;
import io.causeline.service.SettingsLoader;
import io.causeline.standalone.player.Player;
import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.recording.Recorded.Watch;
import io.causeline.standalone.recording.Recorded.Webhook;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.recording.RecordingWriter;
import io.causeline.standalone.recording.Recordings;
import io.causeline.standalone.replay.Replay;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is played is recorded: by the recorder's real watches, from the player's API server. */
class RecorderTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("copy.jsonl");
  }

  @Test
  void shouldWriteWhatItSawWhenARecordingIsPlayedToIt() throws Exception {
    record("two-faults", Set.of());

    List<Recorded> copy = records(RecordingReader.open(List.of(file)));
    List<Recorded> original = records(Recordings.open("two-faults"));
    assertThat(changes(copy)).isEqualTo(changes(original));
    assertThat(objects(copy).equals(objects(original))).as("whole objects").isTrue();
    assertThat(webhooks(copy)).isEqualTo(webhooks(original));
    assertThat(copy).extracting(Recorded::at).isSorted();
  }

  @Test
  void shouldComeToTheSameIncidentsWhenTheCopyIsReplayed() throws Exception {
    record("node-lost", Set.of());

    assertThat(causes(replay(RecordingReader.open(List.of(file)))))
        .isEqualTo(causes(replay(Recordings.open("node-lost"))))
        .containsExactly("node-down Node/-/node-2 RESOLVED");
  }

  @Test
  void shouldKeepToTheNamespacesAndNodesWhenSomeAreNamed() throws Exception {
    record("two-faults", Set.of("pay"));

    List<Recorded> copy = records(RecordingReader.open(List.of(file)));
    assertThat(copy)
        .filteredOn(Watch.class::isInstance)
        .extracting(record -> ((Watch) record).object().at("/metadata/namespace").asText())
        .containsOnly("pay", "", "default");
    assertThat(copy)
        .filteredOn(record -> record instanceof Watch watch && watch.isEvent())
        .extracting(record -> ((Watch) record).object().at("/involvedObject/kind").asText())
        .contains("Node", "Pod");
  }

  @Test
  void shouldRefuseAndWriteNothingWhenAWebhookIsNone() throws Exception {
    try (RecordingWriter writer = RecordingWriter.create(file);
        HttpServer server =
            serve(new WebhookRecorder(new RecordingLog(writer, InstantSource.system())))) {
      assertThat(post(server, "nonsense")).isEqualTo(400);
      assertThat(post(server, "{\"version\":\"4\"}")).isEqualTo(400);
      assertThat(post(server, "{\"alerts\":[]}")).isEqualTo(200);
    }
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  private void record(String name, Set<String> namespaces) throws Exception {
    try (Player player = Player.open(Recordings.open(name), 100, Duration.ofSeconds(30));
        KubernetesClient client = client(player);
        RecordingWriter writer = RecordingWriter.create(file);
        Recorder recorder = Recorder.start(writer, client, settings(), namespaces, player.clock());
        HttpServer server =
            HttpServer.start(settings().http(), new Health(), new Metrics(), recorder::routes)) {
      await().until(() -> recorder.readiness().ok());
      player.play(URI.create(server.url() + "/webhooks/alertmanager"));
      player.finished().get(20, TimeUnit.SECONDS);
      long expected = namespaces.isEmpty() ? records(Recordings.open(name)).size() : 1;
      await().until(() -> writer.written() >= expected);
    }
  }

  private static HttpServer serve(WebhookRecorder webhooks) {
    return HttpServer.start(settings().http(), new Health(), new Metrics(), webhooks::routes);
  }

  private static int post(HttpServer server, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url() + "/webhooks/alertmanager"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static RecordSettings settings() {
    return SettingsLoader.of(null, Map.of(), Map.of("causeline.http.port", "0"))
        .load(RecordSettings.class, CollectorSettings.class);
  }

  private static KubernetesClient client(Player player) {
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(player.apiServer().toString()).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static List<Recorded> records(RecordingReader reader) {
    try (reader) {
      List<Recorded> records = new ArrayList<>();
      reader.forEachRemaining(records::add);
      return records;
    }
  }

  /** By object, since between objects the order is that of arrival. */
  private static Map<String, List<String>> changes(List<Recorded> records) {
    return watches(records)
        .collect(
            Collectors.groupingBy(
                watch -> watch.resource() + " " + watch.object().at("/metadata/uid").asText(),
                TreeMap::new,
                Collectors.mapping(RecorderTest::change, Collectors.toList())));
  }

  private static Map<String, JsonNode> objects(List<Recorded> records) {
    return watches(records)
        .collect(
            Collectors.toMap(
                watch -> change(watch) + " " + watch.object().at("/metadata/uid").asText(),
                Watch::object));
  }

  private static Stream<Watch> watches(List<Recorded> records) {
    return records.stream().filter(Watch.class::isInstance).map(Watch.class::cast);
  }

  private static String change(Watch watch) {
    return watch.type() + " " + watch.object().at("/metadata/resourceVersion").asText();
  }

  private static List<String> webhooks(List<Recorded> records) {
    return records.stream()
        .filter(Webhook.class::isInstance)
        .map(record -> ((Webhook) record).body().toString())
        .toList();
  }

  private static List<Incident> replay(RecordingReader reader) {
    try (reader) {
      return new Replay(
              "recording", KnowledgeLoader.builtIn(), CoreSettings.defaults(), incident -> {})
          .run(reader, Duration.ofMinutes(30));
    }
  }

  private static List<String> causes(List<Incident> incidents) {
    return incidents.stream()
        .map(
            incident ->
                incident.best().cause() + " " + incident.best().locus() + " " + incident.state())
        .toList();
  }
}
