package io.causeline.collector.watch;

import io.causeline.model.Heartbeat.Gap;
import io.causeline.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each resource's watcher is doing right now, for health checks and heartbeats. */
public final class WatchBoard {

  /** What a watcher is doing. */
  public enum State {
    STARTING,
    LISTING,
    WATCHING,
    RECONNECTING,
    PAUSED,
    FAILING,
    /** The API server does not serve it, and the feed is whole without it. */
    NOT_SERVED,
    /** The API server does not allow it: the feed goes on without it, and tells so. */
    FORBIDDEN
  }

  private record Entry(State state, String detail, @Nullable Instant since) {
    boolean settled() {
      return state == State.WATCHING || state == State.NOT_SERVED || state == State.FORBIDDEN;
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Makes a resource known, which counts as not watched until it is. */
  public synchronized void add(String resource) {
    entries.put(resource, new Entry(State.STARTING, "", null));
  }

  /** Sets what a watcher is doing. */
  public void set(String resource, State state) {
    set(resource, state, "");
  }

  /** Sets what a watcher is doing, and what for. */
  public synchronized void set(String resource, State state, String detail) {
    entries.put(resource, new Entry(state, Text.label(detail), null));
  }

  /**
   * Sets that a resource is done without.
   *
   * @param state {@link State#NOT_SERVED} or {@link State#FORBIDDEN}
   * @param now when that was found; the first time counts
   */
  public synchronized void without(String resource, State state, String detail, Instant now) {
    Entry before = entries.get(resource);
    Instant since = before != null && before.state() == state ? before.since() : null;
    entries.put(resource, new Entry(state, Text.label(detail), since == null ? now : since));
  }

  /** Whether a resource is done without. */
  public synchronized boolean isWithout(String resource) {
    Entry entry = entries.get(resource);
    return entry != null && entry.settled() && entry.state() != State.WATCHING;
  }

  /** What is missing for as long as it is not allowed, to be told with the heartbeats. */
  public synchronized List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    entries.forEach(
        (resource, entry) -> {
          Instant since = entry.since();
          if (entry.state() == State.FORBIDDEN && since != null) {
            gaps.add(new Gap(since, null, resource + " cannot be read: " + entry.detail()));
          }
        });
    return gaps;
  }

  /** Whether all that is to be had is being watched at this moment. */
  public synchronized boolean allWatching() {
    return !entries.isEmpty() && entries.values().stream().allMatch(Entry::settled);
  }

  /** Whether this resource is being watched at this moment. */
  public synchronized boolean watching(String resource) {
    Entry entry = entries.get(resource);
    return entry != null && entry.state() == State.WATCHING;
  }

  /** One sentence: what is watched, or what is not and why. */
  public synchronized String describe() {
    List<String> watched = new ArrayList<>();
    List<String> others = new ArrayList<>();
    entries.forEach(
        (resource, entry) -> {
          if (entry.state() == State.WATCHING) {
            watched.add(resource);
          } else {
            String detail = entry.detail().isEmpty() ? "" : " (" + entry.detail() + ")";
            others.add(
                resource
                    + " "
                    + entry.state().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                    + detail);
          }
        });
    String missing = "not watching: " + String.join("; ", others);
    if (!entries.values().stream().allMatch(Entry::settled)) {
      return missing;
    }
    return "watching " + String.join(", ", watched) + (others.isEmpty() ? "" : "; " + missing);
  }
}
