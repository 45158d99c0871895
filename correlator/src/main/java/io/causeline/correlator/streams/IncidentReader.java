package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import io.causeline.model.Incident.Feed;
import io.causeline.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the incidents of one partition from its stores. What is known of the feeds is joined here:
 * it is one record per cluster, not a part of each incident.
 */
public final class IncidentReader {

  /** Key of the core's record that holds a version byte and the JSON of a {@link Feed}. */
  static final String FEED_KEY = "feed";

  /** Begins the key of the core's record of an incident that it remembers. */
  static final String INCIDENT_KEY = "incident/";

  private final ReadOnlyKeyValueStore<String, byte[]> incidents;
  private final ReadOnlyKeyValueStore<String, byte[]> byTime;
  private final ReadOnlyKeyValueStore<String, byte[]> publications;
  private final ReadOnlyKeyValueStore<String, byte[]> state;
  private final ClusterTroubles troubles;

  /** With the stores of one partition. */
  public IncidentReader(
      ReadOnlyKeyValueStore<String, byte[]> incidents,
      ReadOnlyKeyValueStore<String, byte[]> byTime,
      ReadOnlyKeyValueStore<String, byte[]> publications,
      ReadOnlyKeyValueStore<String, byte[]> state,
      ClusterTroubles troubles) {
    this.incidents = incidents;
    this.byTime = byTime;
    this.publications = publications;
    this.state = state;
    this.troubles = troubles;
  }

  /**
   * Some incidents of a list.
   *
   * @param incidents newest first, without timelines
   * @param more whether others follow
   */
  public record Page(List<Incident> incidents, boolean more) {

    public Page {
      incidents = List.copyOf(incidents);
    }
  }

  /** Reading took longer than it may. */
  public static final class TooSlowException extends RuntimeException {

    TooSlowException() {
      super("reading took too long");
    }
  }

  /**
   * An incident.
   *
   * @param remembered whether the core still knows it, so that people can act on it
   */
  public record Found(Incident incident, boolean remembered) {}

  /** The incident of this id. */
  public Optional<Found> find(String id) {
    String prefix = id + "/";
    try (KeyValueIterator<String, byte[]> keys =
        publications.prefixScan(prefix, new StringSerializer())) {
      if (!keys.hasNext()) {
        return Optional.empty();
      }
      IncidentKey key = IncidentKey.parseById(keys.next().key);
      return Optional.ofNullable(incidents.get(key.byCluster()))
          .map(stored -> StoredValue.read(stored, Incident.class))
          .map(incident -> incident.withFeed(feed(incident.cluster())))
          .map(incident -> new Found(incident, isRemembered(key)));
    }
  }

  /**
   * The newest incidents that the filter takes.
   *
   * @param after begins behind this place; null begins with the newest
   * @param limit at most so many
   * @param late tells when the caller cannot wait any longer
   * @throws TooSlowException then
   */
  public Page list(IncidentFilter filter, @Nullable Place after, int limit, BooleanSupplier late) {
    List<Incident> found = new ArrayList<>();
    Map<String, Feed> feeds = new HashMap<>();
    PriorityQueue<Cursor> cursors = new PriorityQueue<>();
    Place last = null;
    try {
      for (Incident.State wanted : filter.states()) {
        Cursor cursor = new Cursor(scan(wanted, filter, after));
        // Kept even when empty, so that it is closed.
        cursors.add(cursor);
      }
      while (true) {
        Cursor next = cursors.remove();
        IndexKey key = next.key;
        if (key == null) {
          cursors.add(next);
          return new Page(found, false);
        }
        if (late.getAsBoolean()) {
          cursors.add(next);
          throw new TooSlowException();
        }
        IndexEntry entry = IndexEntry.read(next.value);
        next.advance();
        cursors.add(next);
        // One whose state changes while it is listed may stand in the index twice.
        boolean again = key.place().equals(last);
        last = key.place();
        Optional<Incident> incident =
            again || !filter.mayTake(key, entry) ? Optional.empty() : incident(key);
        if (incident.filter(filter::takes).isPresent()) {
          if (found.size() == limit) {
            return new Page(found, true);
          }
          Incident head = incident.get().withoutTimeline();
          found.add(head.withFeed(feeds.computeIfAbsent(head.cluster(), this::feed)));
        }
      }
    } finally {
      cursors.forEach(Cursor::close);
    }
  }

  /** Empty when it was removed after the index was read. */
  private Optional<Incident> incident(IndexKey key) {
    IncidentKey incident = new IncidentKey(key.cluster(), key.place().id());
    return Optional.ofNullable(incidents.get(incident.byCluster()))
        .map(stored -> StoredValue.read(stored, Incident.class));
  }

  private KeyValueIterator<String, byte[]> scan(
      Incident.State wanted, IncidentFilter filter, @Nullable Place after) {
    Instant since = filter.since();
    String from =
        since == null ? IndexKey.first(wanted) : IndexKey.before(wanted, roundedUp(since));
    String to = IndexKey.last(wanted);
    Instant until = filter.until();
    if (until != null) {
      to = earlier(to, IndexKey.before(wanted, roundedUp(until)));
    }
    if (after != null) {
      to = earlier(to, IndexKey.before(wanted, after));
    }
    // No key equals a bound, so a range of one bound is empty.
    return byTime.reverseRange(earlier(from, to), to);
  }

  /** Places have milliseconds: what opened within one of them is not before its end. */
  private static Instant roundedUp(Instant time) {
    Instant millis = Instant.ofEpochMilli(time.toEpochMilli());
    return millis.isBefore(time) ? millis.plusMillis(1) : millis;
  }

  private static String earlier(String a, String b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private boolean isRemembered(IncidentKey key) {
    return state.get(key.cluster() + "/" + INCIDENT_KEY + key.id()) != null;
  }

  /** What is known of a cluster's feeds now. */
  private Feed feed(String cluster) {
    byte[] stored = state.get(cluster + "/" + FEED_KEY);
    Feed feed =
        stored == null
            ? Feed.COMPLETE
            : Json.read(Arrays.copyOfRange(stored, 1, stored.length), Feed.class);
    Optional<String> trouble = troubles.of(cluster);
    if (trouble.isEmpty()) {
      return feed;
    }
    List<String> gaps = new ArrayList<>(feed.gaps());
    gaps.add(trouble.get());
    return new Feed(false, gaps);
  }

  /** One state's part of the index; sorts by the place it is at, at its end last. */
  private static final class Cursor implements Comparable<Cursor>, AutoCloseable {

    private static final Comparator<Cursor> ORDER =
        Comparator.comparing(
            c -> c.key == null ? null : c.key.place(),
            Comparator.nullsLast(Comparator.naturalOrder()));

    private final KeyValueIterator<String, byte[]> keys;
    private @Nullable IndexKey key;
    private byte[] value = {};

    Cursor(KeyValueIterator<String, byte[]> keys) {
      this.keys = keys;
      advance();
    }

    void advance() {
      if (!keys.hasNext()) {
        key = null;
        return;
      }
      var next = keys.next();
      key = IndexKey.parse(next.key);
      value = next.value;
    }

    @Override
    public int compareTo(Cursor other) {
      return ORDER.compare(this, other);
    }

    @Override
    public void close() {
      keys.close();
    }
  }
}
