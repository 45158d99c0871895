package io.causeline.bridge.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for Slack in tests: the methods of the Web API that we use, and an incoming webhook,
 * with their rules (ids, limits, what history lists, who sees metadata) and, when told to, their
 * failures. It has one channel, {@link #CHANNEL_ID}, called {@link #CHANNEL_NAME}.
 */
public final class SlackDouble implements AutoCloseable {

  public static final String TOKEN = "xoxb-the-double-takes-this-one";
  public static final String CHANNEL_ID = "C0DOUBLE001";
  public static final String CHANNEL_NAME = "incidents";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEBHOOK_PATH = "/services/T0/B0/s3cr3t";

  /** What goes wrong with a call. */
  public sealed interface Fault {
    /** 429. */
    record RateLimited(int retryAfterSeconds) implements Fault {}

    /** 200 with {@code ok: false}. */
    record NotOk(String error) implements Fault {}

    /** Another status. */
    record Status(int code, String body) implements Fault {}

    /** The connection is closed without an answer. */
    record HangsUp(boolean afterDoingIt) implements Fault {}

    /** The answer does not come until the double is closed or {@link SlackDouble#letGo}. */
    record Hangs(boolean afterDoingIt) implements Fault {}

    /** An answer that is no JSON. */
    record Garbage(boolean afterDoingIt) implements Fault {}
  }

  /** A message as it is now. */
  public record Message(
      String channel,
      String ts,
      Optional<String> threadTs,
      String text,
      JsonNode blocks,
      JsonNode metadata,
      int edits) {

    /** All text of its blocks, one block a line. */
    public String blockText() {
      List<String> lines = new ArrayList<>();
      for (JsonNode block : blocks) {
        if (block.has("text")) {
          lines.add(block.get("text").get("text").asText());
        }
        for (JsonNode element : block.path("elements")) {
          lines.add(element.get("text").asText());
        }
      }
      return String.join("\n", lines);
    }

    /** The operation of ours that its metadata names. */
    public String operation() {
      return metadata.path("event_payload").path("operation").asText();
    }

    /** The incident that its metadata names. */
    public String incident() {
      return metadata.path("event_payload").path("incident").asText();
    }
  }

  /** A call that was made. */
  public record Call(String method, Map<String, String> arguments, Instant at) {}

  private final HttpServer server;
  private final ExecutorService threads;
  private final InstantSource clock;
  private final SlackRoom room;
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Deque<Fault>> next = new HashMap<>();
  private final Map<String, Fault> always = new HashMap<>();
  private final CountDownLatch letGo = new CountDownLatch(1);
  private String token = TOKEN;

  private SlackDouble(InstantSource clock) throws IOException {
    this.clock = clock;
    this.room = new SlackRoom(clock);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "slack-double");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/api/", this::api);
    server.createContext(WEBHOOK_PATH, this::webhook);
    server.start();
  }

  /**
   * Starts one on a free port.
   *
   * @param clock what messages are dated by
   */
  public static SlackDouble start(InstantSource clock) {
    try {
      return new SlackDouble(clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI apiUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
  }

  public URI webhookUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + WEBHOOK_PATH);
  }

  /** Messages of the channel, without replies, as they are now, oldest first. */
  public List<Message> messages() {
    return room.messages();
  }

  /** Replies to a message, oldest first. */
  public List<Message> replies(Message parent) {
    return room.replies(parent);
  }

  /** The message of an incident; fails if there is not exactly one. */
  public Message messageOf(String incident) {
    List<Message> found = messages().stream().filter(m -> m.incident().equals(incident)).toList();
    if (found.size() != 1) {
      throw new AssertionError("incident " + incident + " has " + found.size() + " messages");
    }
    return found.get(0);
  }

  /** Calls of a method, in order. */
  public synchronized List<Call> calls(String method) {
    return calls.stream().filter(c -> c.method().equals(method)).toList();
  }

  /** All calls, in order. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The next calls of a method ({@code webhook} for posts to it) go wrong so, in this order. */
  public synchronized void next(String method, Fault... faults) {
    next.computeIfAbsent(method, m -> new ArrayDeque<>()).addAll(List.of(faults));
  }

  /** Every call of a method goes wrong so, until {@link #heal}. */
  public synchronized void always(String method, Fault fault) {
    always.put(method, fault);
  }

  /** Nothing goes wrong any more. */
  public synchronized void heal() {
    next.clear();
    always.clear();
  }

  /** Only this token is taken from now on. */
  public synchronized void accept(String newToken) {
    token = newToken;
  }

  /** Posts that come faster than this get 429. */
  public void limitRate(Duration leastSpacing) {
    room.limitRate(leastSpacing);
  }

  /** A person removes a message. */
  public void remove(Message message) {
    room.remove(message);
  }

  /** Someone else writes something. */
  public void chatter(String text) {
    Message unused =
        room.add(text, JSON.createArrayNode(), JSON.createObjectNode(), Optional.empty());
  }

  /** Lets calls go that hang. */
  public void letGo() {
    letGo.countDown();
  }

  @Override
  public void close() {
    letGo.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void api(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    Map<String, String> arguments =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    Fault fault;
    boolean authorised;
    synchronized (this) {
      calls.add(new Call(method, arguments, clock.instant()));
      fault = fault(method);
      authorised = ("Bearer " + token).equals(bearer);
    }
    answer(
        exchange,
        fault,
        () ->
            authorised
                ? room.call(method, arguments).toString()
                : SlackRoom.error("invalid_auth").toString());
  }

  private void webhook(HttpExchange exchange) throws IOException {
    JsonNode payload = JSON.readTree(exchange.getRequestBody().readAllBytes());
    Fault fault;
    synchronized (this) {
      calls.add(new Call("webhook", Map.of("payload", payload.toString()), clock.instant()));
      fault = fault("webhook");
    }
    answer(
        exchange,
        fault,
        () -> {
          ObjectNode noMetadata = JSON.createObjectNode();
          Message unused =
              room.add(
                  payload.path("text").asText(),
                  payload.path("blocks"),
                  noMetadata,
                  Optional.empty());
          return "ok";
        });
  }

  private Fault fault(String method) {
    Deque<Fault> planned = next.get(method);
    return planned == null || planned.isEmpty() ? always.get(method) : planned.poll();
  }

  private interface Effect {
    String run() throws IOException;
  }

  private void answer(HttpExchange exchange, Fault fault, Effect effect) throws IOException {
    if (fault == null) {
      send(exchange, 200, effect.run());
    } else if (fault instanceof Fault.RateLimited f) {
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(f.retryAfterSeconds()));
      send(exchange, 429, SlackRoom.error("ratelimited").toString());
    } else if (fault instanceof Fault.NotOk f) {
      send(exchange, 200, SlackRoom.error(f.error()).toString());
    } else if (fault instanceof Fault.Status f) {
      send(exchange, f.code(), f.body());
    } else if (fault instanceof Fault.HangsUp f) {
      runIf(f.afterDoingIt(), effect);
      exchange.close();
    } else if (fault instanceof Fault.Hangs f) {
      runIf(f.afterDoingIt(), effect);
      try {
        boolean unused = letGo.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    } else if (fault instanceof Fault.Garbage f) {
      runIf(f.afterDoingIt(), effect);
      send(exchange, 200, "<html>a proxy's page</html>");
    }
  }

  private static void runIf(boolean wanted, Effect effect) throws IOException {
    if (wanted) {
      String unused = effect.run();
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> form(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }
}
