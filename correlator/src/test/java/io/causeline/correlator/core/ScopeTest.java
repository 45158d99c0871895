package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever changes an answer touches something that was looked at for it. */
class ScopeTest {

  private static final EntityRef CLUSTER = EntityRef.singleton("Cluster");

  /** Objects of a small cluster, each with the states that it goes through. */
  private static List<TopologyRecord> records() {
    EntityRef web = EntityRef.of("Service", "shop", "web");
    Seen service =
        Seen.of("Service", "web")
            .selector("app", "web")
            .with(Attributes.TYPE, "LoadBalancer", Attributes.PORTS, ":80>http/TCP")
            .with(Attributes.EXTERNAL_TRAFFIC_POLICY, "Local", Attributes.NODE_PORTS, "30080/TCP");
    Seen pod =
        Seen.of("Pod", "web-1")
            .labels("app", "webb")
            .with(Attributes.READINESS_PROBE, "false", Attributes.HOST_PORTS, "80/TCP")
            .ownedBy("Deployment", "web")
            .created(Duration.ofMinutes(30));
    List<TopologyRecord> all = new ArrayList<>();
    all.add(service.present());
    all.add(Seen.in("kube-system", "Service", "kube-dns").present());
    all.add(Seen.node("n1").with("ready", "True", "podsAllocatable", "1").present());
    all.add(Seen.node("n2").with("ready", "True", Attributes.POD_CIDR, "10.0.0.0/24").present());
    all.add(pod.present());
    all.add(pod.on("n1").with(Attributes.READY, "True").at(10).present());
    all.add(pod.labels("app", "web").at(20).present());
    all.add(
        Seen.of("Pod", "other").on("n1").with(Attributes.HOST_PORTS, "80/TCP").at(30).present());
    all.add(Seen.of("Deployment", "web").labels("app", "web").with("replicas", "0").present());
    all.add(
        Seen.of("EndpointSlice", "web-x")
            .with(Attributes.ENDPOINTS_READY, "1", Attributes.ENDPOINTS_READY_NODES, "n1=1")
            .edge(Relation.SLICE_OF, web)
            .edge(Relation.ENDPOINT, EntityRef.of("Pod", "shop", "web-1"))
            .present());
    all.add(
        Seen.of("Ingress", "web")
            .edge(Relation.ROUTES, web)
            .with(Attributes.BACKENDS, "web:81", Attributes.INGRESS_CLASS, "nginx")
            .present());
    all.add(Seen.global("IngressClass", "traefik").present());
    all.add(Seen.in("kube-system", "Pod", "kube-proxy-a").on("n1").with("ready", "True").present());
    all.add(
        Seen.in("kube-system", "Deployment", "cloud-controller-manager")
            .with(Attributes.REPLICAS_READY, "0")
            .present());
    all.add(
        Seen.in("other", "Service", "x").with(Attributes.NODE_PORTS, "30080/TCP").at(40).present());
    all.add(Seen.node("n2").with("ready", "False").at(50).present());
    all.add(Seen.node("n1").with("ready", "False").at(60).present());
    all.add(Seen.node("n3").with("ready", "False").at(60).present());
    for (int i = 0; i < 3; i++) {
      all.add(Seen.of("Pod", "waits-" + i).at(70).present());
    }
    all.add(pod.gone(80));
    return all;
  }

  private static List<EntityRef> loci() {
    List<EntityRef> loci = new ArrayList<>();
    loci.add(CLUSTER);
    loci.add(EntityRef.of("KubeProxy", null, "n1"));
    loci.add(EntityRef.of("KubeProxy", null, "n2"));
    loci.add(EntityRef.of("Node", null, "n1"));
    loci.add(EntityRef.of("Node", null, "n2"));
    for (String kind : List.of("Service", "Deployment", "Ingress")) {
      loci.add(EntityRef.of(kind, "shop", "web"));
    }
    loci.add(EntityRef.of("Pod", "shop", "web-1"));
    return loci;
  }

  @Test
  void shouldTouchWhatWasLookedAtWheneverAnAnswerChanges() {
    List<TopologyRecord> records = records();
    List<TopologyRecord> reversed = new ArrayList<>(records);
    java.util.Collections.reverse(reversed);
    Set<StateKind> changed = new HashSet<>();

    for (List<TopologyRecord> order : List.of(records, reversed)) {
      Topology topology = new Topology(Duration.ofMinutes(30));
      LocusStates states = new LocusStates(topology);
      for (TopologyRecord record : order) {
        List<LocusStates.Answer> before = answers(states);
        Set<EntityRef> touched = topology.apply(record).touched();
        List<LocusStates.Answer> after = answers(states);
        for (int i = 0; i < before.size(); i++) {
          if (before.get(i).holds() != after.get(i).holds()) {
            StateKind state = questions().get(i).state();
            changed.add(state);
            assertThat(before.get(i).visited())
                .as("%s after %s", state, record)
                .containsAnyElementsOf(touched);
          }
        }
      }
    }
    assertThat(changed).hasSizeGreaterThan(25);
  }

  @Test
  void shouldComeToTheSameAnswersInAnyOrder() {
    List<TopologyRecord> records = records();
    LocusStates inOrder = states(records);
    for (int seed = 0; seed < 20; seed++) {
      List<TopologyRecord> shuffled = new ArrayList<>(records);
      java.util.Collections.shuffle(shuffled, new java.util.Random(seed));

      assertThat(answers(states(shuffled)))
          .extracting(LocusStates.Answer::holds)
          .isEqualTo(answers(inOrder).stream().map(LocusStates.Answer::holds).toList());
    }
  }

  private static LocusStates states(List<TopologyRecord> records) {
    Topology topology = new Topology(Duration.ofMinutes(30));
    records.forEach(topology::apply);
    return new LocusStates(topology);
  }

  private record Asked(EntityRef locus, StateKind state) {}

  private static List<Asked> questions() {
    List<Asked> questions = new ArrayList<>();
    for (EntityRef locus : loci()) {
      for (StateKind state : StateKind.values()) {
        questions.add(new Asked(locus, state));
      }
    }
    return questions;
  }

  private static List<LocusStates.Answer> answers(LocusStates states) {
    List<LocusStates.Answer> answers = new ArrayList<>();
    for (Asked asked : questions()) {
      answers.add(states.read(asked.state(), asked.locus(), asked.locus(), StatesBench.NOW));
    }
    return answers;
  }

  @Test
  void shouldTouchNothingOfTheGroupWhenAPodOnlyRestarts() {
    Seen pod = Seen.of("Pod", "a").on("n1");

    assertThat(
            Scope.touched(
                pod.snapshot(),
                pod.with(Attributes.RESTARTS, "2", Attributes.WAITING, "c=CrashLoopBackOff")
                    .snapshot()))
        .isEmpty();
  }
}
