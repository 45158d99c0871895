package io.causeline.correlator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.causeline.correlator.TestSettings;
import io.causeline.correlator.streams.SampleIncidents;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream of changes, over HTTP, of a topic with one partition. */
@Timeout(20)
class StreamTest {

  private static final Instant T0 = Instant.parse("2026-01-02T03:00:00Z");

  private record Event(String id, String name, String data) {}

  private final FakeTopic topic = new FakeTopic();
  private final Metrics metrics = new Metrics();
  private final Lifecycle lifecycle = new Lifecycle();
  private final HttpClient client = HttpClient.newHttpClient();
  private ChangeHub hub;
  private HttpServer server;

  @BeforeEach
  void start() {
    hub = new ChangeHub(topic::connect, FakeTopic.NAME, 1, metrics);
    StreamHandler handler =
        new StreamHandler(
            hub,
            new CatchUp(topic::connect, FakeTopic.NAME, 1),
            1,
            Duration.ofMillis(300),
            metrics);
    server =
        lifecycle.add(
            "http",
            HttpServer.start(
                TestSettings.http(),
                new Health(),
                metrics,
                routes -> routes.get("/stream", handler::stream)));
    lifecycle.add("hub", hub);
  }

  @AfterEach
  void stop() {
    lifecycle.close();
  }

  private void startHub() {
    hub.start();
    await().until(() -> hub.readiness().ok());
  }

  private HttpResponse<Stream<String>> open(String query, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/stream" + query));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
  }

  /** The next event with data; what stands before it is left out. */
  private static Event next(Iterator<String> lines) {
    String id = null;
    String name = null;
    String data = null;
    while (data == null || id == null || name == null) {
      String line = lines.next();
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      }
    }
    return new Event(id, name, data);
  }

  private static Incident incident(String cluster, String id) {
    return SampleIncidents.open(cluster, id, T0, EntityRef.of("Pod", "shop", "网页"));
  }

  private void publish(Incident incident) {
    topic.add(incident.cluster() + "/" + incident.id(), Json.bytes(incident));
  }

  private static String incidentOf(Event event) {
    return Json.read(event.data().getBytes(StandardCharsets.UTF_8), Incident.class).id();
  }

  @Test
  void shouldStreamWhatChangesFromNowOn() throws Exception {
    publish(incident("c1", "old"));
    startHub();
    HttpResponse<Stream<String>> response = open("");
    Iterator<String> lines = response.body().iterator();
    assertThat(lines.next()).isEqualTo("id: 1");

    publish(incident("c1", "new"));
    topic.add("c1/gone", null);
    Event changed = next(lines);
    Event removed = next(lines);

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(changed.id()).isEqualTo("2");
    assertThat(changed.name()).isEqualTo("incident");
    assertThat(changed.data()).contains("网页").doesNotContain("\"timeline\"");
    assertThat(incidentOf(changed)).isEqualTo("new");
    assertThat(removed.name()).isEqualTo("removed");
    assertThat(removed.data()).contains("\"gone\"").contains("\"c1\"");
  }

  @Test
  void shouldShowOnlyWhatIsAskedFor() throws Exception {
    startHub();
    Iterator<String> lines = open("?cluster=c2&state=open").body().iterator();

    publish(incident("c1", "other"));
    publish(SampleIncidents.with(incident("c2", "over"), Incident.State.RESOLVED));
    publish(incident("c2", "wanted"));

    assertThat(incidentOf(next(lines))).isEqualTo("wanted");
  }

  @Test
  void shouldSendFirstWhatAClientMissed() throws Exception {
    for (int i = 0; i < 4; i++) {
      publish(incident("c1", "i" + i));
    }
    startHub();
    Iterator<String> lines = open("", "Last-Event-ID", "2").body().iterator();
    List<Event> events = new ArrayList<>(List.of(next(lines), next(lines)));
    publish(incident("c1", "i4"));
    events.add(next(lines));

    assertThat(events).extracting(StreamTest::incidentOf).containsExactly("i2", "i3", "i4");
    assertThat(events).extracting(Event::id).containsExactly("3", "4", "5");
  }

  @Test
  void shouldRefuseAnIdThatIsNone() throws Exception {
    startHub();

    HttpResponse<Stream<String>> response = open("", "Last-Event-ID", "1.2");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(String.join("", response.body().toList())).contains("Last-Event-ID");
  }

  @Test
  void shouldSayThatItIsStillThere() throws Exception {
    startHub();

    assertThat(open("").body().filter(": heartbeat"::equals).findFirst()).isPresent();
  }

  @Test
  void shouldGoOnWhereItWasWhenKafkaIsBack() throws Exception {
    startHub();
    Iterator<String> lines = open("").body().iterator();
    publish(incident("c1", "before"));
    assertThat(incidentOf(next(lines))).isEqualTo("before");

    topic.fail();
    await().until(() -> !hub.readiness().ok());
    publish(incident("c1", "meanwhile"));

    assertThat(incidentOf(next(lines))).isEqualTo("meanwhile");
    assertThat(topic.connections).hasValue(2);
  }

  @Test
  void shouldLeaveOutWhatIsNoIncident() throws Exception {
    startHub();
    Iterator<String> lines = open("").body().iterator();

    topic.add("c1/broken", new byte[] {'{'});
    publish(incident("c1", "good"));

    assertThat(incidentOf(next(lines))).isEqualTo("good");
    assertThat(metrics.value("causeline_correlator_stream_unreadable_total", Map.of()))
        .isEqualTo(1);
  }

  @Test
  void shouldStopAtWhatANewerVersionWrote() throws Exception {
    startHub();
    HttpResponse<Stream<String>> response = open("");

    topic.add("c1/newer", new byte[] {'{'}, "2");

    assertThat(response.body().noneMatch(line -> line.startsWith("data:"))).isTrue();
    assertThat(hub.readiness().ok()).isFalse();
    assertThat(hub.readiness().detail()).contains("upgrade");
    assertThat(open("").statusCode()).isEqualTo(503);
  }

  @Test
  void shouldEndWhenTheProcessStops() throws Exception {
    startHub();
    HttpResponse<Stream<String>> response = open("");

    hub.close();

    assertThat(response.body().count()).isPositive();
  }

  @Test
  void shouldCutAClientOffThatIsTooSlow() {
    startHub();
    Subscription slow = hub.subscribe(new ChangeFilter(Set.of(), Set.of())).orElseThrow();

    for (int i = 0; i <= ChangeHub.CAPACITY; i++) {
      publish(incident("c1", "i" + i));
    }

    await().until(slow::overflowed);
    assertThat(slow.closed()).isFalse();
  }
}
