package io.causeline.correlator.core;

import static io.causeline.correlator.knowledge.StateKind.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** States of nodes, the cluster, workloads, Ingresses, pods, kube-proxy and claims. */
class OtherStatesTest {

  private static final EntityRef CLUSTER = EntityRef.singleton("Cluster");

  private final StatesBench bench = new StatesBench();

  private static Seen node(String name, String ready) {
    return Seen.node(name).with(Attributes.READY, ready);
  }

  private static Seen zoned(String name, String zone, String ready) {
    return node(name, ready).with(Attributes.ZONE, zone);
  }

  @ParameterizedTest
  @EnumSource(StateKind.class)
  void shouldHoldNothingOfWhatWasNeverSeen(StateKind state) {
    for (String kind :
        new String[] {"Node", "Pod", "Service", "Ingress", "Deployment", "Cluster", "KubeProxy"}) {
      assertThat(bench.holds(state, EntityRef.of(kind, "shop", "x"))).isFalse();
    }
  }

  @Test
  void shouldTellWhatANodeIsLike() {
    Seen node =
        node("n1", "Unknown")
            .with(Attributes.UNSCHEDULABLE, "true", Attributes.EXCLUDED_FROM_LOAD_BALANCERS, "true")
            .with(Attributes.PRESSURES, "DiskPressure,NetworkUnavailable");
    Seen well =
        node("n2", "True").with(Attributes.PROVIDER, "aws", Attributes.POD_CIDR, "10.0.0.0/24");
    bench.see(node, well);

    assertThat(bench.all(node.entity()))
        .contains(
            NODE_NOT_READY,
            NODE_CORDONED,
            NODE_WITHOUT_PROVIDER_ID,
            NODE_NETWORK_UNAVAILABLE,
            NODE_WITHOUT_POD_CIDR,
            NODE_EXCLUDED_FROM_LOAD_BALANCERS)
        .doesNotContain(NODE_READY, PEERS_NOT_READY, ZONE_NOT_READY, NODE_PODS_FULL);
    assertThat(bench.all(well.entity())).containsExactly(NODE_READY);
  }

  @Test
  void shouldBeFullWhenItRunsAsManyPodsAsItMay() {
    Seen node = node("n1", "True").with(Attributes.PODS_ALLOCATABLE, "2");
    Seen second = Seen.of("Pod", "b").on("n1");
    bench.see(
        node,
        Seen.of("Pod", "a").on("n1"),
        Seen.of("Pod", "done").on("n1").with(Attributes.PHASE, "Succeeded"),
        Seen.of("Pod", "elsewhere").on("n2"));
    assertThat(bench.holds(NODE_PODS_FULL, node)).isFalse();

    bench.see(second);
    assertThat(bench.holds(NODE_PODS_FULL, node)).isTrue();

    bench.see(second.gone(300));
    assertThat(bench.holds(NODE_PODS_FULL, node)).isFalse();
  }

  @Test
  void shouldTellAZoneThatIsDownFromANodeThatIsDown() {
    bench.see(zoned("a1", "a", "False"), zoned("a2", "a", "True"), zoned("b1", "b", "True"));
    assertThat(bench.holds(ZONE_NOT_READY, Seen.node("a1"))).isFalse();
    assertThat(bench.holds(NODES_OF_ONE_ZONE_DOWN, CLUSTER)).isFalse();

    bench.see(zoned("a2", "a", "False"), zoned("a3", "a", "Unknown"));
    assertThat(bench.holds(ZONE_NOT_READY, Seen.node("a1"))).isTrue();
    assertThat(bench.holds(NODES_OF_ONE_ZONE_DOWN, CLUSTER)).isTrue();
    assertThat(bench.holds(PEERS_NOT_READY, Seen.node("a1"))).isTrue();
    assertThat(bench.holds(SEVERAL_NODES_NOT_READY, CLUSTER)).isTrue();

    bench.see(zoned("b1", "b", "False"));
    assertThat(bench.holds(ZONE_NOT_READY, Seen.node("a1"))).isFalse();
    assertThat(bench.holds(NODES_OF_ONE_ZONE_DOWN, CLUSTER)).isFalse();
  }

  @Test
  void shouldNotCallAFewOfManyNodesSeveral() {
    for (int i = 0; i < 11; i++) {
      bench.see(node("n" + i, i < 3 ? "False" : "True"));
    }

    assertThat(bench.holds(SEVERAL_NODES_NOT_READY, CLUSTER)).isFalse();
  }

