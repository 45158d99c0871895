package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.EntityRef;
import io.causeline.model.Text;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of objects as they stand in references. */
final class Entities {

  /** What an event without a subject is about. */
  static final EntityRef CLUSTER = EntityRef.singleton("Cluster");

  /**
   * Kinds without a namespace. Their events lie in {@code default}, and some emitters put that into
   * the reference too, which would make a second object of the same one.
   */
  private static final Set<String> CLUSTER_SCOPED =
      Set.of(
          "APIService",
          "CSIDriver",
          "CSINode",
          "CertificateSigningRequest",
          "ClusterIssuer",
          "ClusterRole",
          "ClusterRoleBinding",
          "ComponentStatus",
          "CustomResourceDefinition",
          "DeviceClass",
          "FlowSchema",
          "GatewayClass",
          "IPAddress",
          "IngressClass",
          "MutatingWebhookConfiguration",
          "Namespace",
          "Node",
          "NodeClaim",
          "NodePool",
          "PersistentVolume",
          "PriorityClass",
          "PriorityLevelConfiguration",
          "ResourceSlice",
          "RuntimeClass",
          "ServiceCIDR",
          "StorageClass",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "ValidatingWebhookConfiguration",
          "VolumeAttachment",
          "VolumeAttributesClass",
          "VolumeSnapshotClass",
          "VolumeSnapshotContent");

  /** Kinds that always have a namespace: where a reference lacks it, its holder's is meant. */
  private static final Set<String> NAMESPACED =
      Set.of(
          "ConfigMap",
          "CronJob",
          "DaemonSet",
          "Deployment",
          "EndpointSlice",
          "Endpoints",
          "HorizontalPodAutoscaler",
          "Ingress",
          "Job",
          "LimitRange",
          "NetworkPolicy",
          "PersistentVolumeClaim",
          "Pod",
          "PodDisruptionBudget",
          "ReplicaSet",
          "ReplicationController",
          "ResourceQuota",
          "Secret",
          "Service",
          "ServiceAccount",
          "StatefulSet");

  private Entities() {}

  /**
   * An object that a reference ({@code involvedObject}, {@code regarding}, {@code related}, {@code
   * targetRef}, an owner) names; empty without a kind or a name.
   *
   * @param holderNamespace of the object that holds the reference
   */
  static Optional<EntityRef> referenced(JsonNode reference, @Nullable String holderNamespace) {
    String kind = Fields.label(reference, "kind");
    String namespace = Fields.labelOrNull(reference, "namespace");
    if (namespace == null && NAMESPACED.contains(kind)) {
      namespace = holderNamespace;
    }
    return of(kind, namespace, Fields.label(reference, "name"));
  }

  /** An object; empty without a kind or a name. Cluster-scoped kinds lose the namespace. */
  static Optional<EntityRef> of(String kind, @Nullable String namespace, String name) {
    String cleanKind = part(kind);
    String cleanName = Text.label(name);
    if (cleanKind.isEmpty() || cleanName.isEmpty()) {
      return Optional.empty();
    }
    String cleanNamespace =
        namespace == null || CLUSTER_SCOPED.contains(cleanKind) ? null : part(namespace);
    return Optional.of(EntityRef.of(cleanKind, cleanNamespace, cleanName));
  }

  /** Kind and namespace are parts of keys, which slashes keep apart; neither may hold one. */
  private static String part(String text) {
    return Text.label(text).replace('/', '.');
  }
}
