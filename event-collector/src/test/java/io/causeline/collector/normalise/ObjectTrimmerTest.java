package io.causeline.collector.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.EntityRef;
import io.causeline.model.Json;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.ObjectSnapshot.Edge;
import io.causeline.model.Relation;
import io.causeline.model.Topics;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTrimmerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  @Test
  void shouldTrimANode() {
    ObjectSnapshot node = trim(Samples.read("objects/node.json"));

    assertThat(node.entity()).isEqualTo(entity("Node", null, "node-4"));
    assertThat(node.epoch()).isEqualTo(7);
    assertThat(node.observedAt()).isEqualTo(NOW);
    assertThat(node.resourceVersion()).isEqualTo("3244");
    assertThat(node.createdAt()).isEqualTo("2026-11-21T07:59:30Z");
    assertThat(node.labels())
        .containsOnly(
            entry("kubernetes.io/hostname", "node-4"),
            entry("topology.kubernetes.io/zone", "zone-a"));
    assertThat(node.attributes())
        .containsOnly(
            entry(Attributes.READY, "True"),
            entry(Attributes.READY_REASON, "KubeletReady"),
            entry(Attributes.READY_SINCE, "2026-11-21T07:59:30.000Z"),
            entry(Attributes.ADDRESSES, "192.168.7.4"),
            entry(Attributes.ZONE, "zone-a"),
            entry(Attributes.POD_CIDR, "10.244.4.0/24"),
            entry(Attributes.PODS_ALLOCATABLE, "110"),
            entry(Attributes.PROVIDER, "lab"));
  }

  @Test
  void shouldBeTheSameStateWhenANodeOnlyReportsItself() {
    ObjectNode later = Samples.read("objects/node.json");
    ((ObjectNode) later.path("metadata")).put("resourceVersion", "9999");
    for (JsonNode condition : later.path("status").path("conditions")) {
      ((ObjectNode) condition).put("lastHeartbeatTime", "2026-11-21T08:59:59Z");
    }
    ((ObjectNode) later.path("status"))
        .putArray("images")
        .addObject()
        .put("sizeBytes", 12)
        .putArray("names")
        .add("registry.example.com/web:2");

    assertThat(trim(later).sameStateAs(trim(Samples.read("objects/node.json")))).isTrue();
  }

  @Test
  void shouldTellCordonAndPressureOfANode() {
    ObjectNode node = Samples.read("objects/node.json");
    ((ObjectNode) node.path("spec")).put("unschedulable", true);
    for (JsonNode condition : node.path("status").path("conditions")) {
      ((ObjectNode) condition).put("status", "True");
    }

    assertThat(trim(node).attributes())
        .contains(
            entry(Attributes.UNSCHEDULABLE, "true"),
            entry(Attributes.PRESSURES, "DiskPressure,MemoryPressure"));
  }

  @Test
  void shouldTrimAPod() {
    ObjectSnapshot pod = trim(Samples.read("objects/pod.json"));

    assertThat(pod.entity()).isEqualTo(entity("Pod", "shop", "cart-56779fcd67-p64fs"));
    assertThat(pod.labels()).containsEntry("app", "cart");
    assertThat(pod.attributes())
        .contains(
            entry(Attributes.PHASE, "Running"),
            entry(Attributes.READY, "True"),
            entry(Attributes.IP, "10.244.4.6"),
            entry(Attributes.IMAGES, "registry.example.com/cart:1.4.2"),
            entry(Attributes.RESTARTS, "0"));
    assertThat(pod.edges())
        .containsExactlyInAnyOrder(
            new Edge(Relation.RUNS_ON, entity("Node", null, "node-4")),
            new Edge(Relation.OWNED_BY, entity("ReplicaSet", "shop", "cart-56779fcd67")),
            new Edge(Relation.PULLS_FROM, entity("Registry", null, "registry.example.com")));
  }

  @Test
  void shouldTakeATimeThatNoCalendarHoldsForNone() throws Exception {
    JsonNode pod =
        Json.mapper()
            .readTree(
                """
                {"kind": "Pod", "metadata": {"name": "a", "namespace": "b", "uid": "u",
                   "creationTimestamp": "+1000000000-12-31T23:59:59.999Z"},
                 "status": {"conditions": [{"type": "Ready", "status": "True",
                   "lastTransitionTime": "+999999999-12-31T23:59:59Z"}]}}
                """);

    ObjectSnapshot snapshot = ObjectTrimmer.trim("c", pod, 1, Instant.EPOCH).orElseThrow();

    assertThat(snapshot.attribute(Attributes.READY)).isEqualTo("True");
    assertThat(snapshot.attribute(Attributes.READY_SINCE)).isNull();
    assertThat(snapshot.createdAt()).isNull();
  }

  @Test
  void shouldTellWhatAPodDependsOnAndHowItFails() {
    ObjectSnapshot pod = trim(Samples.read("objects/pod-with-mounts.json"));

    assertThat(pod.deletingAt()).isEqualTo("2026-11-21T08:30:00Z");
    assertThat(pod.attributes())
        .contains(
            entry(Attributes.READY, "False"),
            entry(Attributes.READY_REASON, "ContainersNotReady"),
            entry(Attributes.WAITING, "pay=CrashLoopBackOff"),
            entry(Attributes.TERMINATED, "pay=OOMKilled:137@2026-11-21T08:19:59.000Z"),
            entry(Attributes.RESTARTS, "5"),
            entry(
                Attributes.IMAGES,
                "localhost:5000/migrate:7,registry.example.com/pay@sha256:0123,"
                    + "envoyproxy/envoy:v1.30"));
    assertThat(targets(pod, Relation.OWNED_BY))
        .containsExactly(entity("StatefulSet", "pay", "pay"));
    assertThat(targets(pod, Relation.PULLS_FROM))
        .containsExactlyInAnyOrder(
            entity("Registry", null, "localhost:5000"),
            entity("Registry", null, "registry.example.com"),
            entity("Registry", null, "docker.io"));
    assertThat(targets(pod, Relation.MOUNTS))
        .containsExactlyInAnyOrder(
            entity("Secret", "pay", "registry-login"),
            entity("Secret", "pay", "pay-env"),
            entity("Secret", "pay", "pay-key"),
            entity("Secret", "pay", "pay-tls"),
            entity("Secret", "pay", "pay-more"),
            entity("ConfigMap", "pay", "pay-conf"),
            entity("ConfigMap", "pay", "pay-flags"),
            entity("ConfigMap", "pay", "pay-files"),
            entity("PersistentVolumeClaim", "pay", "data-pay-0"),
            entity("PersistentVolumeClaim", "pay", "pay-0-scratch"));
  }

  @Test
  void shouldTrimAServiceOfTypeLoadBalancer() {
    ObjectSnapshot service = trim(Samples.read("objects/service.json"));

    assertThat(service.selector()).containsOnly(entry("app", "gateway"));
    assertThat(service.attributes())
        .containsOnly(
            entry(Attributes.TYPE, "LoadBalancer"),
            entry(Attributes.PORTS, ":80>8080/TCP"),
            entry(Attributes.EXTERNAL_TRAFFIC_POLICY, "Cluster"),
            entry(Attributes.INTERNAL_TRAFFIC_POLICY, "Cluster"),
            entry(Attributes.NODE_PORTS, "31913/TCP"),
            entry(Attributes.SESSION_AFFINITY, "None"),
            entry(Attributes.LOAD_BALANCER, "203.0.113.24"));
    assertThat(service.edges())
        .containsExactly(new Edge(Relation.PROVIDED_BY, EntityRef.singleton("CloudProvider")));
  }

  @Test
  void shouldTellEveryPodOfASliceWhetherReadyOrNot() {
    ObjectSnapshot slice = trim(Samples.read("objects/endpointslice.json"));

    assertThat(slice.attributes())
        .containsOnly(
            entry(Attributes.ENDPOINTS_READY, "2"),
            entry(Attributes.ENDPOINTS_READY_NODES, "node-2=1,node-3=1"),
            entry(Attributes.ENDPOINTS_TOTAL, "3"));
    assertThat(targets(slice, Relation.SLICE_OF)).containsExactly(entity("Service", "shop", "web"));
    assertThat(targets(slice, Relation.ENDPOINT))
        .containsExactlyInAnyOrder(
            entity("Pod", "shop", "web-5f4b46c579-plv5k"),
            entity("Pod", "shop", "web-5f4b46c579-9974s"),
            entity("Pod", "shop", "web-5f4b46c579-nq8pb"));
    assertThat(targets(slice, Relation.OWNED_BY)).isEmpty();
  }

  @Test
  void shouldBeTheSameStateWhenEndpointsChangePlaces() {
    ObjectNode shuffled = Samples.read("objects/endpointslice.json");
    ArrayNode endpoints = (ArrayNode) shuffled.path("endpoints");
    endpoints.add(endpoints.remove(0));

    assertThat(trim(shuffled).sameStateAs(trim(Samples.read("objects/endpointslice.json"))))
        .isTrue();
  }

  @Test
  void shouldCountAnEndpointAsReadyWhenItsConditionIsAbsent() {
    ObjectSnapshot slice =
        trim(
            Samples.json(
                "{'kind':'EndpointSlice','metadata':{'name':'s','namespace':'n','ownerReferences':"
                    + "[{'kind':'Service','name':'svc'}]},'endpoints':[{'addresses':['10.0.0.1'],"
                    + "'conditions':{}}]}"));

    assertThat(slice.attribute(Attributes.ENDPOINTS_READY)).isEqualTo("1");
    assertThat(targets(slice, Relation.SLICE_OF)).containsExactly(entity("Service", "n", "svc"));
  }

  @Test
  void shouldTrimADeployment() {
    ObjectSnapshot deployment = trim(Samples.read("objects/deployment.json"));

    assertThat(deployment.selector()).containsOnly(entry("app", "cart"));
    assertThat(deployment.labels()).containsOnly(entry("app", "cart"));
    assertThat(deployment.attributes())
        .contains(
            entry(Attributes.REPLICAS, "2"),
            entry(Attributes.REPLICAS_READY, "2"),
            entry(Attributes.REPLICAS_UPDATED, "2"),
            entry(Attributes.PROGRESSING, "NewReplicaSetAvailable"),
            entry(Attributes.IMAGES, "registry.example.com/cart:1.4.2"))
        .containsKey(Attributes.TEMPLATE);
    assertThat(deployment.edges()).isEmpty();
  }

  @Test
  void shouldChangeTheTemplateWhenAndOnlyWhenThePodTemplateChanges() {
    String before = trim(Samples.read("objects/deployment.json")).attribute(Attributes.TEMPLATE);
    ObjectNode scaled = Samples.read("objects/deployment.json");
    ((ObjectNode) scaled.path("spec")).put("replicas", 9);
    ((ObjectNode) scaled.path("spec").path("template").path("metadata"))
        .putNull("creationTimestamp");
    ObjectNode restarted = Samples.read("objects/deployment.json");
    ((ObjectNode) restarted.path("spec").path("template").path("metadata"))
        .putObject("annotations")
        .put("kubectl.kubernetes.io/restartedAt", "2026-11-21T08:00:00Z");

    assertThat(trim(scaled).attribute(Attributes.TEMPLATE)).isEqualTo(before);
    assertThat(trim(restarted).attribute(Attributes.TEMPLATE)).isNotEqualTo(before);
  }

  @Test
  void shouldTellTheOwnerOfAReplicaSetAndOfAJob() {
    assertThat(targets(trim(Samples.read("objects/replicaset.json")), Relation.OWNED_BY))
        .containsExactly(entity("Deployment", "shop", "cart"));
    ObjectSnapshot job =
        trim(
            Samples.json(
                "{'kind':'Job','metadata':{'name':'j','namespace':'n','ownerReferences':[{'kind':"
                    + "'CronJob','name':'c','controller':true}]}}"));
    assertThat(targets(job, Relation.OWNED_BY)).containsExactly(entity("CronJob", "n", "c"));
  }

  @Test
  void shouldTellThatANodeOwnsAStaticPod() {
    ObjectSnapshot pod =
        trim(
            Samples.json(
                "{'kind':'Pod','metadata':{'name':'p','namespace':'n','ownerReferences':[{'kind':"
                    + "'Node','name':'node-1','controller':true}]}}"));

    assertThat(targets(pod, Relation.OWNED_BY)).containsExactly(entity("Node", null, "node-1"));
  }

  @Test
  void shouldTrimADaemonSetAndAStatefulSet() {
    ObjectSnapshot daemonSet =
        trim(
            Samples.json(
                "{'kind':'DaemonSet','metadata':{'name':'d','namespace':'n'},'status':{"
                    + "'desiredNumberScheduled':5,'numberReady':3,'updatedNumberScheduled':4}}"));
    ObjectSnapshot statefulSet =
        trim(
            Samples.json(
                "{'kind':'StatefulSet','metadata':{'name':'s','namespace':'n'},'spec':{},"
                    + "'status':{'readyReplicas':1}}"));

    assertThat(daemonSet.attributes())
        .contains(
            entry(Attributes.REPLICAS, "5"),
            entry(Attributes.REPLICAS_READY, "3"),
            entry(Attributes.REPLICAS_UPDATED, "4"));
    assertThat(statefulSet.attributes())
        .contains(entry(Attributes.REPLICAS, "1"), entry(Attributes.REPLICAS_READY, "1"));
  }

  @Test
  void shouldTrimAnIngress() {
    ObjectSnapshot ingress = trim(Samples.read("objects/ingress.json"));

    assertThat(ingress.attribute(Attributes.INGRESS_CLASS)).isEqualTo("nginx");
    assertThat(targets(ingress, Relation.ROUTES))
        .containsExactlyInAnyOrder(
            entity("Service", "shop", "fallback"),
            entity("Service", "shop", "web"),
            entity("Service", "shop", "cart"));
    assertThat(targets(ingress, Relation.MOUNTS))
        .containsExactly(entity("Secret", "shop", "shop-tls"));
  }

  @Test
  void shouldTakeTheKindFromTheResourceWhenAListItemLacksIt() {
    ObjectNode pod = Samples.read("objects/pod.json");
    pod.remove("kind");

    assertThat(ObjectTrimmer.trim("c", pod, 7, NOW)).isEmpty();
    assertThat(
            ObjectTrimmer.trim(
                "c", WatchedKind.ofResource("pods").orElseThrow(), pod, 7, NOW, loss -> {}))
        .contains(trim(Samples.read("objects/pod.json")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"c\"}}",
        "{\"kind\":\"Pod\",\"metadata\":{}}"
      })
  void shouldTellNothingWhenItIsNoWatchedObject(String json) throws Exception {
    assertThat(ObjectTrimmer.trim("c", Json.mapper().readTree(json), 7, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node",
        "pod",
        "pod-with-mounts",
        "service",
        "endpointslice",
        "deployment",
        "replicaset",
        "ingress"
      })
  void shouldLoseThatFieldOnlyWhenAnyOneFieldIsHostile(String name) {
    ObjectNode good = Samples.read("objects/" + name + ".json");
    WatchedKind kind = WatchedKind.ofKind(good.path("kind").asText()).orElseThrow();

    int done =
        Samples.mutations(
            good,
            json ->
                ObjectTrimmer.trim("c", kind, json, 7, NOW, loss -> {})
                    .ifPresent(
                        snapshot -> {
                          byte[] bytes = Json.bytes(new TopologyRecord.Present(snapshot));
                          assertThat(Json.read(bytes, TopologyRecord.class))
                              .isEqualTo(new TopologyRecord.Present(snapshot));
                          String path = snapshot.entity().path();
                          assertThat(EntityRef.parsePath(path)).isEqualTo(snapshot.entity());
                        }));

    assertThat(done).isGreaterThan(200);
  }

  @Test
  void shouldStayBelowTheLargestRecordAndTellWhatWasLostWhenAnObjectIsHuge() {
    ObjectNode ingress = Samples.read("objects/ingress.json");
    ArrayNode paths = (ArrayNode) ingress.at("/spec/rules/0/http/paths");
    for (int i = 0; i < 20_000; i++) {
      paths
          .addObject()
          .putObject("backend")
          .putObject("service")
          .put("name", "\"".repeat(100) + "service-" + i);
    }
    List<String> losses = new ArrayList<>();

    ObjectSnapshot snapshot =
        ObjectTrimmer.trim("c", null, ingress, 7, NOW, losses::add).orElseThrow();

    assertThat(Json.bytes(new TopologyRecord.Present(snapshot)))
        .hasSizeLessThan(Topics.MAX_RECORD_BYTES / 2);
    assertThat(losses).singleElement().asString().contains("edges").contains("of 20004");
  }

  private static List<EntityRef> targets(ObjectSnapshot snapshot, Relation relation) {
    return snapshot.edges().stream()
        .filter(edge -> edge.relation() == relation)
        .map(Edge::to)
        .toList();
  }

  private static EntityRef entity(String kind, String namespace, String name) {
    return EntityRef.of(kind, namespace, name);
  }

  private static ObjectSnapshot trim(JsonNode object) {
    return ObjectTrimmer.trim("c", object, 7, NOW).orElseThrow();
  }
}
