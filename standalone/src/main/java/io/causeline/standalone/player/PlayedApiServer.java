package io.causeline.standalone.player;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.causeline.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a Kubernetes API server that a collector uses, over HTTP on an ephemeral loopback
 * port: discovery, lists in pages, watches with bookmarks from a resourceVersion, and leases.
 */
public final class PlayedApiServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PlayedApiServer.class);

  private static final List<String> KIND_FIELDS = List.of("kind", "apiVersion");

  private final PlayedCluster cluster;
  private final PlayedLeases leases = new PlayedLeases();
  private final HttpServer server;
  private final ExecutorService threads;

  private PlayedApiServer(PlayedCluster cluster, HttpServer server) {
    this.cluster = cluster;
    this.server = server;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "played-api-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Serves a cluster, as far as it has been told. */
  public static PlayedApiServer start(PlayedCluster cluster) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      PlayedApiServer api = new PlayedApiServer(cluster, server);
      server.createContext("/", api::handle);
      server.setExecutor(api.threads);
      server.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException("the played API server cannot listen on loopback", e);
    }
  }

  /** Where it is: plain HTTP on loopback. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange);
      } catch (ApiStatus e) {
        send(exchange, e.code(), e.body());
      }
    } catch (InterruptedException e) {
      // Closing: the client sees the connection end, as when a real server restarts.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("the played API server failed on {}", exchange.getRequestURI(), e);
      throw e;
    }
  }

  private void answer(HttpExchange exchange) throws ApiStatus, IOException, InterruptedException {
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      // A watch over a WebSocket was asked for. A plain 200, as from a proxy that does not know
      // them, sends clients on to a watch over HTTP.
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    URI uri = exchange.getRequestURI();
    Optional<ApiRequest> request = ApiRequest.of(uri);
    if (request.isEmpty()) {
      send(exchange, 200, ApiDiscovery.root(uri.getPath()));
      return;
    }
    if (request.get().isFor(ApiResource.LEASES)) {
      lease(exchange, request.get());
      return;
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      throw ApiStatus.methodNotAllowed("a recording can only be read");
    }
    if (request.get().plural().isEmpty()) {
      send(exchange, 200, ApiDiscovery.resources(request.get().group(), request.get().version()));
      return;
    }
    read(exchange, request.get());
  }

  private void read(HttpExchange exchange, ApiRequest request)
      throws ApiStatus, IOException, InterruptedException {
    ApiResource resource =
        ApiResource.ALL.stream()
            .filter(request::isFor)
            .findAny()
            .orElseThrow(
                () -> ApiStatus.notFound("the server could not find the requested resource"));
    for (String selector : new String[] {"labelSelector", "fieldSelector"}) {
      if (request.parameter(selector).isPresent()) {
        throw ApiStatus.badRequest("a played recording has no " + selector);
      }
    }
    PlayedResource played = cluster.of(resource);
    if (request.name().isPresent()) {
      String name = request.name().get();
      send(
          exchange,
          200,
          played
              .get(request.namespace(), name)
              .orElseThrow(
                  () -> ApiStatus.notFound(resource.plural() + " \"" + name + "\" not found")));
    } else if (request.flag("watch")) {
      new WatchResponse(resource, played, request).stream(exchange);
    } else {
      send(exchange, 200, list(resource, played, request));
    }
  }

  private static ObjectNode list(ApiResource resource, PlayedResource played, ApiRequest request)
      throws ApiStatus {
    PlayedResource.Page page =
        played.list(
            request.namespace(), request.count("limit").orElse(0), request.parameter("continue"));
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("kind", resource.kind() + "List").put("apiVersion", resource.apiVersion());
    ObjectNode metadata = list.putObject("metadata");
    metadata.put("resourceVersion", String.valueOf(page.version()));
    page.next()
        .ifPresent(
            token -> metadata.put("continue", token).put("remainingItemCount", page.remaining()));
    ArrayNode items = list.putArray("items");
    // Items of a list do not say their kind: the list has said it.
    page.items().forEach(item -> items.add(item.deepCopy().without(KIND_FIELDS)));
    return list;
  }

  private void lease(HttpExchange exchange, ApiRequest request) throws ApiStatus, IOException {
    String namespace = request.namespace().orElse("default");
    String name = request.name().orElse("");
    switch (exchange.getRequestMethod()) {
      case "GET" -> send(exchange, 200, leases.get(namespace, name));
      case "POST" -> send(exchange, 201, leases.create(namespace, body(exchange)));
      case "PUT" -> send(exchange, 200, leases.replace(namespace, name, body(exchange)));
      case "PATCH" -> send(exchange, 200, leases.merge(namespace, name, mergePatch(exchange)));
      default -> throw ApiStatus.methodNotAllowed("not of a lease");
    }
  }

  private static ObjectNode mergePatch(HttpExchange exchange) throws ApiStatus, IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith("application/merge-patch+json")) {
      throw ApiStatus.badRequest("leases are patched by JSON merge patches only");
    }
    return body(exchange);
  }

  private static ObjectNode body(HttpExchange exchange) throws ApiStatus, IOException {
    JsonNode body = Json.mapper().readTree(exchange.getRequestBody());
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw ApiStatus.badRequest("the body is not a JSON object");
  }

  private static void send(HttpExchange exchange, int code, JsonNode body) throws IOException {
    byte[] bytes = Json.bytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Ends every watch, as a server that goes away. */
  @Override
  public void close() {
    cluster.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
