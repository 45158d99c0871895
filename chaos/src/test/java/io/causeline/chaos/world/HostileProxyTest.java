package io.causeline.chaos.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.causeline.chaos.Seed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostileProxyTest {

  private static final int CALLS = 60;

  private HttpServer server;
  private HostileProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = "{\"fine\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    proxy =
        HostileProxy.before(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), new Seed(1));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.stop(0);
  }

  @Test
  void shouldHandEverythingOnWhenItIsNotHostile() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(call()).isEqualTo("200 {\"fine\":true}");
    }
    assertThat(proxy.met()).isZero();
  }

  @Test
  void shouldAnswerAsApiServersInTroubleDoWhenItIsHostile() throws Exception {
    proxy.hostile(true);

    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < CALLS; i++) {
      answers.add(
          call()
              .replaceAll("(?s)\\{\"(kind|type).*?(\"ERROR\").*", "$2")
              .replaceAll("(?s) \\{\"kind.*", ""));
    }

    assertThat(answers)
        .contains("200 {\"fine\":true}", "200 ", "200 \"ERROR\"", "410", "429", "500");
    // The client tries again by itself where it was reset.
    assertThat(proxy.met()).isGreaterThan(CALLS);
  }

  /** Over a connection of its own. */
  private String call() throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(proxy.uri()).version(HttpClient.Version.HTTP_1_1).build(),
              BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      return "reset";
    }
  }
}
