package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What a Service says of itself. */
final class ServiceStates {

  /** A cloud needs some minutes to make a load balancer. */
  private static final Duration PENDING = Duration.ofMinutes(5);

  private static final Pattern DNS_NAME =
      Pattern.compile(
          "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*\\.?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DOTTED_NUMBERS = Pattern.compile("[0-9.]+");

  private ServiceStates() {}

  static boolean holds(StateKind state, EntityRef subject, TopologyView view) {
    ObjectSnapshot service = subject.kind().equals("Service") ? view.nearest(subject) : null;
    if (service == null) {
      return false;
    }
    String type = ChangeDraft.value(service, Attributes.TYPE);
    boolean balanced = type.equals("LoadBalancer");
    boolean addressed = service.attribute(Attributes.LOAD_BALANCER) != null;
    return switch (state) {
      case LOAD_BALANCER_PENDING -> balanced && !addressed && isOld(service, view.time());
      case LOAD_BALANCER_HAS_ADDRESS -> balanced && addressed;
      case NOT_LOAD_BALANCER -> !type.isEmpty() && !balanced;
      case EXTERNAL_NAME_INVALID ->
          type.equals("ExternalName")
              && !isDnsName(ChangeDraft.value(service, Attributes.EXTERNAL_NAME));
      case PUBLISHES_NOT_READY ->
          "true".equals(service.attribute(Attributes.PUBLISH_NOT_READY_ADDRESSES));
      case NODE_PORT_TAKEN -> nodePortTaken(service, view);
      default -> throw new IllegalArgumentException(state + " is not a state of a Service");
    };
  }

  private static boolean isOld(ObjectSnapshot service, Instant time) {
    Instant created = service.createdAt();
    return created != null && created.plus(PENDING).isBefore(time);
  }

  /** An address looks like a name to DNS, but leads nowhere. */
  private static boolean isDnsName(String name) {
    return DNS_NAME.matches(name) && !DOTTED_NUMBERS.matches(name);
  }

  private static boolean nodePortTaken(ObjectSnapshot service, TopologyView view) {
    Set<String> ports = ChangeDraft.items(service, Attributes.NODE_PORTS);
    return !ports.isEmpty()
        && view.all("Service").stream()
            .filter(other -> !other.entity().equals(service.entity()))
            .flatMap(other -> ChangeDraft.items(other, Attributes.NODE_PORTS).stream())
            .anyMatch(ports::contains);
  }
}
