package io.causeline.chaos.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.causeline.chaos.Seed;
import io.causeline.chaos.check.ChatMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Slack's Web API with one channel. While it is hostile some calls get no answer,
 * whether they were done or not, and some get 429 or 500.
 */
final class SlackDouble implements AutoCloseable {

  static final String TOKEN = "xoxb-chaos";
  static final String CHANNEL = "C0CHAOS0001";

  private static final ObjectMapper JSON = new ObjectMapper();

  private enum Fate {
    DONE,
    DONE_WITHOUT_ANSWER,
    HANGS_UP,
    RATE_LIMITED,
    FAILS;

    static Fate of(Random random) {
      int dice = random.nextInt(100);
      if (dice < 60) {
        return DONE;
      } else if (dice < 76) {
        return DONE_WITHOUT_ANSWER;
      } else if (dice < 84) {
        return HANGS_UP;
      }
      return dice < 93 ? RATE_LIMITED : FAILS;
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Seed seed;
  private final List<ChatMessage> messages = new ArrayList<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private final AtomicInteger lostAnswers = new AtomicInteger();
  private final AtomicInteger posts = new AtomicInteger();
  private volatile @Nullable Runnable afterPost;
  private int sequence;
  private volatile boolean hostile;

  private SlackDouble(Seed seed) throws IOException {
    this.seed = seed;
    this.server = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, 0), 0);
    server.createContext("/api/", this::handle);
    server.setExecutor(threads);
  }

  /** One that is not hostile yet. */
  static SlackDouble start(Seed seed) throws IOException {
    SlackDouble slack = new SlackDouble(seed);
    slack.server.start();
    return slack;
  }

  URI apiUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
  }

  /** From now on it is, or is not. */
  void hostile(boolean now) {
    hostile = now;
    if (!now) {
      afterPost = null;
    }
  }

  /**
   * After the n-th message that is posted from now on something happens before its sender hears of
   * it; it never does.
   */
  void afterPost(int n, Runnable what) {
    posts.set(-n);
    afterPost = what;
  }

  /** How many calls were done of which the caller never heard. */
  int lostAnswers() {
    return lostAnswers.get();
  }

  /** All messages, replies among them, in their order. */
  public synchronized List<ChatMessage> messages() {
    return List.copyOf(messages);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestURI().getPath().substring("/api/".length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      Map<String, String> arguments = form(new String(body, StandardCharsets.UTF_8));
      switch (fate(method)) {
        case DONE -> {
          ObjectNode answer = call(method, arguments);
          Runnable first = afterPost;
          if (first != null && method.equals("chat.postMessage") && posts.incrementAndGet() == 0) {
            lostAnswers.incrementAndGet();
            first.run();
          } else {
            send(exchange, 200, answer);
          }
        }
        case DONE_WITHOUT_ANSWER -> {
          ObjectNode unused = call(method, arguments);
          lostAnswers.incrementAndGet();
        }
        case HANGS_UP -> {}
        case RATE_LIMITED -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          send(exchange, 429, error("ratelimited"));
        }
        case FAILS -> send(exchange, 500, error("internal_error"));
      }
    }
  }

  private synchronized Fate fate(String method) {
    if (!hostile) {
      return Fate.DONE;
    }
    return Fate.of(seed.random("slack " + method, calls.merge(method, 1, Integer::sum)));
  }

  private synchronized ObjectNode call(String method, Map<String, String> arguments)
      throws IOException {
    return switch (method) {
      case "chat.postMessage" -> post(arguments);
      case "chat.update" -> update(arguments);
      case "conversations.history" -> page(arguments, null);
      case "conversations.replies" -> page(arguments, arguments.get("ts"));
      default -> error("unknown_method");
    };
  }

  private ObjectNode post(Map<String, String> arguments) throws IOException {
    String thread = arguments.get("thread_ts");
    if (thread != null && messages.stream().noneMatch(m -> m.ts().equals(thread))) {
      return error("thread_not_found");
    }
    String ts = String.format(Locale.ROOT, "%d.%06d", Instant.now().getEpochSecond(), ++sequence);
    messages.add(message(ts, thread, arguments));
    return ok().put("channel", CHANNEL).put("ts", ts);
  }

  private ObjectNode update(Map<String, String> arguments) throws IOException {
    for (int i = 0; i < messages.size(); i++) {
      ChatMessage before = messages.get(i);
      if (before.ts().equals(arguments.get("ts"))) {
        messages.set(i, message(before.ts(), before.thread(), arguments));
        return ok().put("channel", CHANNEL).put("ts", before.ts());
      }
    }
    return error("message_not_found");
  }

  private static ChatMessage message(
      String ts, @Nullable String thread, Map<String, String> arguments) throws IOException {
    return new ChatMessage(
        ts,
        thread,
        arguments.getOrDefault("text", ""),
        JSON.readTree(arguments.getOrDefault("blocks", "[]")),
        JSON.readTree(arguments.getOrDefault("metadata", "{}")));
  }

  /** What the channel lists, newest first, or the replies of a thread after their parent. */
  private ObjectNode page(Map<String, String> arguments, @Nullable String parent) {
    double oldest = Double.parseDouble(arguments.getOrDefault("oldest", "0"));
    double latest = Double.parseDouble(arguments.getOrDefault("latest", "9e12"));
    List<ChatMessage> listed = new ArrayList<>();
    for (ChatMessage message : messages) {
      double at = Double.parseDouble(message.ts());
      boolean here =
          parent == null
              ? message.thread() == null
              : parent.equals(message.thread()) || parent.equals(message.ts());
      if (here && at >= oldest && at <= latest) {
        listed.add(message);
      }
    }
    if (parent == null) {
      Collections.reverse(listed);
    }
    ObjectNode answer = ok();
    ArrayNode list = answer.putArray("messages");
    for (ChatMessage message : listed) {
      ObjectNode json = list.addObject().put("type", "message").put("ts", message.ts());
      json.put("text", message.text());
      if (message.thread() != null) {
        json.put("thread_ts", message.thread());
      }
      if (message.metadata().has("event_type")) {
        json.set("metadata", message.metadata());
      }
    }
    answer.put("has_more", false).putObject("response_metadata").put("next_cursor", "");
    return answer;
  }

  private static ObjectNode ok() {
    return JSON.createObjectNode().put("ok", true);
  }

  private static ObjectNode error(String word) {
    return JSON.createObjectNode().put("ok", false).put("error", word);
  }

  private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
