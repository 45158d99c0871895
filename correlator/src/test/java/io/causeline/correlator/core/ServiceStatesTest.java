package io.causeline.correlator.core;

import static io.causeline.correlator.knowledge.StateKind.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States of a Service. */
class ServiceStatesTest {

  private final StatesBench bench = new StatesBench();
  private final Seen service = Seen.of("Service", "web").selector("app", "web", "tier", "front");

  private static Seen pod(String name, String node, boolean ready) {
    return Seen.of("Pod", name)
        .labels("app", "web", "tier", "front")
        .with(Attributes.READY, ready ? "True" : "False", Attributes.READINESS_PROBE, "true")
        .on(node);
  }

  private static Seen slice(String readyNodes, int ready) {
    return Seen.of("EndpointSlice", "web-1")
        .with(
            Attributes.ENDPOINTS_READY,
            String.valueOf(ready),
            Attributes.ENDPOINTS_READY_NODES,
            readyNodes)
        .edge(Relation.SLICE_OF, EntityRef.of("Service", "shop", "web"));
  }

  private static Seen ready(String node) {
    return Seen.node(node).with(Attributes.READY, "True");
  }

  @Test
  void shouldConcludeNothingWhenNothingWasSeen() {
    assertThat(bench.all(service.entity())).isEmpty();
  }

  @Test
  void shouldConcludeNothingOfPodsAndEndpointsWhenNoneAreObserved() {
    bench.see(service);

    assertThat(bench.all(service.entity())).isEmpty();
  }

  @Test
  void shouldMatchNoPodOnlyWhenNeitherPodNorTemplateFits() {
    bench.see(service, Seen.of("Pod", "other").labels("app", "cart"));
    assertThat(bench.holds(SELECTOR_MATCHES_NO_POD, service)).isTrue();

    bench.see(Seen.of("Deployment", "web").labels("app", "web", "tier", "front", "x", "y"));
    assertThat(bench.holds(SELECTOR_MATCHES_NO_POD, service)).isFalse();
    assertThat(bench.holds(SELECTOR_MATCHES_PODS, service)).isFalse();

    bench.see(pod("web-1", "n1", true));
    assertThat(bench.holds(SELECTOR_MATCHES_PODS, service)).isTrue();
  }

  @Test
  void shouldNotJudgeATimeBeforePodsWereObserved() {
    bench.see(service, pod("web-1", "n1", true).created(Duration.ofMinutes(-15)).at(1000));

    assertThat(bench.holds(SELECTOR_MATCHES_NO_POD, service)).isFalse();
    assertThat(bench.holds(SELECTOR_MATCHES_PODS, service)).isTrue();
  }

  @Test
  void shouldBeANearMissWhenAReadyPodDiffersInOneValue() {
    Seen pod =
        Seen.of("Pod", "p").labels("app", "web", "tier", "backend").with(Attributes.READY, "True");
    bench.see(service, pod);

    assertThat(bench.holds(SELECTOR_NEAR_MISS, service)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "web,front,True,false", // it matches
    "cart,back,True,false", // two values
    "web,back,False,false", // not ready
    "web,back,True,true",
  })
  void shouldBeNoNearMissOtherwise(String app, String tier, String ready, boolean miss) {
    bench.see(service, Seen.of("Pod", "p").labels("app", app, "tier", tier).with("ready", ready));

    assertThat(bench.holds(SELECTOR_NEAR_MISS, service)).isEqualTo(miss);
  }

  @ParameterizedTest
  @CsvSource({"web,webb,true", "web,Web,true", "web,web-v2,true", "web,cart,false"})
  void shouldAskForLikenessWhenTheSelectorHasOneLabelOnly(String asked, String has, boolean miss) {
    Seen narrow = Seen.of("Service", "narrow").selector("app", asked);
    bench.see(narrow, Seen.of("Pod", "p").labels("app", has).with(Attributes.READY, "True"));

    assertThat(bench.holds(SELECTOR_NEAR_MISS, narrow)).isEqualTo(miss);
  }

  @Test
  void shouldBeNoNearMissWhenThePodIsAnotherServicesAndUnlike() {
    bench.see(
        service,
        Seen.of("Service", "db").selector("tier", "database"),
        Seen.of("Pod", "p").labels("app", "web", "tier", "database").with("ready", "True"));

    assertThat(bench.holds(SELECTOR_NEAR_MISS, service)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "':80>http/TCP',http:8080/TCP,false,false",
    "':80>http/TCP',web:8080/TCP,true,false",
    "':80>http/UDP',http:8080/TCP,true,false",
    "':80>http/TCP','',true,false",
    "':80>8080/TCP',http:8080/TCP,false,false",
    "':80>9090/TCP',http:8080/TCP,false,true",
    "':80>9090/TCP','',false,false",
  })
  void shouldCompareTargetPortsWithWhatPodsDeclare(
      String port, String declared, boolean unknown, boolean undeclared) {
    Seen pod = pod("web-1", "n1", true);
    bench.see(
        service.with(Attributes.PORTS, port),
        declared.isEmpty() ? pod : pod.with(Attributes.CONTAINER_PORTS, declared));

    assertThat(bench.holds(TARGET_PORT_UNKNOWN, service)).isEqualTo(unknown);
    assertThat(bench.holds(TARGET_PORT_UNDECLARED, service)).isEqualTo(undeclared);
  }

