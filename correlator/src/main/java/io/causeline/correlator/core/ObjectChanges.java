package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What changed between two snapshots of one object. Pure. */
final class ObjectChanges {

  private static final Set<String> ROLLING =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob");

  /** Waiting reasons of an ordinary start. */
  private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");

  private final @Nullable ObjectSnapshot before;
  private final ObjectSnapshot after;
  private final List<ObservedChange> changes = new ArrayList<>();

  private ObjectChanges(@Nullable ObjectSnapshot before, ObjectSnapshot after) {
    this.before = before;
    this.after = after;
  }

  /**
   * The changes from {@code before} to {@code after}.
   *
   * @param before null when the object is seen for the first time: then only what the object itself
   *     dates (the end of a container) is told
   */
  static List<ObservedChange> between(@Nullable ObjectSnapshot before, ObjectSnapshot after) {
    ObjectChanges diff = new ObjectChanges(before, after);
    switch (after.entity().kind()) {
      case "Node" -> diff.node();
      case "Pod" -> diff.pod();
      case "Service" -> diff.service();
      default -> {
        if (ROLLING.contains(after.entity().kind())) {
          diff.workload();
        }
      }
    }
    return diff.changes;
  }

  /** The object is gone. */
  static ObservedChange deleted(EntityRef entity, String uid, Instant observedAt) {
    return new ObservedChange(
        uid + "/deleted",
        entity,
        ChangeKind.DELETED,
        observedAt,
        observedAt,
        Map.of(),
        entity.kind() + " " + entity.name() + " is gone");
  }

  /** The object is there: since {@code since}, or since its creation if that was later. */
  static ObservedChange observed(ObjectSnapshot snapshot, Instant since, Instant now) {
    Instant created = snapshot.createdAt();
    Instant at = created != null && created.isAfter(since) ? created : since;
    EntityRef entity = snapshot.entity();
    return new ObservedChange(
        snapshot.uid() + "/observed",
        entity,
        ChangeKind.OBSERVED,
        at.isAfter(now) ? now : at,
        now,
        Map.of(),
        entity.kind() + " " + entity.name() + " is there");
  }

  private void workload() {
    if (before == null) {
      return;
    }
    if (differs(Attributes.TEMPLATE)) {
      String from = value(before, Attributes.IMAGES);
      String to = value(after, Attributes.IMAGES);
      add(
          ChangeKind.TEMPLATE_CHANGED,
          after.observedAt(),
          from.equals(to) ? Map.of() : Map.of("images", from + " → " + to, "from", from, "to", to),
          from.equals(to) ? "pod template changed" : "image " + from + " → " + to);
    }
    if (differs(Attributes.REPLICAS)) {
      fromTo(ChangeKind.REPLICAS_CHANGED, Attributes.REPLICAS, "replicas");
    }
  }

  private void service() {
    if (before == null) {
      return;
    }
    if (!before.selector().equals(after.selector())) {
      String from = words(before.selector());
      String to = words(after.selector());
      add(
          ChangeKind.SELECTOR_CHANGED,
          after.observedAt(),
          Map.of("from", from, "to", to),
          "selector " + from + " → " + to);
    }
    for (String field :
        List.of(
            Attributes.TYPE,
            Attributes.PORTS,
            Attributes.EXTERNAL_TRAFFIC_POLICY,
            Attributes.INTERNAL_TRAFFIC_POLICY)) {
      if (differs(field)) {
        String from = value(before, field);
        String to = value(after, field);
        add(
            ChangeKind.SERVICE_CHANGED,
            after.observedAt(),
            Map.of("field", field, "from", from, "to", to),
            field + " " + from + " → " + to);
      }
    }
    if (value(before, Attributes.LOAD_BALANCER).isEmpty()
        && !value(after, Attributes.LOAD_BALANCER).isEmpty()) {
      add(
          ChangeKind.LOAD_BALANCER_ASSIGNED,
          after.observedAt(),
          Map.of("address", value(after, Attributes.LOAD_BALANCER)),
          "load balancer address " + value(after, Attributes.LOAD_BALANCER));
    }
  }

  private void node() {
    if (before == null) {
      return;
    }
    if (differs(Attributes.READY)) {
      String ready = value(after, Attributes.READY);
      String reason = value(after, Attributes.READY_REASON);
      add(
          ChangeKind.NODE_CONDITION,
          since(),
          Map.of("Ready", ready, "reason", reason),
          "Ready is " + ready + (reason.isEmpty() ? "" : " (" + reason + ")"));
    }
    Set<String> had = items(before, Attributes.PRESSURES);
    Set<String> has = items(after, Attributes.PRESSURES);
    for (String pressure : has) {
      if (!had.contains(pressure)) {
        pressure(pressure, "True");
      }
    }
    for (String pressure : had) {
      if (!has.contains(pressure)) {
        pressure(pressure, "False");
      }
    }
    if (differs(Attributes.UNSCHEDULABLE)) {
      boolean cordoned = value(after, Attributes.UNSCHEDULABLE).equals("true");
      add(
          ChangeKind.NODE_CORDON,
          after.observedAt(),
          Map.of("unschedulable", String.valueOf(cordoned)),
          cordoned ? "cordoned" : "uncordoned");
    }
  }

