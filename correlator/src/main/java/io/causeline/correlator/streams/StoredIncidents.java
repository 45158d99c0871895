package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of one partition as they are stored: the latest snapshot of each, the index by
 * time, and what has not left for the topic yet.
 */
final class StoredIncidents {

  private final KeyValueStore<String, byte[]> incidents;
  private final KeyValueStore<String, byte[]> byTime;
  private final KeyValueStore<String, byte[]> publications;

  /** Of all that are active, so that what is written with each snapshot is not read for it too. */
  private final Map<IncidentKey, Publication> active = new HashMap<>();

  /** In the order in which they became due. */
  private final Map<IncidentKey, Publication> due = new LinkedHashMap<>();

  private final Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);

  /** Reads what is due, and what is active, from the stores. */
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
        IncidentKey key = IncidentKey.parseById(entry.key);
        Publication publication = Publication.read(entry.value);
        count(publication, 1);
        remember(key, publication);
        if (publication.due()) {
          due.put(key, publication);
        }
      }
    }
  }

  /** Stores an incident's latest state, and makes it due. */
  void keep(Snapshot snapshot) {
    IncidentKey key = IncidentKey.of(snapshot.incident());
    Publication before = publication(key).orElse(null);
    Publication now = Publication.due(snapshot.incident(), before == null ? null : before.sentAt());
    store(key, snapshot, before, now);
    due.put(key, now);
  }

  /** Stores an incident's latest state, which leaves right now. */
  void keepSent(Snapshot snapshot, Instant sentAt) {
    IncidentKey key = IncidentKey.of(snapshot.incident());
    Publication before = publication(key).orElse(null);
    store(key, snapshot, before, Publication.due(snapshot.incident(), null).sent(sentAt));
    due.remove(key);
  }

  private void store(
      IncidentKey key, Snapshot snapshot, @Nullable Publication before, Publication now) {
    String index = now.indexKey(key.cluster(), key.id()).text();
    if (before == null) {
      byTime.put(index, now.indexEntry().bytes());
    } else {
      count(before, -1);
      String old = before.indexKey(key.cluster(), key.id()).text();
      if (!old.equals(index)) {
        byTime.delete(old);
      }
      if (!old.equals(index) || !before.indexEntry().equals(now.indexEntry())) {
        byTime.put(index, now.indexEntry().bytes());
      }
    }
    count(now, 1);
    incidents.put(key.byCluster(), StoredValue.of(snapshot.json()));
    put(key, now);
  }

  /**
   * Whether nothing but its revision, update time or feed differs from what is stored, as when a
   * restored core tells again what it had told.
   */
  boolean isKnown(Snapshot snapshot) {
    byte[] stored = incidents.get(IncidentKey.of(snapshot.incident()).byCluster());
    if (stored == null) {
      return false;
    }
    byte[] json = StoredValue.json(stored);
    return Arrays.equals(json, snapshot.json())
        || Arrays.equals(content(json), content(snapshot.json()));
  }

  /** What has not left yet, in the order in which it became due; a copy. */
  Map<IncidentKey, Publication> due() {
    return new LinkedHashMap<>(due);
  }

  /** Whether any snapshot waits to leave. */
  boolean hasDue() {
    return !due.isEmpty();
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
    Publication known = active.get(key);
    return known != null
        ? Optional.of(known)
        : Optional.ofNullable(publications.get(key.byId())).map(Publication::read);
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
    active.remove(key);
    due.remove(key);
  }

  /** Keys of the index from the oldest on, of incidents in this state; close it. */
  KeyValueIterator<String, byte[]> oldest(Incident.State state) {
    return byTime.range(IndexKey.first(state), IndexKey.last(state));
  }

  /** How many are open or acknowledged, by severity. */
  Map<Severity, Integer> active() {
    return Map.copyOf(bySeverity);
  }

  /** What a person or a program would notice: all but revision, update time and feed. */
  static byte[] content(byte[] json) {
    Incident incident = Json.read(json, Incident.class);
    return Json.bytes(
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
            Incident.Feed.COMPLETE));
  }

  private void put(IncidentKey key, Publication publication) {
    publications.put(key.byId(), publication.bytes());
    remember(key, publication);
  }

  /** Those that have ended are kept for weeks and hardly change: they stay on disk alone. */
  private void remember(IncidentKey key, Publication publication) {
    if (publication.state().active()) {
      active.put(key, publication);
    } else {
      active.remove(key);
    }
  }

  private void count(Publication publication, int change) {
    if (publication.state().active()) {
      bySeverity.merge(publication.severity(), change, Integer::sum);
    }
  }
}
