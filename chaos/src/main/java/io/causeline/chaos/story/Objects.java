package io.causeline.chaos.story;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Objects as the Kubernetes API serves them, without a resourceVersion yet. */
final class Objects {

  /** The object of an Event. */
  record Subject(String apiVersion, String kind, String namespace, String name, String uid) {}

  private final Instant created;
  private int number;

  /** Objects that were made at this time. */
  Objects(Instant created) {
    this.created = created;
  }

  /** {@code kind} with metadata. */
  ObjectNode object(String apiVersion, String kind, String namespace, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", apiVersion).put("kind", kind);
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("name", name).put("uid", uid(kind)).put("creationTimestamp", seconds(created));
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return object;
  }

  private String uid(String kind) {
    return String.format("%s-%08x-chaos", kind.toLowerCase(java.util.Locale.ROOT), ++number);
  }

  ObjectNode node(String name) {
    ObjectNode node = object("v1", "Node", "", name);
    ready(node, "True", created, "KubeletReady", "kubelet is posting ready status");
    return node;
  }

  ObjectNode deployment(String namespace, String name, int replicas, String image) {
    ObjectNode deployment = object("apps/v1", "Deployment", namespace, name);
    ObjectNode spec = deployment.putObject("spec");
    spec.put("replicas", replicas).putObject("selector").putObject("matchLabels").put("app", name);
    ObjectNode template = spec.putObject("template");
    template.putObject("metadata").putObject("labels").put("app", name);
    container(template.putObject("spec"), name, image);
    return deployment;
  }

  ObjectNode replicaSet(ObjectNode deployment, String hash) {
    String name = name(deployment);
    ObjectNode set = object("apps/v1", "ReplicaSet", namespace(deployment), name + "-" + hash);
    owned(set, deployment);
    labels(set, name);
    set.putObject("spec").put("replicas", deployment.path("spec").path("replicas").asInt());
    return set;
  }

  ObjectNode pod(ObjectNode owner, String app, String suffix, String node, String image) {
    ObjectNode pod = object("v1", "Pod", namespace(owner), name(owner) + "-" + suffix);
    owned(pod, owner);
    labels(pod, app);
    ObjectNode spec = pod.putObject("spec");
    if (!node.isEmpty()) {
      spec.put("nodeName", node);
    }
    container(spec, app, image);
    ready(pod, node.isEmpty() ? "False" : "True", created, "", "");
    ((ObjectNode) pod.path("status")).put("phase", node.isEmpty() ? "Pending" : "Running");
    return pod;
  }

  ObjectNode service(String namespace, String name, String type) {
    ObjectNode service = object("v1", "Service", namespace, name);
    ObjectNode spec = service.putObject("spec");
    spec.put("type", type).putObject("selector").put("app", name);
    spec.putArray("ports").addObject().put("port", 80).put("targetPort", 8080);
    return service;
  }

  ObjectNode claim(String namespace, String name) {
    ObjectNode claim = object("v1", "PersistentVolumeClaim", namespace, name);
    claim.putObject("spec").put("volumeName", "pvc-" + name);
    claim.putObject("status").put("phase", "Bound");
    return claim;
  }

  /** Sets the Ready condition. */
  static void ready(
      ObjectNode object, String status, Instant since, String reason, String message) {
    ObjectNode condition =
        object.withObject("/status").putArray("conditions").addObject().put("type", "Ready");
    condition.put("status", status).put("lastTransitionTime", seconds(since));
    if (!reason.isEmpty()) {
      condition.put("reason", reason).put("message", message);
    }
  }

  static Subject subject(ObjectNode object) {
    return new Subject(
        object.path("apiVersion").asText(),
        object.path("kind").asText(),
        namespace(object),
        name(object),
        object.path("metadata").path("uid").asText());
  }

  static String name(ObjectNode object) {
    return object.path("metadata").path("name").asText();
  }

  static String namespace(ObjectNode object) {
    return object.path("metadata").path("namespace").asText();
  }

  /** A time as the API tells it: whole seconds. */
  static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void labels(ObjectNode object, String app) {
    ((ObjectNode) object.path("metadata")).putObject("labels").put("app", app);
  }

  private static void container(ObjectNode podSpec, String name, String image) {
    ObjectNode container = podSpec.putArray("containers").addObject();
    container.put("name", name).put("image", image);
    container.putArray("ports").addObject().put("containerPort", 8080);
  }

  private static void owned(ObjectNode object, ObjectNode owner) {
    ((ObjectNode) object.path("metadata"))
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", owner.path("apiVersion").asText())
        .put("kind", owner.path("kind").asText())
        .put("name", name(owner))
        .put("uid", owner.path("metadata").path("uid").asText())
        .put("controller", true);
  }

  /** The resource's name in the API's paths. */
  static String plural(String kind) {
    return List.of("Node", "Pod", "Service", "Deployment", "ReplicaSet", "PersistentVolumeClaim")
            .contains(kind)
        ? kind.toLowerCase(java.util.Locale.ROOT) + "s"
        : "events";
  }
}
