package io.causeline.standalone.player;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.standalone.recording.Recorded.Watch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One resource as the played API server holds it: what its list held at the start, and every change
 * since, so that any list or watch can be answered as of any resourceVersion. Versions count per
 * resource here, since in a recording their order across resources is that of arrival.
 */
final class PlayedResource {

  /** A change, with the resourceVersion that it led to. */
  record Change(long version, Watch.Type type, ObjectNode object) {}

  /**
   * A page of a list.
   *
   * @param version of the whole list
   * @param next token of the next page
   * @param remaining how many items come after this page
   */
  record Page(List<ObjectNode> items, long version, Optional<String> next, int remaining) {}

  /** Where a watch begins: the objects to tell of first, then the changes from a position on. */
  record Start(List<ObjectNode> existing, int position) {}

  private final ApiResource resource;
  private final NavigableMap<String, ObjectNode> atStart = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private long versionAtStart = 1;
  private int openWatches;
  private boolean closed;

  PlayedResource(ApiResource resource) {
    this.resource = resource;
  }

  /** Adds what the list holds at the start; before anything else is called. */
  synchronized void hold(ObjectNode object) {
    versionAtStart = Math.max(versionAtStart, versionOf(object));
    atStart.put(key(object), object);
  }

  /** Appends a change, and wakes the watches. */
  synchronized void apply(Watch watch) {
    long version = versionOf(watch.object());
    if (version == 0) {
      // Not a recorder's work; a watch has to go on from somewhere all the same.
      version = version() + 1;
    }
    changes.add(new Change(version, watch.type(), watch.object()));
    notifyAll();
  }

  /**
   * A page of the list.
   *
   * @param limit 0 for none
   */
  synchronized Page list(Optional<String> namespace, int limit, Optional<String> token)
      throws ApiStatus {
    Token from = token.isPresent() ? Token.parse(token.get()) : new Token(changes.size(), "");
    if (from.position() > changes.size()) {
      throw ApiStatus.expired("the continue token is of another server");
    }
    List<ObjectNode> rest = new ArrayList<>();
    stateAt(from.position())
        .tailMap(from.after(), false)
        .forEach(
            (key, object) -> {
              if (isIn(namespace, object)) {
                rest.add(object);
              }
            });
    boolean whole = limit <= 0 || rest.size() <= limit;
    List<ObjectNode> items = whole ? rest : rest.subList(0, limit);
    Optional<String> next =
        whole
            ? Optional.empty()
            : Optional.of(new Token(from.position(), key(items.get(limit - 1))).format());
    return new Page(
        List.copyOf(items), versionAt(from.position()), next, rest.size() - items.size());
  }

  /** The object as it is now. */
  synchronized Optional<ObjectNode> get(Optional<String> namespace, String name) {
    return Optional.ofNullable(
        stateAt(changes.size()).get(namespace.map(n -> n + "/" + name).orElse(name)));
  }

  /**
   * Where a watch from a resourceVersion begins; without one, or with 0, at the present, told from
   * the start.
   *
   * @throws ApiStatus 410 if the version is older than what is known
   */
  synchronized Start startOfWatch(Optional<String> namespace, Optional<String> version)
      throws ApiStatus {
    if (version.isEmpty() || version.get().equals("0")) {
      List<ObjectNode> existing = new ArrayList<>();
      stateAt(changes.size()).values().stream()
          .filter(object -> isIn(namespace, object))
          .forEach(existing::add);
      return new Start(existing, changes.size());
    }
    return new Start(List.of(), positionAfter(version.get()));
  }

  /** Counts a watch as open until {@link #watchClosed}. */
  synchronized void watchOpened() {
    openWatches++;
    notifyAll();
  }

  synchronized void watchClosed() {
    openWatches--;
  }

  /** Waits until a watch is open, at most so long; whether one is. */
  synchronized boolean awaitWatch(long timeoutNanos) throws InterruptedException {
    long deadline = System.nanoTime() + timeoutNanos;
    while (openWatches == 0 && !closed && deadline - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
    return openWatches > 0;
  }

  /**
   * The changes after the first {@code position}, waiting for one at most so long. Empty when there
   * was none or this is closed.
   */
  synchronized List<Change> changesFrom(int position, long timeoutNanos)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeoutNanos;
    while (position >= changes.size() && !closed && deadline - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
    return position < changes.size()
        ? List.copyOf(changes.subList(position, changes.size()))
        : List.of();
  }

  /** Ends every wait. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean closed() {
    return closed;
  }

  boolean isIn(Optional<String> namespace, ObjectNode object) {
    return namespace.isEmpty() || namespace.get().equals(namespaceOf(object));
  }

  /** The version of the newest change. */
  synchronized long version() {
    return versionAt(changes.size());
  }

  /** The version after the first {@code position} changes. */
  synchronized long versionAt(int position) {
    return position == 0 ? versionAtStart : changes.get(position - 1).version();
  }

  private int positionAfter(String text) throws ApiStatus {
    long version;
    try {
      version = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiStatus.badRequest("resourceVersion=" + text + " is not a number");
    }
    if (version < versionAtStart) {
      throw ApiStatus.expired("too old resource version: " + version + " (" + versionAtStart + ")");
    }
    int position = changes.size();
    while (position > 0 && changes.get(position - 1).version() > version) {
      position--;
    }
    return position;
  }

  private NavigableMap<String, ObjectNode> stateAt(int position) {
    NavigableMap<String, ObjectNode> state = new TreeMap<>(atStart);
    for (Change change : changes.subList(0, position)) {
      if (change.type() == Watch.Type.DELETED) {
        state.remove(key(change.object()));
      } else {
        state.put(key(change.object()), change.object());
      }
    }
    return state;
  }

  private String key(ObjectNode object) {
    String name = object.path("metadata").path("name").asText();
    return resource.namespaced() ? namespaceOf(object) + "/" + name : name;
  }

  private static String namespaceOf(ObjectNode object) {
    return object.path("metadata").path("namespace").asText();
  }

  private static long versionOf(ObjectNode object) {
    JsonNode version = object.path("metadata").path("resourceVersion");
    return version.asLong(0);
  }

  /** A continue token: the list goes on as of the same position, after this key. */
  private record Token(int position, String after) {

    String format() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((position + " " + after).getBytes(StandardCharsets.UTF_8));
    }

    static Token parse(String text) throws ApiStatus {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        int blank = plain.indexOf(' ');
        return new Token(Integer.parseInt(plain.substring(0, blank)), plain.substring(blank + 1));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw ApiStatus.badRequest("continue key is not valid");
      }
    }
  }
}
