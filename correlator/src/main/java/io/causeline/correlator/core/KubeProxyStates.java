package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kube-proxy pod of a node, or of all nodes where none is meant. */
final class KubeProxyStates {

  private KubeProxyStates() {}

  static boolean holds(StateKind state, EntityRef place, TopologyView view) {
    List<ObjectSnapshot> pods =
        view.in("Pod", "kube-system").stream()
            .filter(pod -> pod.entity().name().startsWith("kube-proxy"))
            .toList();
    EntityRef node = node(place, view);
    List<ObjectSnapshot> here =
        node == null ? pods : pods.stream().filter(pod -> node.equals(Scope.node(pod))).toList();
    return switch (state) {
      case KUBE_PROXY_POD_NOT_READY ->
          here.isEmpty()
              ? !pods.isEmpty() && node != null && view.get(node) != null
              : !here.stream().allMatch(NodeStates::isReady);
      case KUBE_PROXY_PODS_READY -> !here.isEmpty() && here.stream().allMatch(NodeStates::isReady);
      default -> throw new IllegalArgumentException(state + " is not a state of kube-proxy");
    };
  }

  /** The node whose kube-proxy is meant; null for those of all. */
  private static @Nullable EntityRef node(EntityRef place, TopologyView view) {
    return switch (place.kind()) {
      case "Node" -> place;
      case "KubeProxy" ->
          place.name().equals(EntityRef.SINGLETON) || place.name().equals(Vote.SOMEWHERE)
              ? null
              : EntityRef.of("Node", null, place.name());
      case "Pod" -> {
        ObjectSnapshot pod = view.nearest(place);
        yield pod == null ? null : Scope.node(pod);
      }
      default -> null;
    };
  }
}