  private void pressure(String pressure, String now) {
    add(
        ChangeKind.NODE_PRESSURE,
        after.observedAt(),
        Map.of("pressure", pressure, "value", now),
        pressure + " is " + now);
  }

  private void pod() {
    if (before != null && differs(Attributes.READY)) {
      boolean ready = value(after, Attributes.READY).equals("True");
      if (ready) {
        add(ChangeKind.POD_READY, since(), Map.of(), "became ready");
      } else if (value(before, Attributes.READY).equals("True")) {
        add(ChangeKind.POD_UNREADY, since(), Map.of(), "is no longer ready");
      }
    }
    Set<String> ended = before == null ? Set.of() : items(before, Attributes.TERMINATED);
    for (String termination : items(after, Attributes.TERMINATED)) {
      if (!ended.contains(termination)) {
        terminated(termination);
      }
    }
    if (before != null) {
      Set<String> waited = items(before, Attributes.WAITING);
      for (String waiting : items(after, Attributes.WAITING)) {
        int equals = waiting.indexOf('=');
        if (equals > 0
            && !waited.contains(waiting)
            && !STARTING.contains(waiting.substring(equals + 1))) {
          add(
              ChangeKind.CONTAINER_WAITING,
              after.observedAt(),
              Map.of(
                  "container",
                  waiting.substring(0, equals),
                  "reason",
                  waiting.substring(equals + 1)),
              "container "
                  + waiting.substring(0, equals)
                  + " waits: "
                  + waiting.substring(equals + 1));
        }
      }
    }
  }

  /** Reads {@code container=reason:exitCode@finishedAt}. */
  private void terminated(String termination) {
    int equals = termination.indexOf('=');
    int at = termination.lastIndexOf('@');
    int colon = termination.lastIndexOf(':', at < 0 ? termination.length() : at);
    if (equals < 1 || at < 0 || colon < equals) {
      return;
    }
    String reason = termination.substring(equals + 1, colon);
    String exitCode = termination.substring(colon + 1, at);
    if (exitCode.equals("0")) {
      return;
    }
    add(
        ChangeKind.CONTAINER_TERMINATED,
        time(termination.substring(at + 1), after.observedAt()),
        Map.of(
            "container", termination.substring(0, equals), "reason", reason, "exitCode", exitCode),
        "container "
            + termination.substring(0, equals)
            + " ended: "
            + reason
            + ", exit code "
            + exitCode);
  }

  private void fromTo(ChangeKind kind, String attribute, String what) {
    String from = before == null ? "" : value(before, attribute);
    String to = value(after, attribute);
    add(kind, after.observedAt(), Map.of("from", from, "to", to), what + " " + from + " → " + to);
  }

  private void add(ChangeKind kind, Instant at, Map<String, String> attributes, String message) {
    changes.add(
        new ObservedChange(
            after.uid()
                + "/"
                + after.resourceVersion()
                + "/"
                + kind.word()
                + (attributes.isEmpty() ? "" : "/" + new TreeMap<>(attributes)),
            after.entity(),
            kind,
            at.isAfter(after.observedAt()) ? after.observedAt() : at,
            after.observedAt(),
            attributes,
            message));
  }

  private boolean differs(String attribute) {
    return before != null && !value(before, attribute).equals(value(after, attribute));
  }

  /** When the Ready condition last changed, by the object's own word. */
  private Instant since() {
    return time(value(after, Attributes.READY_SINCE), after.observedAt());
  }

  private static Instant time(String text, Instant otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      // Written by someone's own controller: the time of seeing it is the next best.
      return otherwise;
    }
  }

  private static String value(ObjectSnapshot snapshot, String attribute) {
    String value = snapshot.attribute(attribute);
    return value == null ? "" : value;
  }

  private static Set<String> items(ObjectSnapshot snapshot, String attribute) {
    String value = value(snapshot, attribute);
    return value.isEmpty() ? Set.of() : new HashSet<>(List.of(value.split(",", -1)));
  }

  private static String words(Map<String, String> selector) {
    if (selector.isEmpty()) {
      return "none";
    }
    StringBuilder out = new StringBuilder();
    new TreeMap<>(selector)
        .forEach(
            (k, v) -> out.append(out.length() == 0 ? "" : ",").append(k).append('=').append(v));
    return out.toString();
  }
}
