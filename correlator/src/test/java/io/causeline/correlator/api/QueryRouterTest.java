package io.causeline.correlator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.TestSettings;
import io.causeline.correlator.streams.LocalPartitions;
import io.causeline.correlator.streams.Placement.Holder;
import io.causeline.correlator.streams.SampleIncidents;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.IncidentId;
import io.causeline.service.ClusterPartitioner;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two correlators that share four partitions; the second is reached over HTTP. */
class QueryRouterTest {

  private static final int PARTITIONS = 4;
  private static final Instant T0 = Instant.parse("2026-01-02T03:00:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Lifecycle lifecycle = new Lifecycle();
  private final FakePartitions here = new FakePartitions();
  private final FakePartitions there = new FakePartitions();
  private final Map<Integer, List<Holder>> placement = new HashMap<>();
  private final Holder self = new Holder("127.0.0.1", 1, true, true);

  @AfterEach
  void stop() {
    lifecycle.close();
  }

  private static String clusterOf(int partition) {
    return IntStream.range(0, 1000)
        .mapToObj(i -> "cluster-" + i)
        .filter(name -> ClusterPartitioner.partition(name, PARTITIONS) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static Incident incident(int partition, int second) {
    String cluster = clusterOf(partition);
    String name = "p" + partition + "-" + second;
    return SampleIncidents.open(
        cluster,
        IncidentId.of(cluster, name),
        T0.plusSeconds(second),
        EntityRef.of("Pod", "shop", name));
  }

  /** The second correlator, serving its partitions. */
  private Holder serve(FakePartitions partitions) {
    QueryRouter router =
        new QueryRouter(
            new LocalQueries(partitions),
            partition -> List.of(),
            new HttpRemoteQueries(TIMEOUT),
            PARTITIONS,
            TIMEOUT);
    IncidentHandlers handlers = new IncidentHandlers(router, PARTITIONS);
    HttpServer server =
        lifecycle.add(
            "second",
            HttpServer.start(
                TestSettings.http(),
                new Health(),
                new Metrics(),
                routes -> {
                  routes.get("/api/v1/incidents", handlers::list);
                  routes.get("/api/v1/incidents/{id}", handlers::incident);
                }));
    return new Holder("127.0.0.1", server.port(), false, true);
  }

  private static Holder dead() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Holder("127.0.0.1", socket.getLocalPort(), false, true);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private QueryRouter router() {
    return router(TIMEOUT);
  }

  private QueryRouter router(Duration timeout) {
    return new QueryRouter(
        new LocalQueries(here),
        partition -> placement.getOrDefault(partition, List.of()),
        new HttpRemoteQueries(timeout),
        PARTITIONS,
        timeout);
  }

  private static IncidentQuery query(Map<String, List<String>> parameters) {
    return IncidentQuery.of("/api/v1/incidents", parameters);
  }

  private static List<String> names(QueryRouter.Page page) {
    return page.incidents().stream().map(i -> i.best().locus().name()).toList();
  }

  private void share(Holder second) {
    placement.put(0, List.of(self));
    placement.put(1, List.of(self));
    placement.put(2, List.of(second));
    placement.put(3, List.of(second));
    here.holding(0, incident(0, 1), incident(0, 5)).holding(1, incident(1, 3));
    there.holding(2, incident(2, 2), incident(2, 6)).holding(3, incident(3, 4));
  }

  @Test
  void shouldMergeWhatBothHold() {
    share(serve(there));

    QueryRouter.Page page = router().list(query(Map.of()), null);

    assertThat(names(page)).containsExactly("p2-6", "p0-5", "p3-4", "p1-3", "p2-2", "p0-1");
    assertThat(page.missing()).isEmpty();
    assertThat(page.next()).isNull();
  }

  @Test
  void shouldPageThroughBothWithoutLossOrRepeat() {
    share(serve(there));
    List<String> all = new ArrayList<>();
    Map<String, List<String>> parameters = new HashMap<>(Map.of("limit", List.of("2")));
    QueryRouter router = router();

    QueryRouter.Page page = router.list(query(parameters), null);
    all.addAll(names(page));
    while (page.next() != null) {
      parameters.put("cursor", List.of(page.next()));
      page = router.list(query(parameters), null);
      all.addAll(names(page));
    }

    assertThat(all).containsExactly("p2-6", "p0-5", "p3-4", "p1-3", "p2-2", "p0-1");
  }

  @Test
  void shouldNameTheDeadInstancesPartitionsAsMissing() {
    Holder dead = dead();
    share(dead);

    QueryRouter.Page page = router().list(query(Map.of()), null);

    assertThat(names(page)).containsExactly("p0-5", "p1-3", "p0-1");
    assertThat(page.missing()).hasSize(2);
    assertThat(page.missing().get(0)).startsWith("partition 2: " + dead.address());
    assertThat(page.missing().get(1)).startsWith("partition 3: " + dead.address());
  }

  @Test
  void shouldShowLaterWhatWasMissingEarlier() {
    share(dead());
    Map<String, List<String>> parameters = new HashMap<>(Map.of("limit", List.of("2")));
    QueryRouter.Page first = router().list(query(parameters), null);
    assertThat(names(first)).containsExactly("p0-5", "p1-3");

    share(serve(there));
    parameters.put("cursor", List.of(first.next()));
    parameters.put("limit", List.of("10"));
    QueryRouter.Page second = router().list(query(parameters), null);

    assertThat(names(second)).containsExactly("p2-6", "p3-4", "p2-2", "p0-1");
  }

  @Test
  void shouldAskACopyWhenTheOwnerIsDead() {
    share(dead());
    Holder copy = serve(new FakePartitions().holding(2, 7, incident(2, 2)));
    placement.put(2, List.of(dead(), new Holder(copy.host(), copy.port(), false, false)));

    QueryRouter.Page page = router().list(query(Map.of("cluster", List.of(clusterOf(2)))), null);

    assertThat(names(page)).containsExactly("p2-2");
    assertThat(page.missing()).hasSize(1);
    assertThat(page.missing().get(0)).contains("partition 2").contains("up to 7 changes behind");
  }

  @Test
  void shouldSayThatWhatIsHereIsOldWhileKafkaDoesNotAnswer() {
    placement.put(0, List.of(self));
    here.holding(0, LocalPartitions.UNKNOWN, incident(0, 1));

    QueryRouter.Page page = router().list(query(Map.of("cluster", List.of(clusterOf(0)))), null);

    assertThat(names(page)).containsExactly("p0-1");
    assertThat(page.missing()).hasSize(1);
    assertThat(page.missing().get(0)).contains("partition 0").contains("Kafka does not answer");
  }

  @Test
  void shouldAskOnlyTheOwnerOfTheClusterThatIsAskedFor() {
    share(dead());

    QueryRouter.Page page = router().list(query(Map.of("cluster", List.of(clusterOf(0)))), null);

    assertThat(names(page)).containsExactly("p0-5", "p0-1");
    assertThat(page.missing()).isEmpty();
  }

  @Test
  void shouldNameAPartitionThatNobodyHolds() {
    share(serve(there));
    placement.remove(1);

    assertThat(router().list(query(Map.of()), null).missing())
        .containsExactly("partition 1: no correlator holds it now");
  }

  @Test
  void shouldNameAPartitionThatItsHolderRefuses() {
    Holder second = serve(there);
    share(second);
    there.refusing(3, "it is moving or being restored");

    assertThat(router().list(query(Map.of()), null).missing())
        .containsExactly("partition 3: " + second.address() + ": it is moving or being restored");
  }

  @Test
  void shouldNotWaitLongerThanTheDeadlineForOneThatHangs() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      share(new Holder("127.0.0.1", silent.getLocalPort(), false, true));

      QueryRouter.Page page = router(Duration.ofMillis(300)).list(query(Map.of()), null);

      assertThat(names(page)).containsExactly("p0-5", "p1-3", "p0-1");
      assertThat(page.missing()).hasSize(2).allMatch(text -> text.contains("not in time"));
    }
  }

  @Test
  void shouldFindAnIncidentThatIsElsewhere() {
    share(serve(there));
    Incident wanted = incident(3, 4);

    QueryRouter.Search search = find(router(), wanted.id());

    assertThat(search).isInstanceOf(QueryRouter.Found.class);
    assertThat(((QueryRouter.Found) search).incident()).isEqualTo(wanted);
    assertThat(((QueryRouter.Found) search).remembered()).isTrue();
  }

  @Test
  void shouldSayThatThereIsNoneOnlyWhenAllAnswered() {
    share(serve(there));
    assertThat(find(router(), "00000000-000000000000")).isInstanceOf(QueryRouter.Absent.class);

    share(dead());
    QueryRouter.Search search = find(router(), "00000000-000000000000");

    assertThat(search).isInstanceOf(QueryRouter.Unknown.class);
    assertThat(((QueryRouter.Unknown) search).missing()).hasSize(2);
  }

  @Test
  void shouldFindAnIncidentHereThoughAnotherIsDead() {
    share(dead());
    QueryRouter.Search search = find(router(), incident(0, 5).id());

    assertThat(search).isInstanceOf(QueryRouter.Found.class);
    assertThat(((QueryRouter.Found) search).missing()).isEmpty();
  }

  private static QueryRouter.Search find(QueryRouter router, String id) {
    return router.find(id, "/api/v1/incidents/" + id, null);
  }
}
