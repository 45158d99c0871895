package io.causeline.correlator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.correlator.TestSettings;
import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.CauseCatalogue;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.correlator.streams.Placement.Holder;
import io.causeline.correlator.streams.SampleIncidents;
import io.causeline.model.Command;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.IncidentId;
import io.causeline.model.Json;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes, over HTTP, of a correlator that holds its one partition itself. */
class ApiTest {

  private static final Instant T0 = Instant.parse("2026-01-02T03:00:00Z");
  private static final EntityRef WEB = EntityRef.of("Pod", "shop", "web-1");
  private static final EntityRef NODE = EntityRef.of("Node", null, "n1");
  private static final Incident OPEN =
      SampleIncidents.open("c1", IncidentId.of("c1", "open"), T0.plusSeconds(2), WEB);
  private static final Incident RESOLVED =
      SampleIncidents.with(
          SampleIncidents.open("c1", IncidentId.of("c1", "resolved"), T0.plusSeconds(1), NODE),
          Incident.State.RESOLVED);
  private static final Incident MERGED =
      SampleIncidents.with(
          SampleIncidents.open("c2", IncidentId.of("c2", "merged"), T0, WEB),
          Incident.State.MERGED);

  private final FakePartitions partitions = new FakePartitions().holding(0, OPEN, RESOLVED, MERGED);
  private final List<Command> commands = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private CompletableFuture<Void> stored = CompletableFuture.completedFuture(null);
  private HttpServer server;

