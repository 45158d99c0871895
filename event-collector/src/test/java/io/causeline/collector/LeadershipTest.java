package io.causeline.collector;

import static io.causeline.collector.Collecting.until;
import static io.causeline.collector.KubernetesObjects.event;
import static io.causeline.collector.KubernetesObjects.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import io.causeline.model.KubernetesEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {

  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/causeline/leases/causeline-event-collector";

  private final FakeCluster cluster = new FakeCluster();

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldStandByWhileAnotherIsActiveAndTakeOverWhenItEnds() {
    cluster.put("pods", pod("a", "Running"));
    try (Collecting first = collecting("one").watching()) {
      until(() -> first.sink.snapshots("Pod").size() == 1);
      try (Collecting second = collecting("two")) {
        until(() -> second.readiness().equals("standby; the active collector is one"));
        assertThat(second.health.ready().status().name()).isEqualTo("UP");
        assertThat(second.sink.stored()).isEmpty();
        assertThat(second.metrics.value("causeline_collector_active", java.util.Map.of())).isZero();

        first.stop();
        second.watching();
        cluster.put("events", event("after", 1));
        until(() -> second.sink.events().size() == 1 && second.sink.snapshots("Pod").size() == 1);

        assertThat(second.sink.snapshots("Pod").get(0).epoch())
            .isGreaterThan(first.sink.snapshots("Pod").get(0).epoch());
        second.clock.advance(java.time.Duration.ofDays(365));
        until(() -> !second.sink.heartbeats().isEmpty());
        assertThat(first.sink.events()).isEmpty();
      }
    }
  }

  @Test
  void shouldSendNothingMoreWhenAnotherHasTakenTheLease() {
    try (Collecting c = collecting("one").watching()) {
      cluster.put("events", event("before", 1));
      until(() -> c.sink.events().size() == 1);

      cluster.store(LEASE, lease("two", Instant.now(), 3600));
      until(() -> c.readiness().equals("standby; the active collector is two"));
      int stored = c.sink.stored().size();
      cluster.put("events", event("after", 1));
      cluster.put("pods", pod("a", "Running"));
      c.clock.advance(java.time.Duration.ofMinutes(1));
      int watches = cluster.watches("pods").size();
      // It comes back as soon as the lease is free, and lists what it could not see.
      assertThat(c.sink.stored()).hasSize(stored);
      cluster.store(LEASE, lease("", Instant.now(), 1));
      until(() -> c.sink.events().stream().anyMatch(e -> e.uid().equals("event-after")));

      until(() -> cluster.watches("pods").size() > watches);
      assertThat(c.sink.events())
          .extracting(KubernetesEvent::uid)
          .containsExactly("event-before", "event-after", "event-before");
    }
  }

  @Test
  void shouldStopAndNotBeReadyWhenTheLeaseCannotBeRenewed() {
    try (Collecting c = collecting("one").watching()) {
      cluster.away(true);
      until(() -> c.readiness().startsWith("standby; the active collector is not known"));

      assertThat(c.health.ready().status().name()).isEqualTo("DOWN");
      cluster.away(false);
      c.watching();
    }
  }

  @Test
  void shouldTellAGapFromWhenTheLastCollectorWasSeenAndBeginHigherThanIt() {
    cluster.put("pods", pod("a", "Running"));
    Instant seen = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
    // The last one's clock was an hour ahead, and it gave its lease back.
    cluster.store(LEASE, lease("", seen, 1));
    try (Collecting c = collecting("one").watching()) {
      until(() -> c.sink.snapshots("Pod").size() == 1 && !c.sink.heartbeats().isEmpty());

      assertThat(c.sink.snapshots("Pod").get(0).epoch()).isGreaterThan(seen.toEpochMilli());
      assertThat(c.sink.heartbeats().get(0).gaps())
          .singleElement()
          .satisfies(gap -> assertThat(gap.from()).isEqualTo(seen))
          .satisfies(gap -> assertThat(gap.reason()).isEqualTo("no collector was active"));
    }
  }

  @Test
  void shouldTakeALeaseThatSomeoneMadeWithoutSayingAnything() {
    ObjectNode empty = Json.mapper().createObjectNode();
    empty
        .put("kind", "Lease")
        .put("apiVersion", "coordination.k8s.io/v1")
        .putObject("metadata")
        .put("name", "causeline-event-collector")
        .put("namespace", "causeline");
    cluster.store(LEASE, empty);
    try (Collecting c = collecting("one").watching()) {
      assertThat(cluster.stored(LEASE).at("/spec/holderIdentity").asText()).isEqualTo("one");
      c.stop();

      assertThat(cluster.stored(LEASE).at("/spec/holderIdentity").asText("")).isEmpty();
    }
  }

  private Collecting collecting(String identity) {
    return Collecting.from(
        cluster,
        "lease.enabled",
        "true",
        "lease.identity",
        identity,
        "lease.duration",
        "1s",
        "lease.renew-deadline",
        "700ms",
        "lease.retry-period",
        "100ms");
  }

  private static ObjectNode lease(String holder, Instant renewed, int seconds) {
    ObjectNode lease = Json.mapper().createObjectNode();
    lease
        .put("kind", "Lease")
        .put("apiVersion", "coordination.k8s.io/v1")
        .putObject("metadata")
        .put("name", "causeline-event-collector")
        .put("namespace", "causeline");
    String time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC)
            .format(renewed);
    lease
        .putObject("spec")
        .put("holderIdentity", holder)
        .put("leaseDurationSeconds", seconds)
        .put("acquireTime", time)
        .put("renewTime", time)
        .put("leaseTransitions", 4);
    return lease;
  }
}