  @Test
  void shouldFindNoNodeEligibleForLoadBalancers() {
    bench.see(
        node("n1", "False"),
        node("n2", "True").with(Attributes.EXCLUDED_FROM_LOAD_BALANCERS, "true"),
        node("n3", "True").with(Attributes.TAINTS, "ToBeDeletedByClusterAutoscaler=1:NoSchedule"));
    assertThat(bench.holds(NO_NODE_ELIGIBLE_FOR_LOAD_BALANCERS, CLUSTER)).isTrue();

    bench.see(node("n4", "True").with(Attributes.UNSCHEDULABLE, "true"));
    assertThat(bench.holds(NO_NODE_ELIGIBLE_FOR_LOAD_BALANCERS, CLUSTER)).isFalse();
  }

  @Test
  void shouldCountPodsThatWaitForANodeForLongerThanAMinute() {
    bench.see(
        Seen.of("Pod", "a"),
        Seen.of("Pod", "b"),
        Seen.of("Pod", "running").on("n1"),
        Seen.of("Pod", "new").created(Duration.ofSeconds(-570)).at(570));
    assertThat(bench.holds(PODS_UNSCHEDULED, CLUSTER)).isFalse();

    Seen third = Seen.of("Pod", "c");
    bench.see(third);
    assertThat(bench.holds(PODS_UNSCHEDULED, CLUSTER)).isTrue();

    bench.see(third.on("n1").at(100));
    assertThat(bench.holds(PODS_UNSCHEDULED, CLUSTER)).isFalse();
  }

  @Test
  void shouldTellWhatIsWrongWithTheClustersDns() {
    bench.see(Seen.in("kube-system", "Service", "metrics-server"));
    assertThat(bench.holds(DNS_SERVICE_MISSING, CLUSTER)).isTrue();
    assertThat(bench.holds(DNS_WITHOUT_ENDPOINTS, CLUSTER)).isFalse();

    Seen dns = Seen.in("kube-system", "Service", "cluster-dns").selector("k8s-app", "kube-dns");
    Seen slice = Seen.in("kube-system", "EndpointSlice", "s").edge(Relation.SLICE_OF, dns.entity());
    bench.see(dns, slice.with(Attributes.ENDPOINTS_READY, "0"));
    assertThat(bench.holds(DNS_SERVICE_MISSING, CLUSTER)).isFalse();
    assertThat(bench.holds(DNS_WITHOUT_ENDPOINTS, CLUSTER)).isTrue();

    bench.see(slice.with(Attributes.ENDPOINTS_READY, "2"));
    assertThat(bench.holds(DNS_WITHOUT_ENDPOINTS, CLUSTER)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Pod,shop,web-1,true",
    "Pod,kube-system,aws-cloud-controller-manager-x2z,false",
    "Pod,metallb-system,speaker-abcde,false",
    "Pod,kube-system,svclb-traefik-1,false",
    "DaemonSet,kube-system,kube-vip-ds,false",
    "Pod,kube-system,cloud-node-manager-1,true",
  })
  void shouldFindNoImplementationOfLoadBalancers(
      String kind, String namespace, String name, boolean none) {
    bench.see(
        Seen.of("Service", "web").with(Attributes.TYPE, "LoadBalancer"),
        node("n1", "True").with(Attributes.PROVIDER, "kind"),
        Seen.of("Pod", "any"),
        Seen.in(namespace, kind, name));

    assertThat(bench.holds(NO_LOAD_BALANCER_IMPLEMENTATION, CLUSTER)).isEqualTo(none);
  }

  @Test
  void shouldFindAnImplementationWhereAServiceHasAnAddressOrANodeAProvider() {
    Seen node = node("n1", "True");
    Seen service = Seen.of("Service", "web").with(Attributes.LOAD_BALANCER, "203.0.113.1");
    bench.see(node, service, Seen.of("Pod", "any"));
    assertThat(bench.holds(NO_LOAD_BALANCER_IMPLEMENTATION, service)).isFalse();

    bench.see(service.gone(10)).see(Seen.of("Service", "other"));
    assertThat(bench.holds(NO_LOAD_BALANCER_IMPLEMENTATION, service)).isTrue();

    bench.see(node.with(Attributes.PROVIDER, "aws"));
    assertThat(bench.holds(NO_LOAD_BALANCER_IMPLEMENTATION, service)).isFalse();
  }

  @Test
  void shouldTellThatTheCloudControllerDoesNotRun() {
    Seen deployment =
        Seen.in("kube-system", "Deployment", "hcloud-cloud-controller-manager")
            .with(Attributes.REPLICAS, "1", Attributes.REPLICAS_READY, "0");
    bench.see(deployment);
    assertThat(bench.holds(CLOUD_CONTROLLER_NOT_RUNNING, CLUSTER)).isTrue();

    bench.see(deployment.with(Attributes.REPLICAS_READY, "1"));
    assertThat(bench.holds(CLOUD_CONTROLLER_NOT_RUNNING, CLUSTER)).isFalse();
  }

