package io.causeline.correlator.streams;

import io.causeline.model.Hashes;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The incidents of one partition as they are stored: the latest snapshot of each, the index by
 * time, and what has not left for the topic yet.
 */
final class StoredIncidents {

  private final KeyValueStore<String, byte[]> incidents;
  private final KeyValueStore<String, byte[]> byTime;
  private final KeyValueStore<String, byte[]> publications;

  /** In the order in which they became due. */
  private final Map<IncidentKey, Publication> due = new LinkedHashMap<>();

  private final Map<Severity, Integer> active = new EnumMap<>(Severity.class);

  /** Reads what is due, and how many are active, from the stores. */
  StoredIncidents(
      KeyValueStore<String, byte[]> incidents,
      KeyValueStore<String, byte[]> byTime,
      KeyValueStore<String, byte[]> publications) {
    this.incidents = incidents;
    this.byTime = byTime;
    this.publications = publications;
    try (KeyValueIterator<String, byte[]> all = publications.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        Publication publication = StoredValue.read(entry.value, Publication.class);
        count(publication, 1);
        if (publication.due()) {
          due.put(IncidentKey.parseById(entry.key), publication);
        }
      }
    }
  }

  /**
   * Stores an incident's latest state, and makes it due.
   *
   * @param content {@link #content} of the incident before anything was cut
   * @return false if nothing but its revision, update time or feed differs from what is stored, as
   *     when a restored core tells again what it had told
   */
  boolean keep(Snapshot snapshot, String content) {
    Incident incident = snapshot.incident();
    IncidentKey key = IncidentKey.of(incident);
    Publication before = publication(key).orElse(null);
    if (before != null && before.content().equals(content)) {
      return false;
    }
    Publication now = Publication.due(incident, content, before == null ? null : before.sentAt());
    IndexKey index = IndexKey.of(incident);
    if (before != null) {
      count(before, -1);
      IndexKey old = before.indexKey(key.cluster(), key.id());
      if (!old.equals(index)) {
        byTime.delete(old.text());
      }
    }
    count(now, 1);
    incidents.put(key.byCluster(), StoredValue.of(snapshot.json()));
    byTime.put(index.text(), StoredValue.of(IndexEntry.of(incident)));
    put(key, now);
    due.put(key, now);
    return true;
  }

  /** What has not left yet, in the order in which it became due; a copy. */
  Map<IncidentKey, Publication> due() {
    return new LinkedHashMap<>(due);
  }

  /** The stored snapshot, as JSON. */
  Optional<byte[]> json(IncidentKey key) {
    return Optional.ofNullable(incidents.get(key.byCluster())).map(StoredValue::json);
  }

  /** Notes that the latest snapshot has left. */
  void sent(IncidentKey key, Instant now) {
    Publication publication = due.remove(key);
    if (publication != null) {
      put(key, publication.sent(now));
    }
  }

  /** What is kept of an incident. */
  Optional<Publication> publication(IncidentKey key) {
    return Optional.ofNullable(publications.get(key.byId()))
        .map(value -> StoredValue.read(value, Publication.class));
  }

  /** Removes every trace of an incident. */
  void forget(IncidentKey key) {
    publication(key)
        .ifPresent(
            publication -> {
              count(publication, -1);
              byTime.delete(publication.indexKey(key.cluster(), key.id()).text());
            });
    incidents.delete(key.byCluster());
    publications.delete(key.byId());
    due.remove(key);
  }

  /** Keys of the index from the oldest on, of incidents in this state; close it. */
  KeyValueIterator<String, byte[]> oldest(Incident.State state) {
    return byTime.range(IndexKey.first(state), IndexKey.last(state));
  }

  /** How many are open or acknowledged, by severity. */
  Map<Severity, Integer> active() {
    return Map.copyOf(active);
  }

  /** What a person or a program would notice: all but revision, update time and feed. */
  static String content(Incident incident) {
    Incident bare =
        new Incident(
            incident.id(),
            incident.cluster(),
            incident.state(),
            incident.severity(),
            incident.title(),
            incident.firstSignalAt(),
            incident.lastSignalAt(),
            incident.openedAt(),
            Instant.EPOCH,
            incident.resolvedAt(),
            incident.reopened(),
            incident.mergedInto(),
            0,
            incident.hypotheses(),
            incident.impact(),
            incident.timeline(),
            Incident.Feed.COMPLETE);
    return Hashes.hex(new String(Json.bytes(bare), StandardCharsets.UTF_8)).substring(0, 32);
  }

  private void put(IncidentKey key, Publication publication) {
    publications.put(key.byId(), StoredValue.of(publication));
  }

  private void count(Publication publication, int change) {
    if (publication.state().active()) {
      active.merge(publication.severity(), change, Integer::sum);
    }
  }
}
