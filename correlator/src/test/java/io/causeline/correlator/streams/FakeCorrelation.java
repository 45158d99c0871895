package io.causeline.correlator.streams;

import io.causeline.correlator.core.ClusterCorrelator;
import io.causeline.correlator.core.Outcome;
import io.causeline.correlator.core.StateRecord;
import io.causeline.model.AlertSignal;
import io.causeline.model.Command;
import io.causeline.model.EntityRef;
import io.causeline.model.Heartbeat;
import io.causeline.model.Incident;
import io.causeline.model.IncidentId;
import io.causeline.model.Json;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A core that is easy to foresee: one incident for each entity, whose title is the last reason;
 * {@code Healed} resolves it, {@code Poison} makes the core fail, and so does {@code Unpublishable}
 * when it is published.
 */
final class FakeCorrelation implements Correlation {

  private static final byte VERSION = 1;

  private final String cluster;
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Set<String> seen = new LinkedHashSet<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final Map<String, StateRecord> writes = new LinkedHashMap<>();
  private Instant clock = Instant.EPOCH;
  private Incident.Feed feed = Incident.Feed.COMPLETE;

  /** It keeps whole incidents in its state, and so needs no snapshots. */
  FakeCorrelation(
      String cluster, List<StateRecord> records, ClusterCorrelator.Snapshots published) {
    this.cluster = cluster;
    for (StateRecord record : records) {
      byte[] json = Arrays.copyOfRange(record.value(), 1, record.value().length);
      if (record.key().startsWith("incident/")) {
        Incident incident = Json.read(json, Incident.class);
        incidents.put(incident.id(), incident);
        changed.add(incident.id());
      } else if (record.key().startsWith("seen/")) {
        seen.add(record.key().substring(5));
      } else if (record.key().equals("clock")) {
        clock = Json.read(json, Instant.class);
      }
    }
  }

  @Override
  public Outcome apply(Signal signal) {
    clock = signal.observedAt().isAfter(clock) ? signal.observedAt() : clock;
    write("clock", clock);
    if (signal instanceof Heartbeat heartbeat) {
      feed =
          heartbeat.gaps().isEmpty()
              ? Incident.Feed.COMPLETE
              : new Incident.Feed(false, List.of(heartbeat.gaps().get(0).reason()));
      write("feed", feed);
      return Outcome.ACCEPTED;
    }
    if (signal instanceof AlertSignal) {
      return Outcome.IGNORED;
    }
    KubernetesEvent event = (KubernetesEvent) signal;
    if (!seen.add(event.uid())) {
      return Outcome.DUPLICATE;
    }
    String id = IncidentId.of(cluster, event.entity().path());
    put(SampleIncidents.of(cluster, id, event, incidents.get(id)));
    write("seen/" + event.uid(), true);
    if (event.reason().equals("Poison")) {
      throw new IllegalStateException("the core failed on " + event.uid());
    }
    return Outcome.ACCEPTED;
  }

  @Override
  public Outcome apply(TopologyRecord record) {
    return Outcome.ACCEPTED;
  }

  @Override
  public Outcome apply(Command command) {
    Incident known = incidents.get(command.incidentId());
    if (known == null) {
      return Outcome.REJECTED;
    }
    put(SampleIncidents.with(known, Incident.State.ACKNOWLEDGED));
    return Outcome.ACCEPTED;
  }

  private void put(Incident incident) {
    incidents.put(incident.id(), incident);
    changed.add(incident.id());
    write("incident/" + incident.id(), incident);
  }

  private void write(String key, Object value) {
    byte[] json = Json.bytes(value);
    byte[] stored = new byte[json.length + 1];
    stored[0] = VERSION;
    System.arraycopy(json, 0, stored, 1, json.length);
    writes.put(key, new StateRecord(key, stored));
  }

  @Override
  public List<Incident> publish() {
    List<Incident> out = new ArrayList<>();
    for (String id : changed) {
      Incident incident = SampleIncidents.revised(incidents.get(id));
      if (incident.title().equals("Unpublishable")) {
        throw new IllegalStateException("cannot publish");
      }
      incidents.put(id, incident);
      write("incident/" + id, incident);
      out.add(incident);
    }
    changed.clear();
    return out;
  }

  @Override
  public List<Incident> publishUrgent() {
    return publish();
  }

  @Override
  public List<Incident> incidents() {
    return List.copyOf(incidents.values());
  }

  @Override
  public List<StateRecord> takeWrites() {
    List<StateRecord> out = List.copyOf(writes.values());
    writes.clear();
    return out;
  }

  @Override
  public Instant clock() {
    return clock;
  }

  @Override
  public Incident.Feed feed() {
    return feed;
  }

  static EntityRef pod(String name) {
    return EntityRef.of("Pod", "shop", name);
  }
}
