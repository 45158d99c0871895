package io.causeline.correlator.knowledge;

import java.util.Set;

/**
 * Kinds that packs speak of: to notice a slip of the pen. Others are not wrong, since anyone may
 * define kinds of their own.
 */
final class KnownKinds {

  static final Set<String> ALL =
      Set.of(
          // Workloads and what they are made of
          "Pod",
          "Workload",
          "Deployment",
          "ReplicaSet",
          "StatefulSet",
          "DaemonSet",
          "Job",
          "CronJob",
          "ReplicationController",
          "HorizontalPodAutoscaler",
          "PodDisruptionBudget",
          "ConfigMap",
          "Secret",
          "ServiceAccount",
          "ControllerRevision",
          "PriorityClass",
          // Network
          "Service",
          "Endpoints",
          "EndpointSlice",
          "Ingress",
          "IngressClass",
          "NetworkPolicy",
          "Gateway",
          "GatewayClass",
          "HTTPRoute",
          "TargetGroupBinding",
          "IPAddress",
          "ServiceCIDR",
          // Nodes and cluster
          "Node",
          "NodeClaim",
          "NodePool",
          "Machine",
          "MachineSet",
          "Namespace",
          "ResourceQuota",
          "LimitRange",
          "Lease",
          "APIService",
          "CustomResourceDefinition",
          "Event",
          "MutatingWebhookConfiguration",
          "ValidatingWebhookConfiguration",
          // Storage
          "PersistentVolume",
          "PersistentVolumeClaim",
          "StorageClass",
          "VolumeAttachment",
          "VolumeSnapshot",
          "VolumeSnapshotContent",
          "CSINode",
          "CSIDriver",
          // Certificates
          "Certificate",
          "CertificateRequest",
          "CertificateSigningRequest",
          "Order",
          "Challenge",
          "Issuer",
          "ClusterIssuer",
          // Places that are no objects
          "CloudProvider",
          "ControlPlane",
          "Cluster",
          "ClusterNetwork",
          "ClusterDNS",
          "KubeProxy",
          "Registry",
          "AdmissionWebhook",
          "Volume",
          "IngressController",
          "Any");

  /** Farther apart than this, two kinds are two kinds. */
  private static final int SLIP = 2;

  private KnownKinds() {}

  /** What a kind may be misspelt for, as words to add to a fault; empty where it may well exist. */
  static String hint(String kind) {
    return ALL.contains(kind) ? "" : DidYouMean.hint(kind, ALL, SLIP);
  }
}
