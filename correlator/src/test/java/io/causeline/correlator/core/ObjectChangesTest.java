package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What two states of one object tell. */
class ObjectChangesTest {

  private static List<ObservedChange> changes(Seen before, Seen after) {
    return ObjectChanges.between(before.snapshot(), after.snapshot());
  }

  private static ObservedChange only(Seen before, Seen after) {
    List<ObservedChange> changes = changes(before, after);
    assertThat(changes).hasSize(1);
    return changes.get(0);
  }

  private static Seen node() {
    return Seen.node("n1");
  }

  private static Seen service() {
    return Seen.of("Service", "web");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Node", "Pod", "Service", "Ingress", "ConfigMap", "Deployment", "CronJob"})
  void shouldTellNothingWhenNothingChanged(String kind) {
    assertThat(changes(Seen.of(kind, "x"), Seen.of(kind, "x").at(5))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Node", "Pod", "Service", "NetworkPolicy", "ResourceQuota", "Namespace"})
  void shouldTellThatAnObjectIsNewWhenItIsSeenAtOnce(String kind) {
    ObjectSnapshot object = Seen.of(kind, "x").created(Duration.ofSeconds(3)).snapshot();

    List<ObservedChange> changes = ObjectChanges.between(null, object);

    assertThat(changes).extracting(ObservedChange::kind).containsExactly(ChangeKind.CREATED);
    assertThat(changes.get(0).at()).isEqualTo(Seen.NOON.minusSeconds(3));
  }

  @Test
  void shouldNotCallWhatAFirstListFindsNew() {
    ObjectSnapshot object = Seen.of("Pod", "x").created(Duration.ofMinutes(1)).snapshot();

    assertThat(ObjectChanges.between(null, object)).isEmpty();
  }

  @Test
  void shouldTellTheSameCreationWhicheverStateComesFirst() {
    Seen pod = Seen.of("Pod", "x").created(Duration.ofSeconds(3));
    Topology inOrder = new Topology(Duration.ofMinutes(30));
    Topology reversed = new Topology(Duration.ofMinutes(30));
    ObjectSnapshot first = pod.snapshot();
    ObjectSnapshot second = pod.with(Attributes.READY, "True").at(4).snapshot();

    String told =
        inOrder
            .apply(new io.causeline.model.TopologyRecord.Present(first))
            .changes()
            .get(0)
            .identity();
    assertThat(reversed.apply(new io.causeline.model.TopologyRecord.Present(second)).changes())
        .extracting(ObservedChange::identity)
        .containsExactly(told);
    Topology.Update late = reversed.apply(new io.causeline.model.TopologyRecord.Present(first));
    assertThat(late.changes()).extracting(ObservedChange::identity).contains(told);
  }

  @Test
  void shouldTellTheWordsOfANodeThatIsNotReady() {
    ObservedChange change =
        only(
            node().with(Attributes.READY, "True"),
            node()
                .with(Attributes.READY, "False", Attributes.READY_REASON, "KubeletNotReady")
                .with(Attributes.READY_MESSAGE, "cni plugin not initialized"));

    assertThat(change.kind()).isEqualTo(ChangeKind.NODE_CONDITION);
    assertThat(change.attributes())
        .containsOnly(
            entry("Ready", "False"),
            entry("reason", "KubeletNotReady"),
            entry("message", "cni plugin not initialized"));
  }

  @Test
  void shouldTellThatANodeIsNotReadyForAnotherReason() {
    ObservedChange change =
        only(
            node().with("ready", "False", Attributes.READY_MESSAGE, "PLEG is not healthy"),
            node().with("ready", "False", Attributes.READY_MESSAGE, "cni not ready").at(9));

    assertThat(change.kind()).isEqualTo(ChangeKind.NODE_CONDITION);
    assertThat(change.attributes()).containsEntry("message", "cni not ready");
    assertThat(change.at()).isEqualTo(Seen.NOON.plusSeconds(9));
  }

  @Test
  void shouldTellEachPressureThatComesAndGoes() {
    assertThat(
            changes(
                node().with(Attributes.PRESSURES, "DiskPressure"),
                node().with(Attributes.PRESSURES, "NetworkUnavailable")))
        .extracting(ObservedChange::attributes)
        .containsExactlyInAnyOrder(
            java.util.Map.of("pressure", "NetworkUnavailable", "value", "True"),
            java.util.Map.of("pressure", "DiskPressure", "value", "False"));
  }

  @Test
  void shouldTellThatANodeRebootedOnlyWhenBothBootsAreKnown() {
    Seen booted = node().with(Attributes.BOOT_ID, "b2");

    assertThat(only(node().with(Attributes.BOOT_ID, "b1"), booted).kind())
        .isEqualTo(ChangeKind.NODE_REBOOTED);
    assertThat(changes(node(), booted)).isEmpty();
  }

  @Test
  void shouldTellTaintsByTheirKeys() {
    ObservedChange change =
        only(
            node().with(Attributes.TAINTS, "old:NoSchedule,same=1:NoExecute"),
            node().with(Attributes.TAINTS, "dedicated=gpu:NoSchedule,same=1:NoExecute"));

    assertThat(change.kind()).isEqualTo(ChangeKind.TAINTS_CHANGED);
    assertThat(change.attributes())
        .containsOnly(entry("added", "dedicated"), entry("removed", "old"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Node", "Pod"})
  void shouldTellLabelsByTheirKeys(String kind) {
    ObservedChange change =
        only(
            Seen.of(kind, "x").labels("a", "1", "b", "1", "c", "1"),
            Seen.of(kind, "x").labels("a", "1", "b", "2", "d", "1"));

    assertThat(change.kind()).isEqualTo(ChangeKind.LABELS_CHANGED);
    assertThat(change.attributes()).containsOnly(entry("keys", "b,c,d"));
  }

  @ParameterizedTest
  @CsvSource({
    "type,ClusterIP,LoadBalancer",
    "ports,:80>8080/TCP,:80>http/TCP",
    "externalTrafficPolicy,Cluster,Local",
    "internalTrafficPolicy,Cluster,Local",
    "sessionAffinity,None,ClientIP",
    "loadBalancerIP,203.0.113.1,203.0.113.2",
    "loadBalancerClass,a,b",
    "loadBalancerSourceRanges,10.0.0.0/8,10.1.0.0/16",
    "externalName,a.example,b.example",
    "externalIPs,203.0.113.1,203.0.113.2",
  })
  void shouldTellWhichFieldOfAServiceChanged(String field, String from, String to) {
    ObservedChange change = only(service().with(field, from), service().with(field, to));

    assertThat(change.kind()).isEqualTo(ChangeKind.SERVICE_CHANGED);
    assertThat(change.attributes())
        .containsOnly(entry("field", field), entry("from", from), entry("to", to));
  }

  @Test
  void shouldTellThatPodsArePublishedEarlyFromNow() {
    assertThat(only(service(), service().with("publishNotReadyAddresses", "true")).attributes())
        .containsOnly(
            entry("field", "publishNotReadyAddresses"), entry("from", ""), entry("to", "true"));
  }

  @Test
  void shouldTellOnlyTheAnnotationThatChanged() {
    ObservedChange change =
        only(
            service().with(Attributes.ANNOTATIONS, "lb/a=1,lb/b=1"),
            service().with(Attributes.ANNOTATIONS, "lb/a=1,lb/b=2"));

    assertThat(change.kind()).isEqualTo(ChangeKind.SERVICE_CHANGED);
    assertThat(change.attributes())
        .containsOnly(
            entry("field", "annotations"), entry("from", "lb/b=1"), entry("to", "lb/b=2"));
  }

  @Test
  void shouldTellThatAServiceGetsAndLosesItsAddress() {
    Seen with = service().with(Attributes.LOAD_BALANCER, "203.0.113.1");

    assertThat(only(service(), with).kind()).isEqualTo(ChangeKind.LOAD_BALANCER_ASSIGNED);
    ObservedChange lost = only(with, service());
    assertThat(lost.kind()).isEqualTo(ChangeKind.LOAD_BALANCER_REMOVED);
    assertThat(lost.attributes()).containsOnly(entry("address", "203.0.113.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "ConfigMap,data",
    "NetworkPolicy,spec",
    "ResourceQuota,spec",
    "LimitRange,spec",
    "IngressClass,spec",
    "Ingress,rules",
    "Ingress,tls",
  })
  void shouldTellThatContentChanged(String kind, String field) {
    ObservedChange change =
        only(Seen.of(kind, "x").with(field, "1"), Seen.of(kind, "x").with(field, "2"));

    assertThat(change.kind()).isEqualTo(ChangeKind.CONFIG_CHANGED);
    assertThat(change.attributes()).containsOnly(entry("field", field));
  }

  @Test
  void shouldTellTheClassAndTheAnnotationsOfAnIngress() {
    assertThat(
            only(
                    Seen.of("Ingress", "x").with(Attributes.INGRESS_CLASS, "nginx"),
                    Seen.of("Ingress", "x").with(Attributes.INGRESS_CLASS, "traefik"))
                .attributes())
        .containsOnly(entry("field", "class"), entry("from", "nginx"), entry("to", "traefik"));
    assertThat(
            only(
                    Seen.of("Ingress", "x").with(Attributes.ANNOTATIONS, "n/a=1f,n/b=2f"),
                    Seen.of("Ingress", "x").with(Attributes.ANNOTATIONS, "n/a=1f,n/b=3f"))
                .attributes())
        .containsOnly(entry("field", "annotations"), entry("from", "n/b"), entry("to", "n/b"));
  }

  @Test
  void shouldTellTheControllerOfAnIngressClassInPlaceOfItsSpec() {
    assertThat(
            only(
                    Seen.of("IngressClass", "x").with("controller", "a", "spec", "1"),
                    Seen.of("IngressClass", "x").with("controller", "b", "spec", "2"))
                .attributes())
        .containsEntry("field", "controller");
  }

  @Test
  void shouldTellARolloutOfACronJob() {
    assertThat(
            only(
                    Seen.of("CronJob", "x").with(Attributes.TEMPLATE, "1", "images", "a:1"),
                    Seen.of("CronJob", "x").with(Attributes.TEMPLATE, "2", "images", "a:2"))
                .kind())
        .isEqualTo(ChangeKind.TEMPLATE_CHANGED);
  }
}
