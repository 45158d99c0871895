package io.causeline.standalone.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import io.causeline.service.Lifecycle;
import io.causeline.standalone.player.PlayedClient;
import io.causeline.standalone.player.Player;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.recording.Recordings;
import io.causeline.standalone.replay.Replay;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was recorded, through everything: a list/watch server to the real collector, webhooks to the
 * real bridge, all of it over Kafka to the correlator, and the incidents read over HTTP. They are
 * those of a replay without any of it.
 */
class EndToEndTest {

  private static final String CLUSTER = "recording";
  private static final double SPEED = 20;

  /** After the last record nothing happens but healing. */
  private static final double SPEED_OF_HEALING = 300;

  private static final Duration RUN_ON = Duration.ofMinutes(20);

  /** They wait for time to pass, mostly: several at once, since all together must be fast. */
  private static final int AT_ONCE = 3;

  private static final ExecutorService RUNNERS = Executors.newFixedThreadPool(AT_ONCE);
  private static final Map<String, Future<List<String>>> RUNS = new LinkedHashMap<>();

  @BeforeAll
  static void playAll() {
    for (String name : Recordings.ALL) {
      RUNS.put(name, RUNNERS.submit(() -> described(play(name))));
    }
  }

  @AfterAll
  static void stop() {
    RUNNERS.shutdownNow();
  }

  static List<String> recordings() {
    return Recordings.ALL;
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void shouldServeTheIncidentsOfAReplayWhenARecordingIsPlayed(String name) throws Exception {
    assertThat(RUNS.get(name).get(3, TimeUnit.MINUTES)).isEqualTo(described(replay(name)));
  }

  private static List<Incident> play(String name) throws Exception {
    try (Lifecycle lifecycle = new Lifecycle()) {
      Player player = lifecycle.add("player", Player.open(Recordings.open(name), SPEED, RUN_ON));
      AllInOne all =
          AllInOne.start(
              new AllInOne.Options(null, Map.of(), Optional.empty(), 0, CLUSTER, player.clock()),
              lifecycle);
      all.collect(lifecycle.add("played cluster", PlayedClient.of(player.apiServer())));
      assertThat(player.awaitWatched(Duration.ofSeconds(30))).isTrue();

      player.play(URI.create(all.webhook() + "/" + CLUSTER));
      player.told().get(60, TimeUnit.SECONDS);
      player.clock().speed(SPEED_OF_HEALING);
      player.finished().get(60, TimeUnit.SECONDS);

      return quiet(new ApiClient(all.url()));
    }
  }

  /** The incidents once they change no more: what was told last may still be on its way. */
  private static List<Incident> quiet(ApiClient api) {
    AtomicReference<List<Incident>> last = new AtomicReference<>(List.of());
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(300))
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              List<Incident> now = api.incidents();
              return now.equals(last.getAndSet(now));
            });
    return last.get();
  }

  private static List<Incident> replay(String name) {
    try (RecordingReader reader = Recordings.open(name)) {
      return new Replay(CLUSTER, KnowledgeLoader.builtIn(), CoreSettings.defaults(), incident -> {})
          .run(reader, RUN_ON);
    }
  }

  /** What must be the same: causes, places, states, and what was seen how often. */
  private static List<String> described(List<Incident> incidents) {
    return incidents.stream()
        .filter(incident -> incident.state() != State.MERGED)
        .map(EndToEndTest::described)
        .sorted()
        .toList();
  }

  private static String described(Incident incident) {
    StringBuilder text = new StringBuilder();
    text.append(incident.best().cause())
        .append(" on ")
        .append(incident.best().locus())
        .append(", ")
        .append(incident.state().word())
        .append(", ")
        .append(incident.severity().word())
        .append('\n');
    List<Incident.TimelineEntry> timeline = incident.timeline();
    assertThat(timeline).isNotNull();
    timeline.stream()
        .map(
            entry ->
                "  %s %s %s %s x%d"
                    .formatted(
                        entry.role(), entry.source(), entry.entity(), entry.what(), entry.count()))
        .sorted()
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
