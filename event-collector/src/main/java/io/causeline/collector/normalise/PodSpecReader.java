package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.ImageReference;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a pod's spec, of a Pod or of a workload's template. */
final class PodSpecReader {

  /**
   * Volumes that the API server adds to every pod: the ConfigMap in them ({@code kube-root-ca.crt})
   * belongs to all pods of the namespace, so that an edge to it would tell nothing and tie
   * everything.
   */
  private static final String INJECTED_VOLUME = "kube-api-access-";

  private static final List<String> CONTAINER_LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private static final List<String> PROBES =
      List.of("readinessProbe", "livenessProbe", "startupProbe");

  private static final List<String> PROBE_HANDLERS = List.of("httpGet", "tcpSocket", "grpc");

  private PodSpecReader() {}

  /** Images in the order of the spec, init containers first. */
  static List<String> images(JsonNode podSpec) {
    List<String> images = new ArrayList<>();
    for (JsonNode container : containers(podSpec)) {
      images.add(Fields.label(container, "image"));
    }
    return images;
  }

  /** Edges to the registries of its images. */
  static void registries(JsonNode podSpec, SnapshotDraft draft) {
    for (String image : images(podSpec)) {
      if (!image.isEmpty()) {
        draft.edge(Relation.PULLS_FROM, "Registry", null, ImageReference.registry(image));
      }
    }
  }

  /**
   * Edges to what the pod mounts or reads its environment from.
   *
   * @param podName empty for a template
   */
  static void mounts(JsonNode podSpec, String podName, SnapshotDraft draft) {
    for (JsonNode container : containers(podSpec)) {
      for (JsonNode from : container.path("envFrom")) {
        mounts(draft, "Secret", Fields.raw(from.path("secretRef"), "name"));
        mounts(draft, "ConfigMap", Fields.raw(from.path("configMapRef"), "name"));
      }
      for (JsonNode variable : container.path("env")) {
        JsonNode from = variable.path("valueFrom");
        mounts(draft, "Secret", Fields.raw(from.path("secretKeyRef"), "name"));
        mounts(draft, "ConfigMap", Fields.raw(from.path("configMapKeyRef"), "name"));
      }
    }
    for (JsonNode secret : podSpec.path("imagePullSecrets")) {
      mounts(draft, "Secret", Fields.raw(secret, "name"));
    }
    for (JsonNode volume : podSpec.path("volumes")) {
      volume(volume, podName, draft);
    }
  }

  /** Ports that containers declare and take, how they are probed, and whose network they use. */
  static void ports(JsonNode podSpec, SnapshotDraft draft) {
    List<String> declared = new ArrayList<>();
    Set<String> taken = new TreeSet<>();
    List<String> probed = new ArrayList<>();
    boolean readiness = false;
    for (JsonNode container : containers(podSpec)) {
      for (JsonNode port : container.path("ports")) {
        String protocol = Fields.label(port, "protocol");
        protocol = protocol.isEmpty() ? "TCP" : protocol;
        declared.add(
            Fields.label(port, "name")
                + ":"
                + Fields.label(port, "containerPort")
                + "/"
                + protocol);
        int hostPort = Fields.number(port, "hostPort");
        if (hostPort > 0) {
          taken.add(hostPort + "/" + protocol);
        }
      }
      readiness |= container.path("readinessProbe").isObject();
      for (String probe : PROBES) {
        for (String handler : PROBE_HANDLERS) {
          String port = Fields.label(container.path(probe).path(handler), "port");
          if (!port.isEmpty()) {
            probed.add(Fields.label(container, "name") + "=" + port);
          }
        }
      }
    }
    draft.list(Attributes.CONTAINER_PORTS, declared);
    draft.list(Attributes.HOST_PORTS, taken);
    draft.list(Attributes.PROBE_PORTS, probed);
    draft.attribute(Attributes.READINESS_PROBE, String.valueOf(readiness));
    if (podSpec.path("hostNetwork").asBoolean(false)) {
      draft.attribute(Attributes.HOST_NETWORK, "true");
      draft.attribute(Attributes.DNS_POLICY, Fields.label(podSpec, "dnsPolicy"));
    }
  }

  private static void volume(JsonNode volume, String podName, SnapshotDraft draft) {
    String name = Fields.raw(volume, "name");
    if (name.startsWith(INJECTED_VOLUME)) {
      return;
    }
    mounts(draft, "Secret", Fields.raw(volume.path("secret"), "secretName"));
    mounts(draft, "ConfigMap", Fields.raw(volume.path("configMap"), "name"));
    for (JsonNode source : volume.path("projected").path("sources")) {
      mounts(draft, "Secret", Fields.raw(source.path("secret"), "name"));
      mounts(draft, "ConfigMap", Fields.raw(source.path("configMap"), "name"));
    }
    mounts(
        draft,
        "PersistentVolumeClaim",
        Fields.raw(volume.path("persistentVolumeClaim"), "claimName"));
    if (volume.path("ephemeral").isObject() && !podName.isEmpty()) {
      // The claim of a generic ephemeral volume is named by the pod and the volume.
      mounts(draft, "PersistentVolumeClaim", podName + "-" + name);
    }
    mounts(draft, "Secret", Fields.raw(volume.path("csi").path("nodePublishSecretRef"), "name"));
  }

  private static void mounts(SnapshotDraft draft, String kind, String name) {
    draft.edge(Relation.MOUNTS, kind, draft.namespace(), name);
  }

  private static List<JsonNode> containers(JsonNode podSpec) {
    List<JsonNode> all = new ArrayList<>();
    for (String list : CONTAINER_LISTS) {
      podSpec.path(list).forEach(all::add);
    }
    return all;
  }
}
