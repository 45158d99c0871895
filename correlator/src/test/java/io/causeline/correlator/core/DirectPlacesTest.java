package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Edge;
import io.causeline.model.Relation;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectPlacesTest {

  private static final Instant NOON = Scenario.NOON;
  private static final String UID = "0b5c3b7e-6c2f-4f0e-9a53-0d1f2e3a4b5c";

  private final Topology topology = new Topology(Duration.ofMinutes(30));
  private final NamedPlaces named = new NamedPlaces(topology);
  private final DirectPlaces places = new DirectPlaces(topology, named);

  @ParameterizedTest
  @CsvSource({
    // A place of the signal's own object, by its kind and name alone.
    "KubeProxy,Node/-/n1,KubeProxy/-/n1",
    "KubeProxy,Ingress/shop/web,KubeProxy/-/?",
    "KubeProxy,Pod/shop/web-1,KubeProxy/-/?",
    "Namespace,Pod/shop/web-1,Namespace/-/shop",
    "Namespace,Namespace/-/shop,Namespace/-/shop",
    "Service,Endpoints/shop/web,Service/shop/web",
    "Service,EndpointSlice/shop/web-abc-x7f2k,Service/shop/web-abc",
    "Service,TargetGroupBinding/shop/k8s-shop-web-0123456789,TargetGroupBinding/shop/k8s-shop-web-0123456789",
    "Workload,HorizontalPodAutoscaler/shop/web-hpa,HorizontalPodAutoscaler/shop/web-hpa",
    "Workload,Pod/shop/web-7d9f8b6c5d-x7f2k,Deployment/shop/web",
    "Certificate,Certificate/shop/web-tls,Certificate/shop/web-tls",
    "Certificate,CertificateRequest/shop/web-tls-1,Certificate/shop/web-tls",
    "Certificate,CertificateRequest/shop/web-tls-x7f2k,Certificate/shop/web-tls",
    "Certificate,Order/shop/web-tls-1-1234567890,Certificate/shop/web-tls",
    "Certificate,Challenge/shop/web-tls-1-1234567890-987654321,Certificate/shop/web-tls",
    "Certificate,Secret/shop/web-tls,Secret/shop/web-tls",
    "Volume,PersistentVolumeClaim/shop/data,PersistentVolumeClaim/shop/data",
    "Volume,PersistentVolume/-/pv1,PersistentVolume/-/pv1",
    "AdmissionWebhook,ValidatingWebhookConfiguration/-/policy,AdmissionWebhook/-/policy",
    "ControlPlane,Pod/shop/web-1,ControlPlane/-/cluster"
  })
  void shouldLeadByKindAndName(String locusKind, String start, String place) {
    assertThat(places.of(locusKind, EntityRef.parsePath(start), NOON, ""))
        .extracting(EntityRef::path)
        .containsExactly(place);
  }

  @ParameterizedTest
  @CsvSource({
    "Registry,Pod/shop/web-1",
    "Volume,Pod/shop/web-1",
    "Volume,Service/shop/web",
    "Namespace,Node/-/n1",
    "Service,Pod/shop/web-1",
    "Secret,ConfigMap/shop/app",
    "Deployment,Service/shop/web"
  })
  void shouldLeadNowhereWhenNothingTellsWhere(String locusKind, String start) {
    assertThat(places.of(locusKind, EntityRef.parsePath(start), NOON, "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Failed to pull image \"ghcr.io/a/b:1\": 401 Unauthorized | ghcr.io",
        "Back-off pulling image \"nginx\" | docker.io",
        "failed to get sandbox image \\\"registry.k8s.io/pause:3.9\\\": EOF | registry.k8s.io",
        "Failed to apply default image tag \"r:5000/web\": invalid | r:5000"
      })
  void shouldReadTheRegistryOutOfTheImageThatAMessageNames(String message, String registry) {
    assertThat(places.of("Registry", Scenario.pod("web-1"), NOON, message))
        .containsExactly(EntityRef.of("Registry", null, registry));
  }

  @Test
  void shouldKeepToThePodsOwnRegistriesWhenTheMessageNamesNone() {
    present("Pod/shop/web-1", "u1", edge(Relation.PULLS_FROM, "Registry/-/quay.io"));

    assertThat(places.of("Registry", Scenario.pod("web-1"), NOON, "Error: ErrImagePull"))
        .containsExactly(EntityRef.of("Registry", null, "quay.io"));
    assertThat(
            places.of(
                "Registry", Scenario.pod("web-1"), NOON, "image \"$(x)/../y\" cannot be parsed"))
        .containsExactly(EntityRef.of("Registry", null, "quay.io"));
  }

  @Test
  void shouldLeadFromAPodToTheKubeProxyOfItsNode() {
    present("Pod/shop/web-1", "u1", edge(Relation.RUNS_ON, "Node/-/n1"));

    assertThat(places.of("KubeProxy", Scenario.pod("web-1"), NOON, ""))
        .containsExactly(EntityRef.of("KubeProxy", null, "n1"));
  }

  @Test
  void shouldLeadFromAPodToItsOneClaimOrTheVolumeThatTheMessageNames() {
    present(
        "Pod/shop/db-0",
        "u1",
        edge(Relation.MOUNTS, "PersistentVolumeClaim/shop/data-db-0"),
        edge(Relation.MOUNTS, "Secret/shop/login"));
    present("PersistentVolumeClaim/shop/logs", UID);
    EntityRef pod = Scenario.pod("db-0");

    assertThat(places.of("Volume", pod, NOON, "timed out"))
        .extracting(EntityRef::name)
        .containsExactly("data-db-0");
    assertThat(places.of("Volume", pod, NOON, "AttachVolume failed for volume \"pvc-" + UID + "\""))
        .extracting(EntityRef::path)
        .containsExactly("PersistentVolumeClaim/shop/logs");
    assertThat(places.of("Volume", pod, NOON, "persistentvolumeclaim \"cache\" not found"))
        .extracting(EntityRef::path)
        .containsExactly("PersistentVolumeClaim/shop/cache");
  }

  @Test
  void shouldLeadToTheObjectThatAnotherIsNamedAfter() {
    present("Deployment/shop/web", "u1");
    present("Deployment/shop/web-api", "u2");
    present("Service/shop/web-api", "u3");
    EntityRef budget = EntityRef.of("PodDisruptionBudget", "shop", "web-api-pdb");
    EntityRef binding = EntityRef.of("TargetGroupBinding", "shop", "k8s-shop-webapi-0123456789");

    assertThat(places.of("Workload", budget, NOON, ""))
        .containsExactly(EntityRef.of("Deployment", "shop", "web-api"));
    assertThat(places.of("Deployment", budget, NOON, ""))
        .containsExactly(EntityRef.of("Deployment", "shop", "web-api"));
    assertThat(places.of("Service", binding, NOON, ""))
        .containsExactly(Scenario.service("web-api"));
  }

  @ParameterizedTest
  @CsvSource({
    "ConfigMap,app,ConfigMap/shop/app",
    "ConfigMap,pay/app,ConfigMap/pay/app",
    "Node,n1,Node/-/n1",
    "KubeProxy,n1,KubeProxy/-/n1",
    "KubeProxy,10.0.0.7:10249,KubeProxy/-/10.0.0.7",
    "AdmissionWebhook,validate.example.com,AdmissionWebhook/-/validate.example.com",
    "Registry,ghcr.io/a/b:1,Registry/-/ghcr.io",
    "Registry,ghcr.io,Registry/-/ghcr.io",
    "Volume,data,PersistentVolumeClaim/shop/data",
    "Volume,pvc-7,PersistentVolume/-/pvc-7",
    "Workload,web,Deployment/shop/web",
    "Service,web,Service/shop/web"
  })
  void shouldFindTheNamedPlace(String locusKind, String name, String place) {
    assertThat(named.of(locusKind, new NamedPlace(name, null), "shop").map(EntityRef::path))
        .contains(place);
  }

  @Test
  void shouldFindTheNamedPlaceAmongWhatIsKnown() {
    present("StatefulSet/shop/db", "u1");

    assertThat(named.of("Workload", new NamedPlace("db", null), "shop"))
        .contains(EntityRef.of("StatefulSet", "shop", "db"));
    assertThat(named.of("ControlPlane", new NamedPlace("db", null), "shop")).isEmpty();
    assertThat(named.of("Secret", new NamedPlace("A/b/c", null), "shop"))
        .isEqualTo(Optional.empty());
  }

  private static Edge edge(Relation relation, String to) {
    return new Edge(relation, EntityRef.parsePath(to));
  }

  private void present(String path, String uid, Edge... edges) {
    topology.apply(
        new TopologyRecord.Present(
            new ObjectSnapshot(
                Scenario.CLUSTER,
                EntityRef.parsePath(path),
                uid,
                "1",
                1,
                NOON.minusSeconds(60),
                null,
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(edges))));
  }
}
