package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import java.util.ArrayList;
import java.util.List;

/**
 * A small cluster: some nodes, and some apps, each a Deployment with its ReplicaSet and pods, a
 * Service of type LoadBalancer with its slice, and one Ingress before the first of them.
 */
record World(int nodes, int apps, int pods) {

  private static final List<String> NAMES = List.of("web", "pay", "cart");
  static final String NAMESPACE = "shop";

  EntityRef node(int which) {
    return EntityRef.of("Node", null, "n" + (1 + which % nodes));
  }

  String app(int which) {
    return NAMES.get(which % apps);
  }

  EntityRef service(int which) {
    return EntityRef.of("Service", NAMESPACE, app(which));
  }

  EntityRef deployment(int which) {
    return EntityRef.of("Deployment", NAMESPACE, app(which));
  }

  EntityRef pod(int which) {
    return pod(which % apps, which / apps % pods);
  }

  EntityRef pod(int app, int number) {
    return EntityRef.of("Pod", NAMESPACE, app(app) + "-1-" + (number + 1));
  }

  /** Where a pod of an app runs. */
  EntityRef nodeOf(int app, int number) {
    return node(app + number);
  }

  List<EntityRef> allNodes() {
    List<EntityRef> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      all.add(node(i));
    }
    return all;
  }

  @Override
  public String toString() {
    return nodes + " nodes, " + apps + " apps of " + pods + " pods";
  }
}
