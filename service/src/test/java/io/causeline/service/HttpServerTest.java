package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private final Lifecycle lifecycle = new Lifecycle();

  @TempDir Path folder;

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void shouldAnswerReadinessWithEachCheck() throws Exception {
    health.liveness("threads", () -> Health.Result.up("all alive"));
    health.readiness("kafka", () -> Health.Result.down("Kafka at k:9092 does not answer"));
    health.readiness(
        "broken",
        () -> {
          throw new IllegalStateException("inner secret");
        });
    HttpServer server = start(Map.of());

    HttpResponse<String> live = get(server, "/healthz");
    HttpResponse<String> ready = get(server, "/readyz");

    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body())
        .isEqualTo(
            "{\"status\":\"UP\",\"checks\":[{\"name\":\"threads\",\"ok\":true,\"detail\":\"all"
                + " alive\"}]}");
    assertThat(ready.statusCode()).isEqualTo(503);
    JsonNode report = Json.mapper().readTree(ready.body());
    assertThat(report.path("status").asText()).isEqualTo("DOWN");
    assertThat(report.at("/checks/0/detail").asText()).contains("k:9092 does not answer");
    assertThat(report.at("/checks/1/ok").asBoolean(true)).isFalse();
    assertThat(ready.body()).doesNotContain("inner secret");
  }

  @Test
  void shouldServeMetricsWithTheRequestsTimed() throws Exception {
    HttpServer server = start(Map.of());
    get(server, "/things/7");
    get(server, "/no/such/thing");

    HttpResponse<String> response = get(server, "/metrics");

    assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    assertThat(response.body())
        .contains("# HELP causeline_http_request_duration_seconds Time from")
        .contains("_count{method=\"GET\",route=\"/things/{id}\",code=\"200\",} 1.0")
        .contains("_count{method=\"GET\",route=\"none\",code=\"404\",} 1.0")
        .contains("jvm_threads_current");
  }

  @Test
  void shouldAnswerEveryErrorAsProblem() throws Exception {
    HttpServer server = start(Map.of("http.max-body-bytes", "1000"));

    assertProblem(get(server, "/nowhere"), 404, "Not Found", "/nowhere");
    HttpResponse<String> method = post(server, "/things/7", "x");
    assertProblem(method, 405, "Method Not Allowed", "/things/7");
    assertThat(method.headers().firstValue("allow").orElse("")).contains("GET");
    JsonNode bad = assertProblem(get(server, "/bad"), 400, "Bad Request", "/bad");
    assertThat(bad.path("detail").asText()).isEqualTo("'since' is no time");
    assertThat(bad.path("type").asText()).isEqualTo("about:blank");
    JsonNode custom = assertProblem(get(server, "/conflict"), 409, "Already resolved", "/conflict");
    assertThat(custom.path("type").asText()).isEqualTo("urn:causeline:problem:already-resolved");
    assertProblem(get(server, "/late"), 503, "Service Unavailable", "/late");
    assertProblem(get(server, "/empty"), 418, "I'm a Teapot", "/empty");
    for (String path : new String[] {"/boom", "/error", "/async-boom"}) {
      HttpResponse<String> boom = get(server, path);
      assertProblem(boom, 500, "Internal Server Error", null);
      assertThat(boom.body()).doesNotContain("inner").contains("log of the service");
    }
  }

  @Test
  void shouldRefuseOversizeBodies() throws Exception {
    HttpServer server = start(Map.of("http.max-body-bytes", "1000000"));
    byte[] big = new byte[3_000_000];
    Arrays.fill(big, (byte) 'x');

    HttpResponse<String> announced = send(server, "/echo", BodyPublishers.ofByteArray(big));
    HttpResponse<String> chunked =
        send(
            server,
            "/echo",
            BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(big)));
    HttpResponse<String> fitting =
        send(server, "/echo", BodyPublishers.ofByteArray(Arrays.copyOf(big, 1_000_000)));

    assertThat(assertProblem(announced, 413, "Content Too Large", "/echo").path("detail").asText())
        .contains("3000000 bytes, above the limit of 1000000");
    assertProblem(chunked, 413, "Content Too Large", "/echo");
    assertThat(fitting.body()).isEqualTo("1000000");
  }

  @Test
  void shouldAnswerBrokenRequestsAsProblems() throws Exception {
    HttpServer server = start(Map.of());

    assertThat(raw(server, "GET / HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"status\":400");
    assertThat(raw(server, "GET / HTTP/1.1\r\nHost: x\r\nBig: " + "y".repeat(40_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("\"status\":431");
    assertThat(
            raw(
                server,
                "GET /ws HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Version: 13\r\nConnection: close"
                    + "\r\n\r\n"))
        .startsWith("HTTP/1.1 404")
        .contains("\"status\":404");
  }

  @Test
  void shouldEnforceTokens() throws Exception {
    Path tokens =
        Files.writeString(
            folder.resolve("tokens"), "read reader-0123456789\nwrite writer-0123456789\n");
    HttpServer server = start(Map.of("http.tokens-file", tokens.toString()));

    HttpResponse<String> none = get(server, "/things/7");
    assertProblem(none, 401, "Unauthorized", "/things/7");
    assertThat(none.headers().firstValue("www-authenticate").orElse("")).startsWith("Bearer");
    assertProblem(get(server, "/nowhere"), 401, "Unauthorized", "/nowhere");
    assertThat(get(server, "/things/7", "Authorization", "Bearer reader-0123456789").statusCode())
        .isEqualTo(200);
    assertProblem(
        get(server, "/things/7", "Authorization", "Bearer writer-0123456789"),
        403,
        "Forbidden",
        "/things/7");
    HttpResponse<String> overridden =
        get(
            server,
            "/echo",
            "Authorization",
            "Bearer reader-0123456789",
            "X-HTTP-Method-Override",
            "POST");
    assertThat(overridden.statusCode()).isEqualTo(403);
    assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
    assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
    assertThat(get(server, "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayWhichPortIsInUse() {
    HttpServer first = start(Map.of());

    assertThatThrownBy(() -> start(Map.of("http.port", String.valueOf(first.port()))))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + first.port())
        .hasMessageContaining("in use")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void shouldRefuseToBindBeyondLoopbackWithoutTokens() {
    assertThatThrownBy(() -> start(Map.of("http.host", "0.0.0.0")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("causeline.http.host = \"0.0.0.0\"")
        .hasMessageContaining("auth: none");

    HttpServer open = start(Map.of("http.host", "0.0.0.0", "http.auth", "none"));
    assertThat(open.port()).isPositive();

    assertThatThrownBy(() -> start(Map.of("http.auth", "none", "http.tokens-file", "/x")))
        .hasMessageContaining("remove one of them");
  }

  @Test
  void shouldStopWhileAStreamOfEventsIsOpen() throws Exception {
    HttpServer server = start(Map.of());
    HttpResponse<InputStream> stream =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/stream"))
                .header("Accept", "text/event-stream")
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.body().read()).isEqualTo(':');

    assertThat(CompletableFuture.runAsync(server::close)).succeedsWithin(Duration.ofSeconds(5));
    assertThatThrownBy(() -> get(server, "/healthz")).isInstanceOf(IOException.class);
  }

  private HttpServer start(Map<String, String> overrides) {
    return lifecycle.add(
        "server",
        HttpServer.start(
            TestSettings.of(new HashMap<>(overrides)).http(),
            health,
            metrics,
            routes -> {
              routes.get("/things/{id}", ctx -> ctx.result(ctx.pathParam("id")));
              routes.post("/echo", ctx -> ctx.result("" + ctx.bodyAsBytes().length));
              routes.get(
                  "/bad",
                  ctx -> {
                    throw Problem.badRequest("'since' is no time");
                  });
              routes.get(
                  "/conflict",
                  ctx -> {
                    throw new Problem(409, "Already resolved", "it is over");
                  });
              routes.get(
                  "/late",
                  ctx ->
                      ctx.future(
                          () -> CompletableFuture.failedFuture(Problem.unavailable("later"))));
              routes.sse(
                  "/stream",
                  client -> {
                    client.keepAlive();
                    client.sendComment("hello");
                  });
              routes.get("/empty", ctx -> ctx.status(418));
              routes.get(
                  "/boom",
                  ctx -> {
                    throw new IllegalStateException("inner secret");
                  });
              routes.get(
                  "/error",
                  ctx -> {
                    throw new StackOverflowError("inner secret");
                  });
              routes.get(
                  "/async-boom",
                  ctx ->
                      ctx.future(
                          () ->
                              CompletableFuture.supplyAsync(
                                  () -> {
                                    throw new IllegalStateException("inner secret");
                                  })));
            }));
  }

  private static JsonNode assertProblem(
      HttpResponse<String> response, int status, String title, String instance) throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = Json.mapper().readTree(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isEqualTo(title);
    assertThat(problem.path("type").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isNotEmpty();
    if (instance != null) {
      assertThat(problem.path("instance").asText()).isEqualTo(instance);
    }
    return problem;
  }

  private static HttpResponse<String> get(HttpServer server, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(HttpServer server, String path, String body)
      throws IOException, InterruptedException {
    return send(server, path, BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(
      HttpServer server, String path, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).POST(body).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String raw(HttpServer server, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
