package io.causeline.bridge.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.alertmanager.NormalisedAlert.Ignored;
import io.causeline.bridge.alertmanager.NormalisedAlert.Watchdog;
import io.causeline.model.Heartbeat;
import io.causeline.model.Signal;
import io.causeline.service.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final FakeKafka kafka = new FakeKafka();
  private final InFlight inFlight = new InFlight(9, 1000, () -> now);
  private final ClusterFeeds feeds = new ClusterFeeds(List.of("home", "east"), null, now);
  private final Metrics metrics = new Metrics();
  private final Heartbeats heartbeats =
      new Heartbeats(kafka, feeds, inFlight, () -> now, Duration.ofSeconds(10), metrics);

  @Test
  void shouldBeatForNamedClustersAndForThoseHeardOf() {
    feeds.heard(body(new Ignored("west", "A")), "home", now);

    heartbeats.beat();

    assertThat(kafka.heartbeats())
        .extracting(Heartbeat::cluster)
        .containsExactly("east", "home", "west");
    assertThat(kafka.heartbeats())
        .allSatisfy(
            beat -> {
              assertThat(beat.feed()).isEqualTo(Signal.FEED_ALERTMANAGER);
              assertThat(beat.observedAt()).isEqualTo(now);
              assertThat(beat.lag()).isZero();
              assertThat(beat.gaps()).isEmpty();
            });
  }

  @Test
  void shouldForgetAClusterWhenNothingIsHeardOfItForLong() {
    feeds.heard(body(new Ignored("west", "A")), "home", now);
    now = now.plus(ClusterFeeds.MEMORY).plusSeconds(1);

    heartbeats.beat();

    assertThat(kafka.heartbeats()).extracting(Heartbeat::cluster).containsExactly("east", "home");
  }

  @Test
  void shouldNotRunAheadOfABodyThatIsNotSentYet() {
    InFlight.Body body = inFlight.admit(1).orElseThrow();
    Instant observed = body.observed(1);
    now = now.plusSeconds(4);

    heartbeats.beat();

    assertThat(kafka.heartbeats())
        .allSatisfy(
            beat -> {
              assertThat(beat.observedAt()).isEqualTo(observed);
              assertThat(beat.lag()).isEqualTo(Duration.ofSeconds(4));
            });
  }

  @Test
  void shouldNotPileUpWhenKafkaIsDown() {
    kafka.hold();
    heartbeats.beat();
    heartbeats.beat();
    heartbeats.beat();

    assertThat(kafka.sent()).isEqualTo(2);
    kafka.release();
    heartbeats.beat();
    assertThat(kafka.sent()).isEqualTo(4);
    assertThat(metrics.value("causeline_bridge_heartbeats_total", Map.of("outcome", "skipped")))
        .isEqualTo(4);
  }

  @Test
  void shouldTellOfGapsWhenTheWatchdogEndsOrAlertsWereLeftOut() {
    Instant start = now;
    feeds.heard(body(new Watchdog("home", "", "s", start, start.plusSeconds(5))), "home", now);
    now = now.plusSeconds(10);
    feeds.heard(new NormalisedBody(List.of(), 3), "east", now);
    now = now.plusSeconds(60);
    feeds.heard(new NormalisedBody(List.of(), 4), "east", now);

    heartbeats.beat();

    assertThat(gaps("home"))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.from()).isEqualTo(start.plusSeconds(5));
              assertThat(gap.to()).isNull();
            });
    assertThat(gaps("east"))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.from()).isEqualTo(start.plusSeconds(10));
              assertThat(gap.to()).isEqualTo(start.plusSeconds(70));
              assertThat(gap.reason()).contains("max_alerts");
            });
    now = now.plus(ClusterFeed.GAP_MEMORY).plusSeconds(1);
    assertThat(feeds.known(now).get("east").gaps(now)).isEmpty();
  }

  @Test
  void shouldBoundTheClustersThatLabelsName() {
    for (int i = 0; i < ClusterFeeds.MAX_HEARD_OF + 5; i++) {
      now = now.plusMillis(1);
      feeds.heard(body(new Ignored("c" + i, "A")), "home", now);
    }

    assertThat(feeds.known(now))
        .hasSize(ClusterFeeds.MAX_HEARD_OF + 2)
        .containsKeys("home", "east", "c1004")
        .doesNotContainKey("c0");
  }

  private List<Heartbeat.Gap> gaps(String cluster) {
    return kafka.heartbeats().stream()
        .filter(beat -> beat.cluster().equals(cluster))
        .findFirst()
        .orElseThrow()
        .gaps();
  }

  private static NormalisedBody body(NormalisedAlert alert) {
    return new NormalisedBody(List.of(alert), 0);
  }
}
