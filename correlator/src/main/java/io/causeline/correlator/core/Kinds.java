package io.causeline.correlator.core;

import java.util.Set;

/** Kinds by what they mean to correlation. */
final class Kinds {

  /** Workloads that a person rolls out. */
  static final Set<String> WORKLOADS =
      Set.of(
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "Job",
          "CronJob",
          "ReplicaSet",
          "ReplicationController");

  /** Virtual places of which a cluster has one. */
  static final Set<String> SINGLETONS =
      Set.of("CloudProvider", "ControlPlane", "Cluster", "ClusterNetwork", "ClusterDNS");

  /**
   * Places that so many objects depend on that sharing one means nothing by itself: entries link
   * through them only where one of them carries evidence for a cause there.
   */
  static final Set<String> SHARED =
      Set.of(
          "CloudProvider",
          "ControlPlane",
          "Cluster",
          "ClusterNetwork",
          "ClusterDNS",
          "KubeProxy",
          "Registry",
          "Namespace",
          "Node",
          "IngressController",
          "AdmissionWebhook",
          "Secret",
          "ConfigMap",
          "PersistentVolumeClaim");

  private Kinds() {}
}