  @Test
  void shouldSayNothingOfTargetPortsWhenWhatPodsDeclareIsNotKnown() {
    bench.see(
        service.with(Attributes.PORTS, ":80>http/TCP"),
        Seen.of("Pod", "old").labels("app", "web", "tier", "front"));

    assertThat(bench.holds(TARGET_PORT_UNKNOWN, service)).isFalse();
  }

  @Test
  void shouldTellEndpointsBySlices() {
    bench.see(service, slice("", 0), pod("web-1", "n1", true));
    assertThat(bench.holds(ENDPOINTS_NONE, service)).isTrue();
    assertThat(bench.holds(ENDPOINTS_READY, service)).isFalse();

    bench.see(slice("n1=1", 1));
    assertThat(bench.holds(ENDPOINTS_NONE, service)).isFalse();
    assertThat(bench.holds(ENDPOINTS_READY, service)).isTrue();
  }

  @Test
  void shouldTellEndpointsByPodsWhereNoSlicesAreObserved() {
    bench.see(service, pod("web-1", "n1", false));
    assertThat(bench.holds(ENDPOINTS_NONE, service)).isTrue();

    bench.see(pod("web-2", "n1", true));
    assertThat(bench.holds(ENDPOINTS_READY, service)).isTrue();
  }

  @Test
  void shouldTellASelectorlessServiceWithoutEndpoints() {
    Seen bare = Seen.of("Service", "bare").with(Attributes.TYPE, "ClusterIP");
    Seen alias = Seen.of("Service", "alias").with(Attributes.TYPE, "ExternalName");
    bench.see(bare, alias, slice("n1=1", 1));

    assertThat(bench.holds(SELECTORLESS_WITHOUT_ENDPOINTS, bare)).isTrue();
    assertThat(bench.holds(SELECTORLESS_WITHOUT_ENDPOINTS, alias)).isFalse();
    assertThat(bench.holds(ENDPOINTS_NONE, alias)).isFalse();
    assertThat(bench.holds(SELECTORLESS_WITHOUT_ENDPOINTS, service)).isFalse();
  }

  @Test
  void shouldFindAReadyNodeWithoutLocalEndpointOnlyUnderTheLocalPolicy() {
    bench.see(slice("n1=2", 2), ready("n1"), ready("n2"));
    bench.see(service.with(Attributes.EXTERNAL_TRAFFIC_POLICY, "Cluster"));
    assertThat(bench.holds(LOCAL_POLICY_WITHOUT_LOCAL_ENDPOINT, service)).isFalse();

    bench.see(
        service.with(
            Attributes.EXTERNAL_TRAFFIC_POLICY,
            "Local",
            Attributes.INTERNAL_TRAFFIC_POLICY,
            "Local"));
    assertThat(bench.holds(LOCAL_POLICY_WITHOUT_LOCAL_ENDPOINT, service)).isTrue();
    assertThat(bench.holds(INTERNAL_LOCAL_WITHOUT_LOCAL_ENDPOINT, service)).isTrue();

    bench.see(slice("n1=2,n2=1", 3));
    assertThat(bench.holds(LOCAL_POLICY_WITHOUT_LOCAL_ENDPOINT, service)).isFalse();
    assertThat(bench.holds(LOCAL_POLICY_UNEVEN, service)).isTrue();

    bench.see(slice("n1=2,n2=2", 4));
    assertThat(bench.holds(LOCAL_POLICY_UNEVEN, service)).isFalse();
  }

  @Test
  void shouldNotExpectLocalEndpointsOnANodeThatTakesNoTraffic() {
    bench.see(
        service.with(Attributes.EXTERNAL_TRAFFIC_POLICY, "Local"),
        slice("n1=2", 2),
        ready("n1"),
        ready("cp").with(Attributes.EXCLUDED_FROM_LOAD_BALANCERS, "true"),
        Seen.node("down").with(Attributes.READY, "False"));

    assertThat(bench.holds(LOCAL_POLICY_WITHOUT_LOCAL_ENDPOINT, service)).isFalse();
  }

  @Test
  void shouldTellThatALoadBalancerIsPendingAfterFiveMinutes() {
    Seen old = service.with(Attributes.TYPE, "LoadBalancer");
    Seen young =
        Seen.of("Service", "young")
            .with(Attributes.TYPE, "LoadBalancer")
            .created(Duration.ofMinutes(-6));
    bench.see(old, young.at(360));

    assertThat(bench.holds(LOAD_BALANCER_PENDING, old)).isTrue();
    assertThat(bench.holds(LOAD_BALANCER_PENDING, young)).isFalse();
    assertThat(bench.holds(NOT_LOAD_BALANCER, old)).isFalse();

    bench.see(old.with(Attributes.LOAD_BALANCER, "203.0.113.1"));
    assertThat(bench.holds(LOAD_BALANCER_PENDING, old)).isFalse();
    assertThat(bench.holds(LOAD_BALANCER_HAS_ADDRESS, old)).isTrue();
  }

