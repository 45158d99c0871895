package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What changed about a pod. Pure. */
final class PodChanges {

  /** Waiting reasons of an ordinary start. */
  private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");

  private PodChanges() {}

  static void find(ChangeDraft diff) {
    if (diff.differs(Attributes.READY)) {
      if (diff.to(Attributes.READY).equals("True")) {
        diff.add(ChangeKind.POD_READY, diff.readySince(), Map.of(), "became ready");
      } else if (diff.from(Attributes.READY).equals("True")) {
        diff.add(ChangeKind.POD_UNREADY, diff.readySince(), Map.of(), "is no longer ready");
      }
    }
    endings(diff.added(Attributes.TERMINATED), diff);
    for (String waiting : diff.added(Attributes.WAITING)) {
      int equals = waiting.indexOf('=');
      if (equals > 0 && !STARTING.contains(waiting.substring(equals + 1))) {
        String container = waiting.substring(0, equals);
        String reason = waiting.substring(equals + 1);
        diff.add(
            ChangeKind.CONTAINER_WAITING,
            Map.of("container", container, "reason", reason),
            "container " + container + " waits: " + reason);
      }
    }
    labels(diff);
  }

  /** Labels of a pod or a node, by their keys. */
  static void labels(ChangeDraft diff) {
    Map<String, String> before = diff.before().labels();
    Map<String, String> after = diff.after().labels();
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
    if (!keys.isEmpty()) {
      String changed = ChangeDraft.cut(String.join(",", keys));
      diff.add(ChangeKind.LABELS_CHANGED, Map.of("keys", changed), "labels changed: " + changed);
    }
  }

  /** Tells the ends of containers, each written as {@code container=reason:exitCode@finishedAt}. */
  static void endings(Set<String> terminations, ChangeDraft diff) {
    terminations.forEach(termination -> ending(termination, diff));
  }

  private static void ending(String termination, ChangeDraft diff) {
    int equals = termination.indexOf('=');
    int at = termination.lastIndexOf('@');
    int colon = termination.lastIndexOf(':', at < 0 ? termination.length() : at);
    if (equals < 1 || at < 0 || colon < equals) {
      return;
    }
    String container = termination.substring(0, equals);
    String reason = termination.substring(equals + 1, colon);
    String exitCode = termination.substring(colon + 1, at);
    if (exitCode.equals("0")) {
      return;
    }
    diff.add(
        ChangeKind.CONTAINER_TERMINATED,
        ChangeDraft.time(termination.substring(at + 1), diff.after().observedAt()),
        Map.of("container", container, "reason", reason, "exitCode", exitCode),
        "container " + container + " ended: " + reason + ", exit code " + exitCode);
  }
}
