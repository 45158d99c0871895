package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What changed about a node. Pure. */
final class NodeChanges {

  private NodeChanges() {}

  static void find(ChangeDraft diff) {
    if (diff.differs(Attributes.READY)) {
      condition(diff, diff.readySince());
    } else if (!diff.to(Attributes.READY_MESSAGE).isEmpty()
        && !diff.from(Attributes.READY_MESSAGE).isEmpty()
        && diff.differs(Attributes.READY_MESSAGE)) {
      // Not ready all the time, and now for another reason.
      condition(diff, diff.after().observedAt());
    }
    diff.added(Attributes.PRESSURES).forEach(pressure -> pressure(diff, pressure, "True"));
    diff.removed(Attributes.PRESSURES).forEach(pressure -> pressure(diff, pressure, "False"));
    if (diff.differs(Attributes.UNSCHEDULABLE)) {
      boolean cordoned = diff.to(Attributes.UNSCHEDULABLE).equals("true");
      diff.add(
          ChangeKind.NODE_CORDON,
          Map.of("unschedulable", String.valueOf(cordoned)),
          cordoned ? "cordoned" : "uncordoned");
    }
    if (diff.differs(Attributes.BOOT_ID)
        && !diff.from(Attributes.BOOT_ID).isEmpty()
        && !diff.to(Attributes.BOOT_ID).isEmpty()) {
      diff.add(ChangeKind.NODE_REBOOTED, Map.of(), "started anew");
    }
    if (diff.differs(Attributes.TAINTS)) {
      taints(diff);
    }
    PodChanges.labels(diff);
  }

  private static void condition(ChangeDraft diff, Instant at) {
    String ready = diff.to(Attributes.READY);
    String reason = diff.to(Attributes.READY_REASON);
    String message = diff.to(Attributes.READY_MESSAGE);
    diff.add(
        ChangeKind.NODE_CONDITION,
        at,
        message.isEmpty()
            ? Map.of("Ready", ready, "reason", reason)
            : Map.of("Ready", ready, "reason", reason, "message", message),
        "Ready is "
            + ready
            + (reason.isEmpty() ? "" : " (" + reason + ")")
            + (message.isEmpty() ? "" : ": " + message));
  }

  private static void pressure(ChangeDraft diff, String pressure, String now) {
    diff.add(
        ChangeKind.NODE_PRESSURE,
        Map.of("pressure", pressure, "value", now),
        pressure + " is " + now);
  }

  private static void taints(ChangeDraft diff) {
    String added = keys(diff.added(Attributes.TAINTS));
    String removed = keys(diff.removed(Attributes.TAINTS));
    diff.add(
        ChangeKind.TAINTS_CHANGED,
        Map.of("added", added, "removed", removed),
        (added.isEmpty() ? "" : "tainted " + added)
            + (added.isEmpty() || removed.isEmpty() ? "" : ", ")
            + (removed.isEmpty() ? "" : "no longer tainted " + removed));
  }

  /** Of {@code key=value:effect} or {@code key:effect}, the keys. */
  private static String keys(Set<String> taints) {
    Set<String> keys = new TreeSet<>();
    for (String taint : taints) {
      int end = taint.indexOf('=');
      end = end < 0 ? taint.lastIndexOf(':') : end;
      keys.add(end < 0 ? taint : taint.substring(0, end));
    }
    return ChangeDraft.cut(String.join(",", keys));
  }
}