  @Test
  void shouldTellAServiceOfAnotherType() {
    bench.see(service.with(Attributes.TYPE, "ClusterIP"));

    assertThat(bench.holds(NOT_LOAD_BALANCER, service)).isTrue();
    assertThat(bench.holds(LOAD_BALANCER_PENDING, service)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.1", "https://db.example", "db.example:5432", "a b", "2001::1"})
  void shouldFindAnExternalNameInvalid(String name) {
    Seen alias = Seen.of("Service", "db").with(Attributes.TYPE, "ExternalName");
    bench.see(name.isEmpty() ? alias : alias.with(Attributes.EXTERNAL_NAME, name));

    assertThat(bench.holds(EXTERNAL_NAME_INVALID, alias)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"db.example", "db.example.", "my_db-1.svc.cluster.local", "localhost"})
  void shouldFindAnExternalNameValid(String name) {
    Seen alias = Seen.of("Service", "db").with("type", "ExternalName", "externalName", name);
    bench.see(alias);

    assertThat(bench.holds(EXTERNAL_NAME_INVALID, alias)).isFalse();
  }

  @Test
  void shouldTellThatANodePortIsTakenAndThatPodsArePublishedEarly() {
    bench.see(
        service.with(
            Attributes.NODE_PORTS, "30080/TCP,30443/TCP", "publishNotReadyAddresses", "true"),
        Seen.in("other", "Service", "a").with(Attributes.NODE_PORTS, "30080/UDP"));
    assertThat(bench.holds(NODE_PORT_TAKEN, service)).isFalse();
    assertThat(bench.holds(PUBLISHES_NOT_READY, service)).isTrue();

    bench.see(Seen.in("other", "Service", "b").with(Attributes.NODE_PORTS, "30443/TCP"));
    assertThat(bench.holds(NODE_PORT_TAKEN, service)).isTrue();
  }

  @Test
  void shouldTellThatAllBackendsAreScaledToZero() {
    bench.see(service);
    assertThat(bench.holds(BACKENDS_SCALED_TO_ZERO, service)).isFalse();

    bench.see(
        Seen.of("Deployment", "web").labels("app", "web", "tier", "front").with("replicas", "0"),
        Seen.of("ReplicaSet", "web-1")
            .labels("app", "web", "tier", "front")
            .with("replicas", "1")
            .ownedBy("Deployment", "web"));
    assertThat(bench.holds(BACKENDS_SCALED_TO_ZERO, service)).isTrue();

    bench.see(
        Seen.of("StatefulSet", "web").labels("app", "web", "tier", "front").with("replicas", "1"));
    assertThat(bench.holds(BACKENDS_SCALED_TO_ZERO, service)).isFalse();
  }

  @Test
  void shouldFindEndpointsStaleWhenTheirPodIsGoneForAMinute() {
    Seen pod = pod("web-1", "n1", true);
    bench.see(
        service,
        pod,
        pod("web-2", "n1", true),
        slice("n1=1", 1)
            .edge(Relation.ENDPOINT, pod.entity())
            .edge(Relation.ENDPOINT, EntityRef.of("Pod", "shop", "never-seen")));
    assertThat(bench.holds(ENDPOINTS_STALE, service)).isFalse();

    bench.see(pod.gone(500));
    assertThat(bench.holds(ENDPOINTS_STALE, service)).isTrue();
  }

  @Test
  void shouldNotFindEndpointsStaleWhenTheirPodHasJustGone() {
    Seen pod = pod("web-1", "n1", true);
    bench.see(service, pod, slice("n1=1", 1).edge(Relation.ENDPOINT, pod.entity()));
    bench.see(pod.gone(570));

    assertThat(bench.holds(ENDPOINTS_STALE, service)).isFalse();
  }

  @Test
  void shouldReadTheSignalsOwnObjectWhereThePlaceIsNone() {
    bench.see(service.with(Attributes.TYPE, "LoadBalancer", Attributes.LOAD_BALANCER, "a"));

    assertThat(bench.holdsOf(LOAD_BALANCER_HAS_ADDRESS, "CloudProvider", service.entity()))
        .isTrue();
    assertThat(
            bench.holdsOf(
                LOAD_BALANCER_HAS_ADDRESS, "CloudProvider", EntityRef.of("Pod", "shop", "web")))
        .isFalse();
  }

  @Test
  void shouldLeadToTheWorkloadsThatBackAServiceAlsoWithoutPods() {
    bench.see(
        service,
        Seen.of("Deployment", "web").labels("app", "web", "tier", "front"),
        Seen.of("ReplicaSet", "web-1")
            .labels("app", "web", "tier", "front")
            .ownedBy("Deployment", "web"),
        Seen.of("Deployment", "cart").labels("app", "cart"),
        Seen.in("other", "Deployment", "web").labels("app", "web", "tier", "front"));

    assertThat(bench.topology.step(service.entity(), Relation.BACKED_BY, StatesBench.NOW))
        .containsExactly(EntityRef.of("Deployment", "shop", "web"));
  }
}
