package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * When a Service lost its last ready endpoint, and when it got one again: read off the histories of
 * all its EndpointSlices, so that the order in which their states came does not matter. Pure.
 */
final class EndpointChanges {

  private EndpointChanges() {}

  static List<ObservedChange> of(EntityRef service, List<ObjectHistory> slices) {
    TreeSet<Instant> times = new TreeSet<>();
    for (ObjectHistory slice : slices) {
      for (ObjectHistory.Version version : slice.versions()) {
        times.add(version.from());
        Instant end = version.to();
        if (end != null) {
          times.add(end);
        }
      }
    }
    List<ObservedChange> changes = new ArrayList<>();
    int before = -1;
    for (Instant time : times) {
      int ready = ready(slices, time);
      if (before > 0 && ready == 0) {
        changes.add(change(service, ChangeKind.ENDPOINTS_EMPTY, time, before, ready));
      } else if (before == 0 && ready > 0) {
        changes.add(change(service, ChangeKind.ENDPOINTS_RESTORED, time, before, ready));
      }
      before = ready;
    }
    return changes;
  }

  private static int ready(List<ObjectHistory> slices, Instant time) {
    int ready = 0;
    for (ObjectHistory slice : slices) {
      for (ObjectHistory.Version version : slice.versions()) {
        if (version.holdsAt(time)) {
          ready += count(version.snapshot().attribute(Attributes.ENDPOINTS_READY));
          break;
        }
      }
    }
    return ready;
  }

  private static int count(@org.jspecify.annotations.Nullable String text) {
    if (text == null || !text.chars().allMatch(c -> c >= '0' && c <= '9') || text.length() > 9) {
      return 0;
    }
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  private static ObservedChange change(
      EntityRef service, ChangeKind kind, Instant at, int before, int after) {
    return new ObservedChange(
        kind.word() + "/" + at.toEpochMilli(),
        service,
        kind,
        at,
        at,
        Map.of("from", String.valueOf(before), "to", String.valueOf(after)),
        after == 0 ? "no ready endpoint any more" : "ready endpoints again: " + after);
  }
}
