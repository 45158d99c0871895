package io.causeline.collector.watch;

import io.causeline.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each resource's watcher is doing right now, for health checks and heartbeats. */
public final class WatchBoard {

  /** What a watcher is doing. */
  public enum State {
    STARTING,
    LISTING,
    WATCHING,
    RECONNECTING,
    PAUSED,
    FAILING
  }

  private record Entry(State state, String detail) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Makes a resource known, which counts as not watched until it is. */
  public synchronized void add(String resource) {
    entries.put(resource, new Entry(State.STARTING, ""));
  }

  /** Sets what a watcher is doing. */
  public void set(String resource, State state) {
    set(resource, state, "");
  }

  /** Sets what a watcher is doing, and what for. */
  public synchronized void set(String resource, State state, String detail) {
    entries.put(resource, new Entry(state, Text.label(detail)));
  }

  /** Whether everything is being watched at this moment. */
  public synchronized boolean allWatching() {
    return !entries.isEmpty()
        && entries.values().stream().allMatch(entry -> entry.state() == State.WATCHING);
  }

  /** Whether this resource is being watched at this moment. */
  public synchronized boolean watching(String resource) {
    Entry entry = entries.get(resource);
    return entry != null && entry.state() == State.WATCHING;
  }

  /** One sentence: what is watched, or what is not and why. */
  public synchronized String describe() {
    List<String> others = new ArrayList<>();
    entries.forEach(
        (resource, entry) -> {
          if (entry.state() != State.WATCHING) {
            String detail = entry.detail().isEmpty() ? "" : " (" + entry.detail() + ")";
            others.add(
                resource + " " + entry.state().name().toLowerCase(java.util.Locale.ROOT) + detail);
          }
        });
    return others.isEmpty()
        ? "watching " + String.join(", ", entries.keySet())
        : "not watching: " + String.join("; ", others);
  }
}
