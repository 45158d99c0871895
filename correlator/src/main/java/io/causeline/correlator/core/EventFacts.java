package io.causeline.correlator.core;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.causeline.model.EntityRef;
import io.causeline.model.KubernetesEvent;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What events tell about the topology in passing: where a pod runs, who made it. Of use where the
 * objects themselves are not seen, as in {@code diagnose}. Messages as written by the scheduler,
 * the kubelet and kube-controller-manager.
 */
final class EventFacts {

  private static final Pattern ASSIGNED =
      Pattern.compile("^Successfully assigned (?:\\S+/)?\\S+ to (\\S+)$");
  private static final Pattern CREATED_POD = Pattern.compile("^Created pod: (\\S+)");
  private static final Pattern SCALED = Pattern.compile("^Scaled (?:up|down) replica set (\\S+)");

  private EventFacts() {}

  /**
   * {@code entity} runs on {@code node}, or is owned by {@code owner}.
   *
   * @param arrives whether it comes to the node only now
   */
  record Fact(
      EntityRef entity, @Nullable EntityRef node, @Nullable EntityRef owner, boolean arrives) {}

  static Optional<Fact> of(KubernetesEvent event) {
    EntityRef entity = event.entity();
    return switch (event.reason().toLowerCase(Locale.ROOT)) {
      case "scheduled" ->
          entity.kind().equals("Pod")
              ? group(ASSIGNED, event).map(node -> runsOn(entity, node, true))
              : Optional.empty();
      case "successfulcreate" ->
          group(CREATED_POD, event)
              .map(
                  pod ->
                      new Fact(EntityRef.of("Pod", entity.namespace(), pod), null, entity, false));
      case "scalingreplicaset" ->
          group(SCALED, event)
              .map(
                  set ->
                      new Fact(
                          EntityRef.of("ReplicaSet", entity.namespace(), set),
                          null,
                          entity,
                          false));
      default -> {
        String host = event.host();
        boolean kubelet = "kubelet".equals(event.component());
        yield kubelet && entity.kind().equals("Pod") && host != null && !host.isEmpty()
            ? Optional.of(runsOn(entity, host, false))
            : Optional.empty();
      }
    };
  }

  private static Fact runsOn(EntityRef pod, String node, boolean arrives) {
    return new Fact(pod, EntityRef.of("Node", null, node), null, arrives);
  }

  private static Optional<String> group(Pattern pattern, KubernetesEvent event) {
    Matcher matcher = pattern.matcher(event.message());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
