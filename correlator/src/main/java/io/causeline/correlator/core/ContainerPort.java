package io.causeline.correlator.core;

import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.ArrayList;
import java.util.List;

/** A port that a container declares, as a snapshot writes it: {@code name:port/protocol}. */
record ContainerPort(String name, String port, String protocol) {

  static List<ContainerPort> of(ObjectSnapshot podOrWorkload) {
    List<ContainerPort> ports = new ArrayList<>();
    for (String item : ChangeDraft.items(podOrWorkload, Attributes.CONTAINER_PORTS)) {
      int colon = item.indexOf(':');
      int slash = item.lastIndexOf('/');
      if (colon >= 0 && slash > colon) {
        ports.add(
            new ContainerPort(
                item.substring(0, colon),
                item.substring(colon + 1, slash),
                item.substring(slash + 1)));
      }
    }
    return ports;
  }

  /** Whether it is what a name or number, with this protocol, leads to. */
  boolean isTarget(String target, String targetProtocol) {
    return protocol.equals(targetProtocol) && is(target);
  }

  boolean is(String target) {
    return ServicePort.isNumber(target) ? port.equals(target) : name.equals(target);
  }
}
