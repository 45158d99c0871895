package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a Service's selector and target ports make of the pods and templates of its namespace. */
final class SelectorStates {

  private SelectorStates() {}

  static boolean holds(StateKind state, EntityRef subject, TopologyView view) {
    ObjectSnapshot service = subject.kind().equals("Service") ? view.nearest(subject) : null;
    if (service == null || service.selector().isEmpty()) {
      return false;
    }
    return switch (state) {
      case SELECTOR_MATCHES_NO_POD ->
          view.isObserved("Pod")
              && matching(service, view).isEmpty()
              // A workload that makes such pods exists: then it has none, which is another fault.
              && backing(service, view).isEmpty();
      case SELECTOR_MATCHES_PODS -> !matching(service, view).isEmpty();
      case SELECTOR_NEAR_MISS -> matching(service, view).isEmpty() && nearMiss(service, view);
      case TARGET_PORT_UNKNOWN -> targetPort(service, view, false);
      case TARGET_PORT_UNDECLARED -> targetPort(service, view, true);
      case BACKENDS_SCALED_TO_ZERO -> {
        List<ObjectSnapshot> backing = backing(service, view);
        yield !backing.isEmpty()
            && backing.stream()
                .allMatch(workload -> "0".equals(workload.attribute(Attributes.REPLICAS)));
      }
      default -> throw new IllegalArgumentException(state + " is not told by a selector");
    };
  }

  static List<ObjectSnapshot> matching(ObjectSnapshot service, TopologyView view) {
    return TopologyView.carrying(service.selector(), view.in("Pod", service.entity().namespace()));
  }

  private static List<ObjectSnapshot> backing(ObjectSnapshot service, TopologyView view) {
    return TopologyView.carrying(service.selector(), view.workloads(service.entity().namespace()));
  }

  /**
   * A ready pod differs in one value. Where components of one application share all labels but one,
   * they differ so by design: a pod that another Service selects, or of which only one label was
   * asked for, must have a value that is much alike.
   */
  private static boolean nearMiss(ObjectSnapshot service, TopologyView view) {
    List<ObjectSnapshot> services = view.in("Service", service.entity().namespace());
    for (ObjectSnapshot pod : view.in("Pod", service.entity().namespace())) {
      if (!"True".equals(pod.attribute(Attributes.READY))) {
        continue;
      }
      String key = onlyDifference(service.selector(), pod.labels());
      if (key == null) {
        continue;
      }
      boolean alike =
          alike(service.selector().getOrDefault(key, ""), pod.labels().getOrDefault(key, ""));
      if (alike || (service.selector().size() > 1 && !isSelected(pod, services))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSelected(ObjectSnapshot pod, List<ObjectSnapshot> services) {
    return services.stream()
        .anyMatch(other -> !TopologyView.carrying(other.selector(), List.of(pod)).isEmpty());
  }

  /** The one label that is there with another value, all others being as asked for; else null. */
  private static @org.jspecify.annotations.Nullable String onlyDifference(
      Map<String, String> selector, Map<String, String> labels) {
    String different = null;
    for (Map.Entry<String, String> asked : selector.entrySet()) {
      String value = labels.get(asked.getKey());
      if (value == null) {
        return null;
      }
      if (!value.equals(asked.getValue())) {
        if (different != null) {
          return null;
        }
        different = asked.getKey();
      }
    }
    return different;
  }

  /** The same but for case, one within the other, or at most two letters apart. */
  private static boolean alike(String asked, String found) {
    String a = asked.toLowerCase(Locale.ROOT);
    String b = found.toLowerCase(Locale.ROOT);
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    int allowed = Math.min(a.length(), b.length()) < 4 ? 1 : 2;
    return a.contains(b) || b.contains(a) || distance(a, b) <= allowed || areSwapped(a, b);
  }

  /** Whether two neighbouring letters changed places. */
  private static boolean areSwapped(String a, String b) {
    int at = 0;
    while (at < Math.min(a.length(), b.length()) && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    return a.length() == b.length()
        && at + 1 < a.length()
        && a.charAt(at) == b.charAt(at + 1)
        && a.charAt(at + 1) == b.charAt(at)
        && a.substring(at + 2).equals(b.substring(at + 2));
  }

  /** Letters to insert, leave out or replace. Labels are at most 63 long. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** Where there are no pods, the templates tell what they would declare. */
  private static boolean targetPort(ObjectSnapshot service, TopologyView view, boolean byNumber) {
    List<ObjectSnapshot> pods = matching(service, view);
    List<ObjectSnapshot> backends = pods.isEmpty() ? backing(service, view) : pods;
    List<ContainerPort> declared = new ArrayList<>();
    boolean told = false;
    for (ObjectSnapshot backend : backends) {
      // Told of every pod, so that without it nothing is known of this one's ports either.
      if (backend.attribute(Attributes.READINESS_PROBE) != null) {
        told = true;
        declared.addAll(ContainerPort.of(backend));
      }
    }
    if (!told || (byNumber && declared.isEmpty())) {
      return false;
    }
    for (ServicePort port : ServicePort.of(service)) {
      boolean known =
          declared.stream()
              .anyMatch(container -> container.isTarget(port.target(), port.protocol()));
      if (port.isTargetNumber() == byNumber && !known) {
        return true;
      }
    }
    return false;
  }
}