  @Test
  void shouldTellHowManyPodsOfAWorkloadAreReady() {
    Seen deployment = Seen.of("Deployment", "web").with("replicas", "2", "replicasReady", "0");
    Seen none = Seen.of("Deployment", "none").with("replicas", "0", "replicasReady", "0");
    bench.see(deployment, none);

    assertThat(bench.holds(NO_READY_PODS, deployment)).isTrue();
    assertThat(bench.holds(SCALED_TO_ZERO, deployment)).isFalse();
    assertThat(bench.holds(NO_READY_PODS, none)).isFalse();
    assertThat(bench.holds(SCALED_TO_ZERO, none)).isTrue();
  }

  private static Seen revision(String name, int revision, int wanted, int ready) {
    return Seen.of("ReplicaSet", name)
        .with(Attributes.REVISION, String.valueOf(revision))
        .with(Attributes.REPLICAS, String.valueOf(wanted))
        .with(Attributes.REPLICAS_READY, String.valueOf(ready))
        .ownedBy("Deployment", "web");
  }

  @Test
  void shouldTellThatTheNewestRevisionIsNotReadyWhileAnOlderOneIs() {
    Seen deployment = Seen.of("Deployment", "web").with("replicas", "2");
    bench.see(deployment, revision("web-9", 1, 2, 2));
    assertThat(bench.holds(NEW_REVISION_NOT_READY, deployment)).isFalse();
    assertThat(bench.holds(ALL_REVISIONS_READY, deployment)).isTrue();

    bench.see(revision("web-1", 2, 1, 0));
    assertThat(bench.holds(NEW_REVISION_NOT_READY, deployment)).isTrue();
    assertThat(bench.holds(ALL_REVISIONS_READY, deployment)).isFalse();

    bench.see(revision("web-1", 2, 2, 2), revision("web-9", 1, 0, 0));
    assertThat(bench.holds(NEW_REVISION_NOT_READY, deployment)).isFalse();
    assertThat(bench.holds(ALL_REVISIONS_READY, deployment)).isTrue();
  }

  @Test
  void shouldTellProbesOfAPodsWorkload() {
    bench.see(
        Seen.of("Deployment", "web")
            .with(Attributes.READINESS_PROBE, "false")
            .with(Attributes.CONTAINER_PORTS, "http:8080/TCP")
            .with(Attributes.PROBE_PORTS, "a=http,a=8081"),
        Seen.of("Pod", "web-1").ownedBy("Deployment", "web"));
    EntityRef pod = EntityRef.of("Pod", "shop", "web-1");

    assertThat(bench.holds(WITHOUT_READINESS_PROBE, pod)).isTrue();
    assertThat(bench.holds(PROBE_PORT_UNDECLARED, pod)).isTrue();

    bench.see(
        Seen.of("Deployment", "web")
            .with(Attributes.READINESS_PROBE, "true")
            .with(Attributes.CONTAINER_PORTS, "http:8080/TCP")
            .with(Attributes.PROBE_PORTS, "a=http,a=8080"));
    assertThat(bench.holds(WITHOUT_READINESS_PROBE, pod)).isFalse();
    assertThat(bench.holds(PROBE_PORT_UNDECLARED, pod)).isFalse();
  }

  @Test
  void shouldTellThatABackendIsMissing() {
    Seen ingress =
        Seen.of("Ingress", "web")
            .edge(Relation.ROUTES, EntityRef.of("Service", "shop", "web"))
            .with(Attributes.BACKENDS, "web:80");
    bench.see(ingress);
    assertThat(bench.holds(BACKEND_SERVICE_MISSING, ingress)).isFalse();

    bench.see(Seen.of("Service", "other"));
    assertThat(bench.holds(BACKEND_SERVICE_MISSING, ingress)).isTrue();
    assertThat(bench.holds(BACKEND_PORT_MISSING, ingress)).isFalse();

    bench.see(Seen.of("Service", "web").with(Attributes.PORTS, "http:8080>8080/TCP"));
    assertThat(bench.holds(BACKEND_SERVICE_MISSING, ingress)).isFalse();
    assertThat(bench.holds(BACKEND_PORT_MISSING, ingress)).isTrue();

    bench.see(ingress.with(Attributes.BACKENDS, "web:http,web:8080"));
    assertThat(bench.holds(BACKEND_PORT_MISSING, ingress)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'',none,true",
    "'',nginx,true",
    "'',default,false",
    "nginx,none,false",
    "nginx,nginx,false",
    "traefik,nginx,true",
  })
  void shouldTellThatAnIngressClassIsUnknown(String asked, String known, boolean unknown) {
    Seen ingress = Seen.of("Ingress", "web");
    bench.see(asked.isEmpty() ? ingress : ingress.with(Attributes.INGRESS_CLASS, asked));
    if (!known.equals("none")) {
      Seen ingressClass = Seen.global("IngressClass", known);
      bench.see(
          known.equals("default") ? ingressClass.with(Attributes.DEFAULT, "true") : ingressClass);
    }
    assertThat(bench.holds(INGRESS_CLASS_UNKNOWN, ingress)).isEqualTo(unknown);
    assertThat(bench.holds(INGRESS_WITHOUT_ADDRESS, ingress)).isTrue();

    bench.see(ingress.with(Attributes.LOAD_BALANCER, "203.0.113.1"));
    assertThat(bench.holds(INGRESS_CLASS_UNKNOWN, ingress)).isFalse();
    assertThat(bench.holds(INGRESS_WITHOUT_ADDRESS, ingress)).isFalse();
    assertThat(bench.holds(INGRESS_HAS_ADDRESS, ingress)).isTrue();
  }

