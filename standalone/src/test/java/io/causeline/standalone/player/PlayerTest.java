package io.causeline.standalone.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.causeline.service.StartupException;
import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.recording.Recorded.Watch;
import io.causeline.standalone.recording.Recorded.Webhook;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.recording.Recordings;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayerTest {

  private static final double FAST = 2_000;

  /** A bridge that notes what it was sent, and answers what it was told to answer next. */
  private HttpServer bridge;

  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();

  @BeforeEach
  void startBridge() throws IOException {
    bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bridge.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int code = answers.isEmpty() ? 200 : answers.remove(0);
            if (code == 200) {
              posted.add(body);
            }
            exchange.sendResponseHeaders(code, -1);
          }
        });
    bridge.start();
  }

  @AfterEach
  void stopBridge() {
    bridge.stop(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTellARealClientEveryChangeInOrderWhenPlayed(boolean onlyHttpWatches) throws Exception {
    try (Player player = Player.open(Recordings.open("bad-rollout"), FAST, Duration.ZERO);
        KubernetesClient client = client(player, onlyHttpWatches)) {
      PodList list = client.pods().inAnyNamespace().list();
      assertThat(list.getItems()).hasSize(7);
      Seen seen = new Seen();
      client
          .pods()
          .inAnyNamespace()
          .watch(
              new ListOptionsBuilder()
                  .withResourceVersion(list.getMetadata().getResourceVersion())
                  .withAllowWatchBookmarks(true)
                  .build(),
              seen);

      player.play(target());

      player.finished().get(20, TimeUnit.SECONDS);
      List<String> recorded = recordedAfterStart("bad-rollout", watch -> isOf(watch, "pods"));
      await().untilAsserted(() -> assertThat(seen.changes).isEqualTo(recorded));
    }
  }

  @Test
  void shouldAnswerAsAnApiServerDoesWhenAClientPagesAndAsksForWhatIsNotThere() {
    try (Player player = Player.open(Recordings.open("node-lost"), 1, Duration.ZERO);
        KubernetesClient client = client(player, true)) {
      PodList page =
          client.pods().inAnyNamespace().list(new ListOptionsBuilder().withLimit(3L).build());

      assertThat(page.getItems()).hasSize(3);
      assertThat(page.getMetadata().getRemainingItemCount()).isEqualTo(4);
      assertThat(page.getMetadata().getContinue()).isNotEmpty();
      assertThat(client.nodes().list().getItems()).hasSize(5);
      assertThat(client.nodes().withName("node-2").get()).isNotNull();
      assertThat(client.nodes().withName("node-9").get()).isNull();
      assertThat(client.v1().events().inAnyNamespace().list().getItems()).isEmpty();
      assertThat(client.batch().v1().jobs().inAnyNamespace().list().getItems()).isEmpty();
      assertThat(client.network().v1().ingresses().inAnyNamespace().list().getItems()).isEmpty();
      assertThat(client.supports("apps/v1", "Deployment")).isTrue();
      assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("36");
      assertThat(client.configMaps().inAnyNamespace().list().getItems()).isEmpty();
      assertThatThrownBy(() -> client.secrets().inAnyNamespace().list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }
  }

  @ParameterizedTest
  @CsvSource({"cloud-quota,2", "quiet-day,3", "cloud-throttled,5"})
  void shouldListOnlyWhatWasThereWhenTheRecordingBegan(String name, int services) {
    try (Player player = Player.open(Recordings.open(name), 1, Duration.ZERO);
        KubernetesClient client = client(player, true)) {
      assertThat(client.services().inAnyNamespace().list().getItems()).hasSize(services);
    }
  }

  @Test
  void shouldElectALeaderWhenTheClientUsesLeases() throws Exception {
    try (Player player = Player.open(Recordings.open("node-lost"), 1, Duration.ZERO);
        KubernetesClient client = client(player, true)) {
      CompletableFuture<String> leads = new CompletableFuture<>();
      CompletableFuture<?> election =
          client
              .leaderElector()
              .withConfig(
                  new LeaderElectionConfigBuilder()
                      .withName("collector")
                      .withLock(new LeaseLock("causeline", "collector", "me"))
                      .withLeaseDuration(Duration.ofSeconds(3))
                      .withRenewDeadline(Duration.ofSeconds(2))
                      .withRetryPeriod(Duration.ofMillis(50))
                      .withReleaseOnCancel()
                      .withLeaderCallbacks(new LeaderCallbacks(() -> {}, () -> {}, leads::complete))
                      .build())
              .build()
              .start();

      assertThat(leads.get(10, TimeUnit.SECONDS)).isEqualTo("me");
      var lease = client.leases().inNamespace("causeline").withName("collector");
      String acquired = lease.get().getMetadata().getResourceVersion();
      await()
          .untilAsserted(
              () ->
                  assertThat(lease.get().getMetadata().getResourceVersion())
                      .isNotEqualTo(acquired));
      election.cancel(true);
    }
  }

  @Test
  void shouldPostEveryWebhookInOrderWhenTheBridgeFailsAtTimes() throws Exception {
    answers.addAll(List.of(503, 200, 500, 503, 200));
    try (Player player = Player.open(Recordings.open("node-lost"), FAST, Duration.ZERO)) {
      player.play(target());

      List<String> recorded = new ArrayList<>();
      try (RecordingReader reader = Recordings.open("node-lost")) {
        reader.forEachRemaining(
            record -> {
              if (record instanceof Webhook webhook) {
                recorded.add(webhook.body().toString());
              }
            });
      }
      await().untilAsserted(() -> assertThat(posted).isEqualTo(recorded));
    }
  }

  @Test
  void shouldGoOnWithTheNextWebhookWhenOneIsRefused() throws Exception {
    answers.add(400);
    try (Player player = Player.open(Recordings.open("node-lost"), FAST, Duration.ZERO)) {
      player.play(target());

      await().untilAsserted(() -> assertThat(posted).hasSize(6));
    }
  }

  @Test
  void shouldRunOnAfterTheLastRecordWhenItHasEnded() throws Exception {
    try (Player player = Player.open(Recordings.open("quiet-day"), FAST, Duration.ofMinutes(30))) {
      Instant last = last("quiet-day");
      assertThat(player.clock().instant()).isEqualTo("2026-11-21T09:16:23.751Z");

      player.play(target());

      player.finished().get(20, TimeUnit.SECONDS);
      assertThat(player.clock().instant()).isEqualTo(last.plus(Duration.ofMinutes(30)));
    }
  }

  @Test
  void shouldSayWhetherEverythingIsWatchedWhenAsked() throws Exception {
    try (Player player = Player.open(Recordings.open("node-lost"), 1, Duration.ZERO);
        KubernetesClient client = client(player, true)) {
      assertThat(player.awaitWatched(Duration.ofMillis(20))).isFalse();

      for (ApiResource resource : ApiResource.ALL) {
        client
            .genericKubernetesResources(resource.apiVersion(), resource.kind())
            .inAnyNamespace()
            .watch(new ListOptionsBuilder().withResourceVersion("0").build(), new Ignoring());
      }

      assertThat(player.awaitWatched(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void shouldTellWhyWhenTheRecordingCannotBeReadOn() {
    String pod =
        "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"watch\",\"resource\":\"pods\",\"event\":"
            + "{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{\"name\":\"a\"}}}}\n";
    RecordingReader broken =
        RecordingReader.of(
            "broken.jsonl",
            new ByteArrayInputStream((pod + pod + "oops").getBytes(StandardCharsets.UTF_8)));
    try (Player player = Player.open(broken, FAST, Duration.ZERO)) {
      player.play(target());

      assertThatThrownBy(() -> player.finished().get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StartupException.class)
          .hasMessageContaining("broken.jsonl:3: it is not JSON");
    }
  }

  @Test
  void shouldRefuseWhenTheRecordingIsEmpty() {
    RecordingReader empty = RecordingReader.of("e", new ByteArrayInputStream(new byte[0]));

    assertThatThrownBy(() -> Player.open(empty, 1, Duration.ZERO))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("empty");
  }

  private URI target() {
    return URI.create(
        "http://127.0.0.1:" + bridge.getAddress().getPort() + "/webhooks/alertmanager");
  }

  private static KubernetesClient client(Player player, boolean onlyHttpWatches) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(player.apiServer().toString())
            .withOnlyHttpWatches(onlyHttpWatches)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static Instant last(String name) {
    Instant last = Instant.MIN;
    try (RecordingReader reader = Recordings.open(name)) {
      while (reader.hasNext()) {
        last = reader.next().at();
      }
    }
    return last;
  }

  private static boolean isOf(Watch watch, String resource) {
    return watch.resource().equals(resource);
  }

  private static List<String> recordedAfterStart(String name, Predicate<Watch> wanted) {
    List<String> changes = new ArrayList<>();
    try (RecordingReader reader = Recordings.open(name)) {
      Instant start = null;
      while (reader.hasNext()) {
        Recorded record = reader.next();
        start = start == null ? record.at() : start;
        if (record instanceof Watch watch
            && wanted.test(watch)
            && Duration.between(start, watch.at()).toMillis() > 1_000) {
          changes.add(
              watch.type()
                  + " "
                  + watch.object().at("/metadata/name").asText()
                  + "@"
                  + watch.object().at("/metadata/resourceVersion").asText());
        }
      }
    }
    return changes;
  }

  private static final class Seen implements Watcher<Pod> {

    private final List<String> changes = new CopyOnWriteArrayList<>();

    @Override
    public void eventReceived(Action action, Pod pod) {
      if (action != Action.BOOKMARK) {
        changes.add(
            action
                + " "
                + pod.getMetadata().getName()
                + "@"
                + pod.getMetadata().getResourceVersion());
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      changes.add("closed: " + cause);
    }
  }

  private static final class Ignoring
      implements Watcher<io.fabric8.kubernetes.api.model.GenericKubernetesResource> {

    @Override
    public void eventReceived(
        Action action, io.fabric8.kubernetes.api.model.GenericKubernetesResource resource) {}

    @Override
    public void onClose(WatcherException cause) {}
  }
}
