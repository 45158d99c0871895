package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What changed about a Service. Pure. */
final class ServiceChanges {

  /** Attributes that are fields of its spec, by the same name. */
  private static final List<String> FIELDS =
      List.of(
          Attributes.TYPE,
          Attributes.PORTS,
          Attributes.EXTERNAL_TRAFFIC_POLICY,
          Attributes.INTERNAL_TRAFFIC_POLICY,
          Attributes.SESSION_AFFINITY,
          Attributes.LOAD_BALANCER_IP,
          Attributes.LOAD_BALANCER_CLASS,
          Attributes.LOAD_BALANCER_SOURCE_RANGES,
          Attributes.EXTERNAL_NAME,
          Attributes.EXTERNAL_IPS,
          Attributes.PUBLISH_NOT_READY_ADDRESSES);

  private ServiceChanges() {}

  static void find(ChangeDraft diff) {
    if (!diff.before().selector().equals(diff.after().selector())) {
      String from = words(diff.before().selector());
      String to = words(diff.after().selector());
      diff.add(
          ChangeKind.SELECTOR_CHANGED,
          Map.of("from", from, "to", to),
          "selector " + from + " → " + to);
    }
    for (String field : FIELDS) {
      if (diff.differs(field)) {
        diff.field(ChangeKind.SERVICE_CHANGED, field, field);
      }
    }
    if (diff.differs(Attributes.ANNOTATIONS)) {
      diff.listField(ChangeKind.SERVICE_CHANGED, Attributes.ANNOTATIONS, "annotations");
    }
    String had = diff.from(Attributes.LOAD_BALANCER);
    String has = diff.to(Attributes.LOAD_BALANCER);
    if (had.isEmpty() && !has.isEmpty()) {
      diff.add(
          ChangeKind.LOAD_BALANCER_ASSIGNED,
          Map.of("address", has),
          "load balancer address " + has);
    } else if (!had.isEmpty() && has.isEmpty()) {
      diff.add(
          ChangeKind.LOAD_BALANCER_REMOVED,
          Map.of("address", had),
          "load balancer address " + had + " is gone");
    }
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
