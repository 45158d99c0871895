package io.causeline.standalone.player;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.causeline.model.Json;
import io.causeline.standalone.player.PlayedResource.Change;
import io.causeline.standalone.player.PlayedResource.Start;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/**
 * The answer to a watch: one JSON object a line for each change, and bookmarks where they are
 * wanted, until the client goes, its timeout ends or the server closes.
 */
final class WatchResponse {

  private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(5);

  /** What a real server's default comes to, at the most. */
  private static final int DEFAULT_TIMEOUT_SECONDS = 3600;

  private final ApiResource resource;
  private final PlayedResource played;
  private final ApiRequest request;

  WatchResponse(ApiResource resource, PlayedResource played, ApiRequest request) {
    this.resource = resource;
    this.played = played;
    this.request = request;
  }

  void stream(HttpExchange exchange) throws ApiStatus, IOException, InterruptedException {
    int timeout = request.count("timeoutSeconds").orElse(DEFAULT_TIMEOUT_SECONDS);
    Start start = played.startOfWatch(request.namespace(), request.parameter("resourceVersion"));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (ObjectNode object : start.existing()) {
      write(out, "ADDED", object);
    }
    // The headers leave with the first flush: the client learns that its watch is open.
    out.flush();
    played.watchOpened();
    try {
      follow(out, start.position(), System.nanoTime() + Duration.ofSeconds(timeout).toNanos());
    } finally {
      played.watchClosed();
    }
  }

  private void follow(OutputStream out, int from, long deadline)
      throws IOException, InterruptedException {
    int position = from;
    while (!played.closed() && deadline - System.nanoTime() > 0) {
      long patience = Math.min(BOOKMARK_EVERY.toNanos(), deadline - System.nanoTime());
      List<Change> changes = played.changesFrom(position, patience);
      for (Change change : changes) {
        if (played.isIn(request.namespace(), change.object())) {
          write(out, change.type().name(), change.object());
        }
      }
      position += changes.size();
      if (changes.isEmpty() && request.flag("allowWatchBookmarks")) {
        write(out, "BOOKMARK", bookmark(position));
      }
      out.flush();
    }
  }

  private ObjectNode bookmark(int position) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
    object
        .putObject("metadata")
        .put("resourceVersion", String.valueOf(played.versionAt(position)))
        .putNull("creationTimestamp");
    return object;
  }

  private static void write(OutputStream out, String type, ObjectNode object) throws IOException {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", type);
    event.set("object", object);
    out.write(Json.bytes(event));
    out.write('\n');
  }
}