  @Test
  void shouldTellThatAHostPortIsTaken() {
    Seen pod = Seen.of("Pod", "a").on("n1").with(Attributes.HOST_PORTS, "80/TCP,443/TCP");
    Seen waiting = Seen.of("Pod", "w").with(Attributes.HOST_PORTS, "443/TCP");
    bench.see(pod, Seen.of("Pod", "b").on("n2").with(Attributes.HOST_PORTS, "443/TCP"));
    assertThat(bench.holds(HOST_PORT_TAKEN, pod)).isFalse();

    bench.see(waiting);
    assertThat(bench.holds(HOST_PORT_TAKEN, pod)).isFalse();
    assertThat(bench.holds(HOST_PORT_TAKEN, waiting)).isTrue();

    bench.see(Seen.of("Pod", "c").on("n1").with(Attributes.HOST_PORTS, "443/TCP"));
    assertThat(bench.holds(HOST_PORT_TAKEN, pod)).isTrue();
  }

  @Test
  void shouldTellThatThePodsDnsPolicyIsIgnored() {
    Seen pod =
        Seen.of("Pod", "a").with(Attributes.HOST_NETWORK, "true", "dnsPolicy", "ClusterFirst");
    Seen right = Seen.of("Pod", "b").with("hostNetwork", "true", "dnsPolicy", "Default");
    bench.see(pod, right);

    assertThat(bench.holds(DNS_POLICY_IGNORED, pod)).isTrue();
    assertThat(bench.holds(DNS_POLICY_IGNORED, right)).isFalse();
  }

  @Test
  void shouldTellTheKubeProxyPodOfANode() {
    EntityRef first = EntityRef.of("KubeProxy", null, "n1");
    EntityRef second = EntityRef.of("KubeProxy", null, "n2");
    EntityRef all = EntityRef.singleton("KubeProxy");
    bench.see(node("n1", "True"), node("n2", "True"));
    assertThat(bench.holds(KUBE_PROXY_POD_NOT_READY, first)).isFalse();

    bench.see(Seen.in("kube-system", "Pod", "kube-proxy-a").on("n1").with("ready", "True"));
    assertThat(bench.holds(KUBE_PROXY_POD_NOT_READY, first)).isFalse();
    assertThat(bench.holds(KUBE_PROXY_PODS_READY, first)).isTrue();
    assertThat(bench.holds(KUBE_PROXY_POD_NOT_READY, second)).isTrue();
    assertThat(bench.holds(KUBE_PROXY_PODS_READY, all)).isTrue();

    bench.see(Seen.in("kube-system", "Pod", "kube-proxy-b").on("n2").with("ready", "False"));
    assertThat(bench.holds(KUBE_PROXY_POD_NOT_READY, second)).isTrue();
    assertThat(bench.holds(KUBE_PROXY_PODS_READY, all)).isFalse();
    assertThat(bench.holdsOf(KUBE_PROXY_POD_NOT_READY, "ClusterNetwork", Seen.node("n1").entity()))
        .isFalse();
  }

  @Test
  void shouldTellThatAClaimIsPending() {
    Seen claim = Seen.of("PersistentVolumeClaim", "data").with(Attributes.PHASE, "Pending");
    Seen pod = Seen.of("Pod", "db-0").edge(Relation.MOUNTS, claim.entity());
    bench.see(claim, pod);
    assertThat(bench.holds(CLAIM_PENDING, claim)).isTrue();
    assertThat(bench.holdsOf(CLAIM_PENDING, "CloudProvider", pod.entity())).isTrue();

    bench.see(claim.with(Attributes.PHASE, "Bound"));
    assertThat(bench.holds(CLAIM_PENDING, claim)).isFalse();
  }

  @Test
  void shouldReadTheStateThatHeldThen() {
    Seen node = node("n1", "True");
    bench.see(node, node("n1", "False").at(700));

    assertThat(bench.holds(NODE_READY, node)).isTrue();
    assertThat(bench.holds(NODE_NOT_READY, node)).isFalse();
  }
}
