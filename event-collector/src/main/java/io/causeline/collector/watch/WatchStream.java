package io.causeline.collector.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Json;
import io.causeline.model.Text;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open watch. One thread reads; any thread may close it, which ends a read that is under way.
 */
public final class WatchStream implements AutoCloseable {

  private final String what;
  private final InputStream in;
  private final LineReader lines;

  WatchStream(String what, InputStream in) {
    this.what = what;
    this.in = in;
    // A reader, since it replaces malformed UTF-8 where a parser of bytes would give up.
    this.lines =
        new LineReader(new InputStreamReader(in, StandardCharsets.UTF_8), LineReader.MAX_CHARS);
  }

  /**
   * Blocks for the next event.
   *
   * @return empty when the server has ended the watch in good order
   * @throws IOException when the connection broke, or the stream was closed
   */
  public Optional<WatchEvent> next() throws IOException {
    while (true) {
      LineReader.@Nullable Line line = lines.read();
      if (line == null) {
        return Optional.empty();
      }
      if (line.tooLong()) {
        return Optional.of(new WatchEvent.Unreadable("too-long"));
      }
      if (line.text().isBlank()) {
        continue;
      }
      try {
        return Optional.of(event(Json.mapper().readTree(line.text())));
      } catch (JsonProcessingException e) {
        if (!line.ended()) {
          throw new EOFException("the stream ended within an event");
        }
        return Optional.of(new WatchEvent.Unreadable("not-json"));
      }
    }
  }

  /** Ends the watch; the thread that reads gets an IOException. */
  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a channel of memory does not fail", e);
    }
  }

  private WatchEvent event(JsonNode line) {
    JsonNode object = line.path("object");
    String version = Text.label(object.path("metadata").path("resourceVersion").asText(""));
    return switch (line.path("type").asText("")) {
      case "ADDED" -> new WatchEvent.Changed(WatchEvent.Type.ADDED, object, version);
      case "MODIFIED" -> new WatchEvent.Changed(WatchEvent.Type.MODIFIED, object, version);
      case "DELETED" -> new WatchEvent.Changed(WatchEvent.Type.DELETED, object, version);
      case "BOOKMARK" -> new WatchEvent.Bookmark(version);
      case "ERROR" -> new WatchEvent.Failed(ApiException.inStream(what, object));
      default -> new WatchEvent.Unreadable("unknown-type");
    };
  }
}
