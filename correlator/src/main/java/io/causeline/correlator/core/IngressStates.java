package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.util.List;

/** States of an Ingress: its backends, its class, its address. */
final class IngressStates {

  private IngressStates() {}

  static boolean holds(StateKind state, EntityRef subject, TopologyView view) {
    ObjectSnapshot ingress = subject.kind().equals("Ingress") ? view.nearest(subject) : null;
    if (ingress == null) {
      return false;
    }
    boolean addressed = ingress.attribute(Attributes.LOAD_BALANCER) != null;
    return switch (state) {
      case BACKEND_SERVICE_MISSING ->
          view.isObserved("Service")
              && ingress.edges().stream()
                  .filter(edge -> edge.relation() == Relation.ROUTES)
                  .anyMatch(edge -> view.get(edge.to()) == null);
      case BACKEND_PORT_MISSING -> portMissing(ingress, view);
      // One that has an address is served, whatever its class.
      case INGRESS_CLASS_UNKNOWN -> !addressed && classUnknown(ingress, view);
      case INGRESS_WITHOUT_ADDRESS -> !addressed;
      case INGRESS_HAS_ADDRESS -> addressed;
      default -> throw new IllegalArgumentException(state + " is not a state of an Ingress");
    };
  }

  private static boolean portMissing(ObjectSnapshot ingress, TopologyView view) {
    for (String backend : ChangeDraft.items(ingress, Attributes.BACKENDS)) {
      int colon = backend.lastIndexOf(':');
      if (colon < 1 || colon == backend.length() - 1) {
        continue;
      }
      ObjectSnapshot service =
          view.get(
              EntityRef.of("Service", ingress.entity().namespace(), backend.substring(0, colon)));
      String port = backend.substring(colon + 1);
      if (service != null && ServicePort.of(service).stream().noneMatch(one -> one.is(port))) {
        return true;
      }
    }
    return false;
  }

  private static boolean classUnknown(ObjectSnapshot ingress, TopologyView view) {
    String name = ChangeDraft.value(ingress, Attributes.INGRESS_CLASS);
    List<ObjectSnapshot> classes = view.all("IngressClass");
    if (name.isEmpty()) {
      return classes.stream().noneMatch(one -> "true".equals(one.attribute(Attributes.DEFAULT)));
    }
    return view.isObserved("IngressClass")
        && classes.stream().noneMatch(one -> one.entity().name().equals(name));
  }
}
