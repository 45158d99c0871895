package io.causeline.correlator.core;

import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.ArrayList;
import java.util.List;

/** A port of a Service, as a snapshot writes it: {@code name:port>targetPort/protocol}. */
record ServicePort(String name, String port, String target, String protocol) {

  static List<ServicePort> of(ObjectSnapshot service) {
    List<ServicePort> ports = new ArrayList<>();
    for (String item : ChangeDraft.items(service, Attributes.PORTS)) {
      int colon = item.indexOf(':');
      int arrow = item.indexOf('>', colon + 1);
      int slash = item.lastIndexOf('/');
      if (colon >= 0 && arrow > colon && slash > arrow) {
        ports.add(
            new ServicePort(
                item.substring(0, colon),
                item.substring(colon + 1, arrow),
                item.substring(arrow + 1, slash),
                item.substring(slash + 1)));
      }
    }
    return ports;
  }

  boolean isTargetNumber() {
    return isNumber(target);
  }

  /** Whether a reference by name or number means this port. */
  boolean is(String reference) {
    return isNumber(reference) ? port.equals(reference) : name.equals(reference);
  }

  static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