  @BeforeEach
  void start() {
    Metrics metrics = new Metrics();
    QueryRouter router =
        new QueryRouter(
            new LocalQueries(partitions),
            partition -> List.of(new Holder("here", 1, true, true)),
            new HttpRemoteQueries(Duration.ofSeconds(1)),
            1,
            Duration.ofSeconds(5));
    IncidentHandlers incidents = new IncidentHandlers(router, 1);
    ActionHandler actions =
        new ActionHandler(
            incidents,
            (cluster, command) -> {
              commands.add(Json.read(command, Command.class));
              return stored;
            },
            CauseCatalogue::builtIn,
            () -> T0,
            Duration.ofMillis(50),
            metrics);
    StreamHandler stream =
        new StreamHandler(
            new ChangeHub(() -> new MockConsumer<>("earliest"), "incidents", 1, metrics),
            new CatchUp(() -> new MockConsumer<>("earliest"), "incidents", 1),
            1,
            Duration.ofSeconds(10),
            metrics);
    server =
        HttpServer.start(
            TestSettings.http(),
            new Health(),
            metrics,
            new ApiRoutes(incidents, actions, stream, new CauseHandlers(CauseCatalogue::builtIn))
                ::addTo);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> act(Incident incident, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(server.url() + "/api/v1/incidents/" + incident.id() + "/actions"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.mapper().readTree(response.body());
  }

  private static String detail(HttpResponse<String> response) throws IOException {
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    return json(response).path("detail").asText();
  }

  @Test
  void shouldListWithoutMergedAndWithoutTimelines() throws Exception {
    HttpResponse<String> response = get("/incidents");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode answer = json(response);
    assertThat(answer.path("incidents")).hasSize(2);
    assertThat(answer.path("incidents").get(0).path("id").asText()).isEqualTo(OPEN.id());
    assertThat(answer.path("incidents").get(0).has("timeline")).isFalse();
    assertThat(answer.has("next")).isTrue();
    assertThat(answer.path("next").isNull()).isTrue();
    assertThat(answer.path("missing")).isEmpty();
  }

  @Test
  void shouldListMergedWhenAsked() throws Exception {
    assertThat(json(get("/incidents?state=merged")).path("incidents")).hasSize(1);
    assertThat(json(get("/incidents?state=open,merged")).path("incidents")).hasSize(2);
    assertThat(json(get("/incidents?state=open&state=resolved")).path("incidents")).hasSize(2);
  }

  @Test
  void shouldListIncidentsOfAnEntity() throws Exception {
    assertThat(json(get("/entities/Pod/shop/web-1/incidents")).path("incidents")).hasSize(1);
    assertThat(json(get("/entities/Node/-/n1/incidents")).path("incidents")).hasSize(1);
    assertThat(json(get("/entities/Pod/-/web-1/incidents")).path("incidents")).isEmpty();
  }

  @Test
  void shouldNameWhatIsWrongWithAParameter() throws Exception {
    assertBad("/incidents?colour=red", "'colour' is not known", "severity");
    assertBad("/incidents?state=closed", "'closed'", "open, acknowledged, resolved, merged");
    assertBad("/incidents?severity=page", "'page'", "critical, warning, info");
    assertBad("/incidents?limit=501", "'limit'", "1 to 500");
    assertBad("/incidents?limit=many", "'many'", "1 to 500");
    assertBad("/incidents?since=yesterday", "'since'", "RFC 3339");
    assertBad("/incidents?since=%2B1000000000-12-31T23:59:59Z", "'since'", "RFC 3339");
    assertBad("/entities/Pod/shop/%20/incidents", "names no object", "");
    assertBad("/incidents?cluster=a%2Fb", "'a/b'", "cluster's name");
    assertBad("/incidents?cursor=nonsense", "'cursor'", "begin without it");
    assertBad("/incidents?q=", "'q' is empty", "");
    assertBad("/incidents?kind=Pod&kind=Node", "'kind' is given 2 times", "");
    assertBad(
        "/incidents?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "'since'", "'until'");
    assertBad("/incidents/" + OPEN.id() + "?verbose=1", "'verbose' is not known", "none");
    assertBad("/stream?severity=critical", "'severity' is not known", "cluster, state");
  }

  private void assertBad(String path, String what, String wayOut) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(400);
    assertThat(detail(response)).as(path).contains(what).contains(wayOut);
  }

  @Test
  void shouldRefuseACursorOfAListWithOtherFilters() throws Exception {
    String next = json(get("/incidents?limit=1")).path("next").asText();

    assertThat(json(get("/incidents?limit=5&cursor=" + next)).path("incidents")).hasSize(1);
    HttpResponse<String> other = get("/incidents?state=open&cursor=" + next);

    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(detail(other)).contains("other filters");
  }

  @Test
  void shouldServeAnIncidentWithItsTag() throws Exception {
    HttpResponse<String> response = get("/incidents/" + OPEN.id());
    String tag = response.headers().firstValue("ETag").orElseThrow();

    assertThat(Json.mapper().readValue(response.body(), Incident.class)).isEqualTo(OPEN);
    assertThat(tag).matches("\"1-[0-9a-f]{16}\"");
    HttpResponse<String> again = get("/incidents/" + OPEN.id(), "If-None-Match", "\"x\", " + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/incidents/" + OPEN.id(), "If-None-Match", "\"x\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void shouldServeTimelineAndHypotheses() throws Exception {
    JsonNode timeline = json(get("/incidents/" + OPEN.id() + "/timeline"));
    JsonNode hypotheses = json(get("/incidents/" + OPEN.id() + "/hypotheses"));

    assertThat(timeline.path("timeline").get(0).path("what").asText()).isEqualTo("BackOff");
    assertThat(hypotheses.path("hypotheses").get(0).path("cause").asText()).isEqualTo("unknown");
  }

  @Test
  void shouldAnswer404ForAnUnknownIncident() throws Exception {
    assertThat(get("/incidents/00000000-000000000000").statusCode()).isEqualTo(404);
    assertThat(detail(get("/incidents/no-id"))).contains("'no-id'");
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldAnswer503WhenItCannotTell() throws Exception {
    partitions.refusing(0, "it is moving or being restored");

    HttpResponse<String> one = get("/incidents/00000000-000000000000");
    HttpResponse<String> list = get("/incidents");

    assertThat(one.statusCode()).isEqualTo(503);
    assertThat(detail(one)).contains("partition 0").contains("being restored");
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(json(list).path("missing").get(0).asText()).contains("partition 0");
  }

  @Test
  void shouldServeAForwardedRequestFromItsOwnState() throws Exception {
    JsonNode list = json(get("/incidents", RemoteQueries.PARTITIONS_HEADER, "0"));
    JsonNode find = json(get("/incidents/" + OPEN.id(), RemoteQueries.PARTITIONS_HEADER, "0"));
    HttpResponse<String> wrong = get("/incidents", RemoteQueries.PARTITIONS_HEADER, "1");

    assertThat(list.path("answered").path("0").asLong(-1)).isZero();
    assertThat(find.path("incident").path("id").asText()).isEqualTo(OPEN.id());
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(detail(wrong)).contains("partition counts");
  }

  @Test
  void shouldWriteACommandAndAnswerItsId() throws Exception {
    HttpResponse<String> response =
        act(OPEN, "{\"action\":\"acknowledge\",\"actor\":\"ada\",\"text\":\"on it\"}");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(commands).hasSize(1);
    Command command = commands.get(0);
    assertThat(json(response).path("id").asText()).isEqualTo(command.id());
    assertThat(command.cluster()).isEqualTo("c1");
    assertThat(command.incidentId()).isEqualTo(OPEN.id());
    assertThat(command.action()).isEqualTo(Command.Action.ACKNOWLEDGE);
    assertThat(command.actor()).isEqualTo("ada");
    assertThat(command.text()).isEqualTo("on it");
    assertThat(command.at()).isEqualTo(T0);
  }

  @Test
  void shouldGiveTheSameRequestWithTheSameKeyTheSameId() throws Exception {
    String body = "{\"action\":\"comment\",\"text\":\"hello\"}";

    act(OPEN, body, "Idempotency-Key", "k1");
    act(OPEN, body, "Idempotency-Key", "k1");
    act(OPEN, body, "Idempotency-Key", "k2");
    act(OPEN, "{\"action\":\"comment\",\"text\":\"other\"}", "Idempotency-Key", "k1");
    act(OPEN, body);
    act(OPEN, body);

    Set<String> ids = new HashSet<>();
    commands.forEach(command -> ids.add(command.id()));
    assertThat(commands).hasSize(6);
    assertThat(ids).hasSize(5);
    assertThat(commands.get(0).id()).isEqualTo(commands.get(1).id());
  }

  @Test
  void shouldRefuseWhatCannotBe() throws Exception {
    assertConflict(OPEN, "reopen", "is open");
    assertConflict(RESOLVED, "acknowledge", "reopen it first");
    assertConflict(MERGED, "reopen", "was merged into other");
    assertThat(commands).isEmpty();
    assertThat(act(RESOLVED, "{\"action\":\"reopen\"}").statusCode()).isEqualTo(202);
  }

  private void assertConflict(Incident incident, String action, String why) throws Exception {
    HttpResponse<String> response = act(incident, "{\"action\":\"" + action + "\"}");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(detail(response)).contains(why);
  }

  @Test
  void shouldNameWhatIsWrongWithAnAction() throws Exception {
    assertBadAction("nonsense", "not JSON");
    assertBadAction("[]", "not a JSON object");
    assertBadAction("", "not a JSON object");
    assertBadAction(
        "{}", "acknowledge, resolve, reopen, comment, merge, split, confirm-cause, reject-cause");
    assertBadAction("{\"action\":\"explode\"}", "'explode'");
    assertBadAction("{\"action\":7}", "'action' is not a string");
    assertBadAction("{\"action\":\"merge\"}", "merge needs 'into'");
    assertBadAction("{\"action\":\"resolve\",\"into\":\"x\"}", "means nothing to resolve");
    assertBadAction("{\"action\":\"split\",\"entries\":7}", "is not a list");
    assertBadAction(
        "{\"action\":\"confirm-cause\",\"cause\":\"node-dwon\"}", "did you mean 'node-down'?");
    assertBadAction("{\"action\":\"comment\"}", "needs a 'text'");
    assertBadAction("{\"action\":\"resolve\",\"note\":\"x\"}", "'note' is not known");
    assertBadAction("{\"action\":\"comment\",\"text\":\"" + "x".repeat(1025) + "\"}", "1025 bytes");
    assertThat(act(OPEN, "{\"action\":\"resolve\"}", "Idempotency-Key", "a b").statusCode())
        .isEqualTo(400);
    assertThat(commands).isEmpty();
  }

  private void assertBadAction(String body, String what) throws Exception {
    HttpResponse<String> response = act(OPEN, body);
    assertThat(response.statusCode()).as(body).isEqualTo(400);
    assertThat(detail(response)).as(body).contains(what);
  }

  @Test
  void shouldAnswer503UntilKafkaHasStoredTheCommand() throws Exception {
    stored = new CompletableFuture<>();
    HttpResponse<String> waiting = act(OPEN, "{\"action\":\"resolve\"}");
    stored = CompletableFuture.failedFuture(new IOException("no broker"));
    HttpResponse<String> failed = act(OPEN, "{\"action\":\"resolve\"}");

    assertThat(waiting.statusCode()).isEqualTo(503);
    assertThat(detail(waiting)).contains("Idempotency-Key");
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(detail(failed)).contains("no broker");
  }

  @Test
  void shouldAnswer503ToAStreamWhileThereIsNone() throws Exception {
    HttpResponse<String> response = get("/stream");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("2");
  }

  @Test
  void shouldListTheCausesThatAreKnown() throws Exception {
    JsonNode answer = json(get("/causes"));
    assertThat(answer.path("version").asText()).isEqualTo(KnowledgeLoader.builtIn().version());
    assertThat(answer.path("causes").findValuesAsText("id"))
        .containsExactlyElementsOf(
            KnowledgeLoader.builtIn().causes().stream().map(Cause::id).toList());

    JsonNode node = null;
    for (JsonNode cause : json(get("/causes?lang=en")).path("causes")) {
      node = cause.path("id").asText().equals("node-down") ? cause : node;
    }
    assertThat(node.path("title").asText()).isEqualTo("Node {locus.name} is not ready");
    assertThat(node.path("locus").asText()).isEqualTo("Node");
    assertThat(node.path("prior").asText()).isEqualTo("common");
    assertThat(node.path("family").asText()).isEqualTo("nodes");
    assertThat(node.path("lines").asInt()).isGreaterThan(5);
  }

  @Test
  void shouldTellAllOfACauseInTheWordsOfItsPack() throws Exception {
    JsonNode cause = json(get("/causes/node-down"));

    assertThat(cause.path("title").path("zh").asText()).isNotEmpty();
    assertThat(cause.path("evidence").get(0).path("event").get(0).asText())
        .isEqualTo("NodeNotReady");
    assertThat(cause.path("evidence").get(0).path("weight").asText()).isEqualTo("strong");
    assertThat(cause.path("symptoms"))
        .allSatisfy(line -> assertThat(line.path("weight").asText()).isNotEmpty());
    assertThat(cause.path("fixes").get(0).path("risk").path("en").asText()).isNotEmpty();
    assertThat(cause.path("references")).isNotEmpty();

    JsonNode chinese = json(get("/causes/node-down?lang=zh"));
    assertThat(chinese.path("fixes").get(0).path("risk").asText())
        .isEqualTo(cause.path("fixes").get(0).path("risk").path("zh").asText());
    assertThat(json(get("/causes/cloud-api-throttled")).path("aliases").path("LB_SYNC_FAIL"))
        .isNotEmpty();
  }

  @Test
  void shouldAnswer404ToACauseThatIsNotKnown() throws Exception {
    HttpResponse<String> response = get("/causes/node-dwn");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(detail(response)).contains("node-dwn").contains("did you mean 'node-down'?");
    assertThat(get("/causes?lang=fr").statusCode()).isEqualTo(400);
    assertThat(get("/causes/node-down?language=en").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldDescribeExactlyItsRoutes() throws Exception {
    JsonNode paths = json(get("/openapi.json")).path("paths");
    Set<String> described = new HashSet<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyStream()
                    .forEach(
                        method ->
                            described.add(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));

    Set<String> routed = new HashSet<>();
    new ApiRoutes(
            new IncidentHandlers(null, 1),
            new ActionHandler(null, null, null, null, null, new Metrics()),
            new StreamHandler(null, null, 1, null, new Metrics()),
            new CauseHandlers(CauseCatalogue::builtIn))
        .all()
        .forEach(route -> routed.add(route.method() + " " + route.path()));
    assertThat(described).isEqualTo(routed);
  }

  @Test
  void shouldDescribeExactlyTheParametersOfLists() throws Exception {
    JsonNode parameters =
        json(get("/openapi.json"))
            .path("paths")
            .path("/api/v1/incidents")
            .path("get")
            .path("parameters");
    List<String> names = new ArrayList<>();
    parameters.forEach(parameter -> names.add(parameter.path("name").asText()));

    String known = detail(get("/incidents?colour=red"));

    assertThat(known).contains(String.join(", ", new TreeSet<>(names)));
  }
}
