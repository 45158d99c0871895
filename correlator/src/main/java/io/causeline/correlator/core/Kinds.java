package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Weight;
import java.util.Set;

/** Kinds by what they mean to correlation. */
final class Kinds {

  static final String NODE = "Node";
  static final String KUBE_PROXY = "KubeProxy";
  static final String REGISTRY = "Registry";

  /** The kind of a claim. */
  static final String CLAIM = "PersistentVolumeClaim";

  /** A place that is a PersistentVolumeClaim or a PersistentVolume. */
  static final String VOLUME = "Volume";

  /**
   * Places of which there is one for each node: where no node is known, a signal speaks of some one
   * of them, which strong evidence may name.
   */
  static final Set<String> PLACED = Set.of(NODE, KUBE_PROXY);

  /** Kinds without a namespace. */
  static final Set<String> CLUSTER_SCOPED =
      Set.of(
          "AdmissionWebhook",
          "APIService",
          "ClusterIssuer",
          "CSIDriver",
          "CustomResourceDefinition",
          "IngressClass",
          "KubeProxy",
          "MutatingWebhookConfiguration",
          "Namespace",
          "Node",
          "PersistentVolume",
          "PriorityClass",
          "Registry",
          "RuntimeClass",
          "StorageClass",
          "ValidatingWebhookConfiguration",
          "VolumeAttachment");

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
          "PersistentVolumeClaim",
          "PersistentVolume");

  private Kinds() {}

  /** The evidence that one entry must carry for others to link by a shared place of this kind. */
  static Weight neededToLink(String kind) {
    return SINGLETONS.contains(kind) ? Weight.STRONG : Weight.MEDIUM;
  }
}
