package io.causeline.collector.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.causeline.collector.lease.Leadership.Predecessor;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class LeaseLeadershipTest {

  private static final Duration LONG = Duration.ofHours(1);

  private static KubernetesMockServer server;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    server =
        new KubernetesMockServer(
            new Context(new ObjectMapper()),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    server.init();
    client = server.createClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.destroy();
  }

  private String name;

  @BeforeEach
  void name(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
  }

  @Test
  void shouldHaveOneLeaderAtATimeAndSayWhoWasBefore() {
    Turns first = new Turns();
    Turns second = new Turns();
    try (LeaseLeadership one = new LeaseLeadership(client, terms("one"))) {
      one.start(first);
      await().until(one::held);
      try (LeaseLeadership two = new LeaseLeadership(client, terms("two"))) {
        two.start(second);
        await().until(() -> two.holder().equals("one"));
        assertThat(two.held()).isFalse();
        assertThat(two.holderKnown()).isTrue();
        assertThat(one.holder()).isEqualTo("this collector (one)");

        first.end(one);
        await().until(two::held);
        await().until(() -> second.told().size() == 1);

        assertThat(first.told()).containsExactly("gained after nobody", "lost");
        assertThat(second.told()).singleElement().asString().startsWith("gained after 20");
      }
    }
    assertThat(second.told()).hasSize(2).last().isEqualTo("lost");
  }

  @Test
  void shouldNotHoldALeaseAnyMoreWhenItsTimeIsOverByOurOwnClock() {
    AtomicLong nanos = new AtomicLong();
    WatchedLease lease = new WatchedLease(terms("one"), nanos::get);
    assertThat(lease.get(client)).isNull();
    lease.create(client, record("one", 0));
    assertThat(lease.isOurs()).isTrue();
    assertThat(lease.before()).isEmpty();

    nanos.addAndGet(LONG.toNanos() - 1);
    assertThat(lease.isOurs()).isTrue();
    nanos.addAndGet(1);
    assertThat(lease.isOurs()).isFalse();
    assertThat(lease.get(client)).isNotNull();
    lease.update(client, record("one", 0));

    assertThat(lease.isOurs()).isTrue();
  }

  @Test
  void shouldJudgeAnotherHolderByWhenItWasSeenAndNotByItsClock() {
    Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
    client
        .leases()
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("two")
                .withLeaseDurationSeconds(15)
                .withRenewTime(longAgo.atZone(ZoneOffset.UTC))
                .endSpec()
                .build())
        .create();
    WatchedLease lease = new WatchedLease(terms("one"), System::nanoTime);
    Instant before = Instant.now();

    LeaderElectionRecord seen = lease.get(client);
    LeaderElectionRecord again = lease.get(client);

    assertThat(seen.getRenewTime().toInstant()).isAfterOrEqualTo(before);
    assertThat(again.getRenewTime()).isEqualTo(seen.getRenewTime());
    assertThat(lease.holder()).isEqualTo("two");
    lease.update(client, record("one", 5));
    assertThat(lease.before())
        .contains(new Predecessor(longAgo, longAgo.plus(Duration.ofSeconds(15))));
    Lease stored = client.leases().inNamespace("ns").withName(name).get();
    assertThat(stored.getSpec().getHolderIdentity()).isEqualTo("one");
    assertThat(stored.getSpec().getLeaseTransitions()).isEqualTo(5);
  }

  @Test
  void shouldFailInTheOneWayThatTheElectorSurvives() {
    WatchedLease lease = new WatchedLease(terms("one"), System::nanoTime);
    KubernetesClient closed =
        new KubernetesClientBuilder().withConfig(client.getConfiguration()).build();
    closed.close();

    assertThatThrownBy(() -> lease.get(closed))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(lease.holderKnown()).isFalse();
    assertThat(lease.holder()).startsWith("not known: lease ns/" + name + " (one): cannot read it");
  }

  @Test
  void shouldRefuseTimesThatCannotWork() {
    assertThatThrownBy(
            () ->
                new LeaseTerms(
                    "ns", "lease", "one", Duration.ofSeconds(5), Duration.ofSeconds(5), LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private LeaseTerms terms(String identity) {
    return new LeaseTerms("ns", name, identity, LONG, Duration.ofSeconds(2), Duration.ofMillis(20));
  }

  private static LeaderElectionRecord record(String holder, int transitions) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    return new LeaderElectionRecord(holder, LONG, now, now, transitions);
  }

  private static final class Turns implements Leadership.Listener {

    private final List<String> told = new ArrayList<>();

    synchronized List<String> told() {
      return List.copyOf(told);
    }

    void end(LeaseLeadership leadership) {
      leadership.close();
    }

    @Override
    public synchronized void gained(Predecessor before) {
      told.add("gained after " + (before == null ? "nobody" : before.seenAt()));
    }

    @Override
    public synchronized void lost() {
      told.add("lost");
    }
  }
}
