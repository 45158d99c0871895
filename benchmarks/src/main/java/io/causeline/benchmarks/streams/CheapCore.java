package io.causeline.benchmarks.streams;

import io.causeline.correlator.core.Outcome;
import io.causeline.correlator.core.StateRecord;
import io.causeline.correlator.streams.Correlation;
import io.causeline.model.Command;
import io.causeline.model.EntityRef;
import io.causeline.model.Heartbeat;
import io.causeline.model.Incident;
import io.causeline.model.IncidentId;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands where the core stands and costs next to nothing, so that what is measured is all the rest:
 * a state record of sixty bytes for each signal, an incident of some four kilobytes for each
 * workload, changed by each Event that is new.
 */
final class CheapCore implements Correlation {

  private static final int STATE_BYTES = 60;
  private static final int ENTRIES = 8;

  private final String cluster;
  private final Map<String, Incident> incidents = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final List<StateRecord> writes = new ArrayList<>();
  private Instant clock = Instant.EPOCH;

  private CheapCore(String cluster) {
    this.cluster = cluster;
  }

  static Correlation.Factory factory() {
    return (cluster, records, incidents) -> new CheapCore(cluster);
  }

  @Override
  public Outcome apply(Signal signal) {
    clock = signal.observedAt().isAfter(clock) ? signal.observedAt() : clock;
    if (signal instanceof Heartbeat || !(signal instanceof KubernetesEvent event)) {
      return Outcome.ACCEPTED;
    }
    writes.add(
        new StateRecord(
            "event/" + event.uid(),
            ByteBuffer.allocate(STATE_BYTES).put((byte) 1).putInt(event.count()).array()));
    String workload = workload(event.entity().name());
    boolean fresh = event.count() == 1 || !incidents.containsKey(workload);
    if (fresh) {
      incidents.put(workload, told(workload, event, incidents.get(workload)));
      changed.add(workload);
    }
    return fresh ? Outcome.ACCEPTED : Outcome.DUPLICATE;
  }

  /** A pod's name without what its ReplicaSet added. */
  private static String workload(String pod) {
    int end = pod.indexOf('-');
    return end < 0 ? pod : pod.substring(0, end);
  }

  private Incident told(String workload, KubernetesEvent event, @Nullable Incident before) {
    return before == null
        ? opened(workload, event)
        : new Incident(
            before.id(),
            cluster,
            before.state(),
            before.severity(),
            before.title(),
            before.firstSignalAt(),
            event.at(),
            before.openedAt(),
            event.observedAt(),
            null,
            0,
            null,
            before.revision() + 1,
            before.hypotheses(),
            before.impact(),
            before.timeline(),
            Incident.Feed.COMPLETE);
  }

  private Incident opened(String workload, KubernetesEvent event) {
    List<Incident.TimelineEntry> timeline = new ArrayList<>();
    List<Incident.Affected> affected = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      String id = IncidentId.of(cluster, workload + i);
      EntityRef pod = EntityRef.of("Pod", "shop", event.entity().name() + i);
      ids.add(id);
      affected.add(new Incident.Affected("Pod", "shop", pod.name(), "affected"));
      timeline.add(
          new Incident.TimelineEntry(
              id,
              event.at(),
              event.at(),
              i,
              Incident.Source.KUBERNETES_EVENT,
              pod,
              event.reason(),
              event.message(),
              Incident.Role.SYMPTOM,
              null,
              null,
              null,
              null,
              null));
    }
    String text = "See what the container said before it ended, and what it was asked to run";
    return new Incident(
        IncidentId.of(cluster, workload),
        cluster,
        Incident.State.OPEN,
        Incident.Severity.WARNING,
        "Pods of " + workload + " do not become ready",
        event.at(),
        event.at(),
        clock,
        clock,
        null,
        0,
        null,
        1,
        List.of(
            new Incident.Hypothesis(
                1,
                "workload-crash",
                "The program in the container ends again and again",
                EntityRef.of("Deployment", "shop", workload),
                0.8,
                ids,
                List.of(),
                List.of(text),
                List.of(
                    new Incident.Check(text, "kubectl -n shop logs deploy/" + workload),
                    new Incident.Check(text, "kubectl -n shop describe deploy/" + workload)),
                List.of(new Incident.Fix(text, "kubectl -n shop rollout undo", text)),
                List.of("https://kubernetes.io/docs/tasks/debug/debug-application/"))),
        new Incident.Impact(affected, 0, ENTRIES, 0),
        timeline,
        Incident.Feed.COMPLETE);
  }

  @Override
  public Outcome apply(TopologyRecord record) {
    return Outcome.ACCEPTED;
  }

  @Override
  public Outcome apply(Command command) {
    return Outcome.REJECTED;
  }

  @Override
  public List<Incident> publish() {
    List<Incident> out = new ArrayList<>(changed.size());
    changed.forEach(workload -> out.add(incident(workload)));
    changed.clear();
    return out;
  }

  @Override
  public List<Incident> publishUrgent() {
    return publish();
  }

  private Incident incident(String workload) {
    Incident incident = incidents.get(workload);
    if (incident == null) {
      throw new IllegalStateException("no incident of " + workload);
    }
    return incident;
  }

  @Override
  public List<Incident> incidents() {
    return List.copyOf(incidents.values());
  }

  @Override
  public List<StateRecord> takeWrites() {
    List<StateRecord> out = List.copyOf(writes);
    writes.clear();
    return out;
  }

  @Override
  public Instant clock() {
    return clock;
  }

  @Override
  public Incident.Feed feed() {
    return Incident.Feed.COMPLETE;
  }
}
