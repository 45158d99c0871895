package io.causeline.bridge.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.bridge.alertmanager.EntityResolver.How;
import io.causeline.bridge.alertmanager.EntityResolver.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EntityResolverTest {

  /** What kube-prometheus-stack's scrape of kube-state-metrics attaches to every alert. */
  private static final String KSM =
      " job=kube-state-metrics instance=10.42.1.28:8080 endpoint=http namespace=monitoring"
          + " pod=kube-prometheus-stack-kube-state-metrics-7d9f8c6b5-x2x7k"
          + " service=kube-prometheus-stack-kube-state-metrics container=kube-state-metrics"
          + " prometheus=monitoring/kube-prometheus-stack-prometheus";

  private final EntityResolver resolver = new EntityResolver(EntityRules.builtIn());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KubeDeploymentReplicasMismatch | deployment=web namespace=shop | Deployment/shop/web",
        "KubeNodeNotReady | node=n1 condition=Ready status=true | Node/-/n1",
        "KubeNodePressure | node=n1 condition=DiskPressure | Node/-/n1",
        "KubeJobFailed | job_name=backup namespace=shop | Job/shop/backup",
        "KubePersistentVolumeErrors | persistentvolume=pv-1 phase=Failed | PersistentVolume/-/pv-1",
        "KubePodCrashLooping | namespace=shop pod=web-1 container=app | Pod/shop/web-1",
        "KubernetesContainerOomKiller | namespace=shop pod=web-1 container=app | Pod/shop/web-1",
        "KubeHpaMaxedOut | namespace=shop hpa=web | HorizontalPodAutoscaler/shop/web",
        "LoadBalancerNoExternalIP | namespace=shop service=web | Service/shop/web",
        "ServiceNoEndpoints | namespace=shop endpoint=web | Service/shop/web",
        "KubeCPUOvercommit | | Cluster/-/cluster",
        "KubeStateMetricsListErrors | | Cluster/-/cluster",
        "KubeAggregatedAPIDown | name=v1beta1.metrics.k8s.io | APIService/-/v1beta1.metrics.k8s.io"
      })
  void shouldFollowTheRuleWhenTheAlertIsKnown(String name, String labels, String entity) {
    Resolution plain = resolve(name, labels == null ? "" : labels);
    Resolution helm = resolve(name, KSM + " " + (labels == null ? "" : labels));

    assertThat(plain.entity()).hasToString(entity);
    assertThat(helm.entity()).hasToString(entity);
    assertThat(helm.how()).isEqualTo(How.KNOWN_ALERT);
    assertThat(helm.candidates()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NodeClockSkewDetected | instance=10.0.0.31:9100 job=node-exporter namespace=monitoring"
            + " pod=x-node-exporter-abcde container=node-exporter | Node/-/10.0.0.31",
        "NodeFilesystemAlmostOutOfSpace | instance=worker-1 device=sda1 | Node/-/worker-1",
        "NodeMemoryHighUtilization | instance=[fd00::1]:9100 | Node/-/fd00::1",
        "NodeMemoryHighUtilization | instance=127.0.0.1:9100 job=node-exporter | Cluster/-/cluster",
        "KubeletInstanceUnreachable | node=n1 instance=10.0.0.1:10250 | Node/-/n1",
        "KubeProxyDown | job=kube-proxy | KubeProxy/-/cluster",
        "KubeProxyDown | job=kube-proxy instance=10.0.0.1:10249 | Node/-/10.0.0.1",
        "CoreDNSDown | job=coredns | ClusterDNS/-/cluster",
        "KubeAPIDown | job=apiserver | ControlPlane/-/cluster",
        "etcdNoLeader | job=etcd instance=10.0.0.1:2379 | ControlPlane/-/cluster",
        "MetalLBAddressPoolUsage80Percent | pool=prod namespace=m pod=c | IPAddressPool/-/prod",
        "TargetDown | job=web namespace=shop service=web | Service/shop/web",
        "TargetDown | job=k10 | Cluster/-/cluster"
      })
  void shouldReadAddressesAndPlacesWhenTheRuleSaysSo(String name, String labels, String entity) {
    assertThat(resolve(name, labels).entity()).hasToString(entity);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Known alert, plain Prometheus that does not honour labels.
        "KubePodCrashLooping | exported_namespace=shop exported_pod=web-1 exported_container=app"
            + " namespace=monitoring pod=ksm-1 | Pod/shop/web-1",
        "CertManagerCertNotReady | exported_namespace=shop name=tls namespace=cert-manager"
            + " | Certificate/shop/tls",
        "CertManagerCertNotReady | name=tls namespace=shop | Certificate/shop/tls",
        // The same for rules of the user's own.
        "MyPod | exported_namespace=shop exported_pod=web-1 namespace=monitoring pod=x service=y"
            + " | Pod/shop/web-1",
        "MyDeployment | exported_namespace=shop deployment=web namespace=monitoring endpoint=http"
            + " pod=exporter-1 service=exporter container=c | Deployment/shop/web",
        "MyPod | exported_namespace=shop pod=web-1 namespace=monitoring node=n9"
            + " service=prometheus-kube-state-metrics exported_node=n1 | Pod/shop/web-1"
      })
  void shouldTakeTheRenamedLabelWhenTheScrapeRenamedIt(String name, String labels, String entity) {
    assertThat(resolve(name, labels).entity()).hasToString(entity);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deployment=web namespace=shop | Deployment/shop/web",
        "node=n1 | Node/-/n1",
        "resourcequota=q namespace=shop | ResourceQuota/shop/q",
        "persistentvolume=pv-1 | PersistentVolume/-/pv-1",
        "namespace=shop pod=web-1 | Pod/shop/web-1",
        "namespace=shop pod=web-1 container=kube-rbac-proxy-main | Pod/shop/web-1",
        "namespace=shop | Namespace/-/shop",
        "'' | Cluster/-/cluster"
      })
  void shouldPutTheExporterAsideWhenTheRuleIsTheUsersOwn(String labels, String entity) {
    assertThat(resolve("MyRule", KSM + " " + labels).entity()).hasToString(entity);
  }

  @Test
  void shouldTakeTheMostSpecificAndKeepTheOthersAsCandidates() {
    Resolution about =
        resolve(
            "HighLatency",
            "namespace=shop pod=web-1 service=web node=n1 job=web instance=10.0.0.9:80"
                + " endpoint=http container=app handler=/pay severity=critical");

    assertThat(about.entity()).hasToString("Pod/shop/web-1");
    assertThat(about.candidates()).hasToString("[Service/shop/web, Node/-/n1]");
    assertThat(about.toldApartBy())
        .containsExactlyInAnyOrderEntriesOf(Map.of("container", "app", "handler", "/pay"));
    assertThat(about.how()).isEqualTo(How.LABELS);
  }

  @Test
  void shouldReadTheNodeFromTheAddressWhenTheJobIsANodes() {
    Resolution exporter =
        resolve(
            "MyDisk",
            "job=node-exporter instance=10.0.0.31:9100 namespace=monitoring device=sda"
                + " pod=x-prometheus-node-exporter-abcde service=x-prometheus-node-exporter");
    Resolution cadvisor =
        resolve(
            "MyThrottling",
            "job=kubelet instance=10.0.0.31:10250 namespace=shop pod=web-1 container=app"
                + " service=kube-prometheus-stack-kubelet metrics_path=/metrics/cadvisor");
    Resolution application = resolve("MyApp", "job=web instance=10.0.0.31:8080");

    assertThat(exporter.entity()).hasToString("Node/-/10.0.0.31");
    assertThat(exporter.toldApartBy()).containsOnlyKeys("device");
    assertThat(cadvisor.entity()).hasToString("Pod/shop/web-1");
    assertThat(cadvisor.candidates()).hasToString("[Node/-/10.0.0.31]");
    assertThat(application.entity()).hasToString("Cluster/-/cluster");
    assertThat(application.toldApartBy()).containsOnlyKeys("job", "instance");
    assertThat(application.how()).isEqualTo(How.CLUSTER);
  }

  @Test
  void shouldNameTheNodeThatReportedWhenAVolumeFillsUp() {
    Resolution about =
        resolve(
            "KubePersistentVolumeFillingUp",
            "namespace=shop persistentvolumeclaim=data-0 node=n1 instance=10.0.0.1:10250"
                + " service=kube-prometheus-stack-kubelet");

    assertThat(about.entity()).hasToString("PersistentVolumeClaim/shop/data-0");
    assertThat(about.candidates()).hasToString("[Node/-/n1]");
    assertThat(about.toldApartBy()).containsOnlyKeys("node");
  }

  @Test
  void shouldFallBackToTheLabelsWhenAKnownAlertLacksThoseOfItsRule() {
    Resolution about = resolve("KubePodNotReady", "namespace=shop deployment=web" + KSM_JOB);

    assertThat(about.entity()).hasToString("Deployment/shop/web");
  }

  private static final String KSM_JOB = " job=kube-state-metrics instance=10.42.1.28:8080";

  @Test
  void shouldKnowEveryAlertOfTheCommonMixins() {
    assertThat(EntityRules.builtIn().names())
        .hasSizeGreaterThan(180)
        .contains("KubeNodeNotReady", "TargetDown", "ServiceHasNoEndpoints", "CiliumAgent*");
  }

  static List<Arguments> knownAlerts() throws IOException {
    try (InputStream in = EntityResolverTest.class.getResourceAsStream("known-alerts.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\\|", -1))
          .map(part -> Arguments.of(part[0].trim(), part[1].trim(), part[2].trim()))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("knownAlerts")
  void shouldBeAboutWhatItsRuleSaysWhenTheAlertIsListed(String name, String labels, String entity) {
    Resolution about = resolve(name, labels);

    assertThat(about.entity()).hasToString(entity);
    assertThat(about.how()).isEqualTo(How.KNOWN_ALERT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BlackboxProbeFailed | job=probe/shop/front namespace=shop ingress=front"
            + " instance=https://shop.example.com | Ingress/shop/front",
        "BlackboxProbeFailed | job=blackbox instance=http://web.shop.svc.cluster.local:8080/healthz"
            + " | Service/shop/web",
        "BlackboxSlowProbe | job=blackbox instance=db.shop.svc:5432 | Service/shop/db",
        "BlackboxProbeHttpFailure | job=services namespace=shop service=web"
            + " instance=http://10.0.0.9:8080 | Service/shop/web",
        "BlackboxProbeFailed | job=prometheus-blackbox-exporter namespace=monitoring"
            + " service=prometheus-blackbox-exporter pod=prometheus-blackbox-exporter-7d9f8c6b5-x2x7k"
            + " instance=https://shop.example.com | Cluster/-/cluster",
        "PodLoadImbalance | namespace=shop service=web | Service/shop/web",
        "PodLoadImbalance | namespace=shop deployment=web | Deployment/shop/web",
        "NodeTrafficImbalance | namespace=shop service=web | Service/shop/web",
        "NGINXConfigFailed | '' | IngressController/-/cluster",
        "NGINXTooMany500s | exported_namespace=shop ingress=front | Ingress/shop/front",
        "NGINXCertificateExpiry | host=shop.example.com | Cluster/-/cluster"
      })
  void shouldTakeWhatTheLabelsLeaveOverWhenTheUsualRuleNamesNothing(
      String name, String labels, String entity) {
    assertThat(resolve(name, labels).entity()).hasToString(entity);
  }

  @Test
  void shouldTakeTheExactNameThenTheLongestBeginning() throws IOException {
    EntityRules rules =
        rules("A | | | Node*\nB | | | NodeDisk*\nC | | | NodeDiskFull\nD | | | NodeE*");

    assertThat(rules.of("NodeDiskFull").orElseThrow().entity().get(0).kind()).isEqualTo("C");
    assertThat(rules.of("NodeDiskSlow").orElseThrow().entity().get(0).kind()).isEqualTo("B");
    assertThat(rules.of("NodeDown").orElseThrow().entity().get(0).kind()).isEqualTo("A");
    assertThat(rules.of("Other")).isEmpty();
  }

  @Test
  void shouldNameTheLineWhenARuleIsWrong() {
    assertThatThrownBy(() -> rules("# c\nPod namespace/pod | KubePodNotReady"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("4 columns");
    assertThatThrownBy(() -> rules("  A")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> rules("| | | A")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> rules("Pod a b | | | A")).hasMessageContaining("'Kind label'");
    assertThatThrownBy(() -> rules("Node node | | | A\nPod p | | | A"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("has a rule already");
  }

  private static EntityRules rules(String text) throws IOException {
    return EntityRules.read(new StringReader(text));
  }

  /** Later labels win, as a metric's own do where the scrape honours them. */
  private Resolution resolve(String name, String labels) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String label : labels.trim().split("\\s+", -1)) {
      int equals = label.indexOf('=');
      if (equals > 0) {
        map.put(label.substring(0, equals), label.substring(equals + 1));
      }
    }
    return resolver.resolve(name, AlertLabels.of(map));
  }
}
