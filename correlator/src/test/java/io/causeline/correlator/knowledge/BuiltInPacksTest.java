package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.Cause.Advice;
import io.causeline.correlator.knowledge.Knowledge.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class BuiltInPacksTest {

  private static final Knowledge KNOWLEDGE = KnowledgeLoader.builtIn();
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  @Test
  void shouldHoldTheWholeCatalogueWhenLoaded() throws IOException {
    List<String> catalogue;
    try (InputStream in =
        Objects.requireNonNull(BuiltInPacksTest.class.getResourceAsStream("catalogue.txt"))) {
      catalogue = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(catalogue).hasSize(148);
    assertThat(KNOWLEDGE.causes()).extracting(Cause::id).contains("unknown").containsAll(catalogue);
  }

  static Collection<Cause> knownCauses() {
    return KNOWLEDGE.causes().stream().filter(cause -> !cause.id().equals(Cause.UNKNOWN)).toList();
  }

  @ParameterizedTest
  @MethodSource("knownCauses")
  void shouldBeCompleteWhenShipped(Cause cause) {
    assertThat(cause.evidence()).isNotEmpty();
    assertThat(cause.checks()).isNotEmpty();
    // What heals by itself is left alone.
    if (!cause.id().startsWith("benign-")) {
      assertThat(cause.fixes()).isNotEmpty();
    }
    assertThat(cause.fixes()).allSatisfy(fix -> assertThat(fix.risk()).isNotNull());
    assertThat(cause.references()).allSatisfy(url -> assertThat(url).startsWith("https://"));
    // What is harmless, and what nothing else reads, never stand before a cause that is named.
    if (!cause.id().startsWith("benign-") && !cause.id().equals("lb-sync-failed-unclassified")) {
      assertThat(cause.evidence())
          .anySatisfy(line -> assertThat(line.weight()).isIn(Weight.STRONG, Weight.MEDIUM));
    }
  }

  @ParameterizedTest
  @MethodSource("knownCauses")
  void shouldSpeakBothLanguagesWhenShipped(Cause cause) {
    List<LocalText> texts = new ArrayList<>(cause.prevention());
    texts.add(cause.title());
    for (Advice advice : Stream.of(cause.checks(), cause.fixes()).flatMap(List::stream).toList()) {
      texts.add(advice.text());
      if (advice.risk() != null) {
        texts.add(advice.risk());
      }
    }
    assertThat(texts)
        .allSatisfy(
            text -> {
              assertThat(HAN.matcher(text.zh()).find()).as(text.zh()).isTrue();
              assertThat(HAN.matcher(text.en()).find()).as(text.en()).isFalse();
              assertThat(placeholders(text.zh())).isEqualTo(placeholders(text.en()));
            });
  }

  /** A line that stands for two patterns at once would count one fact twice. */
  @Test
  void shouldGiveEachLineItsOwnSourceWhenItIsAGroupOfItsOwn() {
    for (Cause cause : KNOWLEDGE.causes()) {
      Set<String> sources = new HashSet<>();
      Stream.of(cause.evidence(), cause.symptoms(), cause.against(), cause.recovery())
          .flatMap(List::stream)
          .forEach(line -> assertThat(sources.add(line.source())).as(line.source()).isTrue());
    }
  }

  static Stream<Arguments> matching() throws IOException {
    return samples("match");
  }

  @ParameterizedTest
  @MethodSource("matching")
  void shouldBeEvidenceWhenTheMessageNamesTheCause(
      String cause, String reason, String kind, String message) {
    assertThat(carried(reason, kind, message)).contains(cause);
  }

  static Stream<Arguments> notMatching() throws IOException {
    return samples("not");
  }

  @ParameterizedTest
  @MethodSource("notMatching")
  void shouldBeNoEvidenceWhenTheMessageOnlyLooksLikeTheCause(
      String cause, String reason, String kind, String message) {
    assertThat(carried(reason, kind, message)).doesNotContain(cause);
  }

  /** No webhook body alone may lead to a confident answer, but for alerts that name the fault. */
  @Test
  void shouldNameACauseByAlertAloneOnlyWhenTheAlertNamesTheFault() {
    Set<String> strong = new HashSet<>();
    for (Cause cause : KNOWLEDGE.causes()) {
      for (Matcher line : cause.evidence()) {
        // A label may say that it is the very thing: the cluster's DNS, the Ingress controller.
        if (line instanceof Matcher.OnAlert alert
            && line.weight() == Weight.STRONG
            && alert.labels().isEmpty()) {
          strong.addAll(alert.names());
        }
      }
    }
    // Those say that something suffers, of whatever.
    assertThat(strong)
        .contains("KubeNodeNotReady", "CoreDNSDown", "KubeAPIDown")
        .doesNotContain(
            "KubePodCrashLooping",
            "KubePodNotReady",
            "KubeContainerWaiting",
            "KubeDeploymentReplicasMismatch",
            "KubeDeploymentRolloutStuck",
            "KubeStatefulSetReplicasMismatch",
            "KubeDaemonSetRolloutStuck",
            "ServiceHasNoEndpoints",
            "ServiceNoEndpoints",
            "LoadBalancerNoExternalIP",
            "LoadBalancerStuckPending",
            "NginxHighHttp5xxErrorRate",
            "TargetDown");
  }

  @ParameterizedTest
  @CsvSource({
    "KubePodNotReady, node-down, runs-on",
    "KubeDeploymentReplicasMismatch, bad-rollout, ''",
    "ServiceHasNoEndpoints, node-down, selects/runs-on",
    "ServiceHasNoEndpoints, bad-rollout, selects/owned-by",
    "ServiceHasNoEndpoints, application-not-ready, selects/owned-by",
    "ServiceHasNoEndpoints, application-crash, selects/owned-by",
    "ServiceHasNoEndpoints, oom-killed, selects/owned-by",
    "ServiceHasNoEndpoints, image-not-found, selects/owned-by",
    "ServiceHasNoEndpoints, service-selector-mismatch, ''",
    "LoadBalancerNoExternalIP, cloud-api-throttled, ''",
    "LoadBalancerNoExternalIP, cloud-quota-exceeded, ''",
    "LoadBalancerNoExternalIP, cloud-permission-denied, ''",
    "KubeContainerWaiting, image-not-found, ''",
  })
  void shouldBeASymptomWhenAnAlertOnlyConfirms(String alert, String cause, String via) {
    assertThat(KNOWLEDGE.alertLines(alert))
        .filteredOn(line -> line.cause().id().equals(cause) && line.role() == Role.SYMPTOM)
        .extracting(line -> path(line.matcher()))
        .contains(via);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FailedUpdate|Deployment|Operation cannot be fulfilled on deployments \"b\": the object has been modified",
        "FailedCreate|ReplicaSet|Error creating: pods \"a\" is forbidden: unable to create new content in namespace x because it is being terminated",
        "DNSConfigForming|Pod|Nameserver limits were exceeded",
        "InvalidDiskCapacity|Node|invalid capacity 0 on image filesystem",
        "ScalingReplicaSet|Deployment|Scaled up replica set web-d55cb7589 from 0 to 3",
        "FailedScheduling|Pod|skip schedule deleting pod: shop/web-1",
      })
  void shouldNeverOpenWhenAnEventIsBenign(String reason, String kind, String message) {
    assertThat(rule(reason, kind, message).benign()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SyncLoadBalancerFailed|Service|Error syncing load balancer: timed out|3|PT5M|PT15M",
        "DeleteLoadBalancerFailed|Service|Error deleting load balancer|3|PT5M|PT15M",
        "Unhealthy|Pod|Readiness probe failed: HTTP probe failed with statuscode: 503|2147483647|PT1M|PT15M",
        "Unhealthy|Pod|Liveness probe failed: HTTP probe failed with statuscode: 503|3|PT1M|PT15M",
        "FailedScheduling|Pod|0/5 nodes are available: 5 Insufficient cpu|2147483647|PT1M|PT35M",
        "BackOff|Pod|Back-off restarting failed container app in pod web|6|PT1M30S|PT15M",
        "Failed|Pod|Failed to pull image \"r.io/a\": not found|2|PT30S|PT15M",
        "BackOff|Pod|Back-off pulling image \"r.io/a\"|2|PT30S|PT15M",
        "NodeNotReady|Node|Node n3 status is now: NodeNotReady|2147483647|PT1M|PT24H",
        "NodeNotReady|Pod|Node is not ready|2147483647|PT1M|PT24H",
        "FailedMount|Pod|MountVolume.SetUp failed for volume: failed to sync configmap cache: timed out|3|PT20M|PT15M",
        "FailedAttachVolume|Pod|Multi-Attach error for volume|2147483647|PT3M|PT15M",
      })
  void shouldWaitForHealingWhenEventsOftenHeal(
      String reason, String kind, String message, int count, Duration after, Duration quiet) {
    EventRule rule = rule(reason, kind, message);
    assertThat(rule.benign()).isFalse();
    assertThat(rule.openCount()).isEqualTo(count);
    assertThat(rule.openAfter()).isEqualTo(after);
    assertThat(rule.quiet()).isEqualTo(quiet);
  }

  @ParameterizedTest
  @CsvSource({
    "cloud-api-throttled, EnsuredLoadBalancer",
    "cloud-quota-exceeded, EnsuredLoadBalancer",
    "cloud-permission-denied, DeletedLoadBalancer",
    "node-down, NodeReady",
    "image-not-found, Pulled",
    "insufficient-cluster-capacity, Scheduled",
  })
  void shouldKnowWhatEndsItWhenAnEventTells(String cause, String reason) {
    assertThat(KNOWLEDGE.eventLines(reason))
        .filteredOn(line -> line.role() == Role.RECOVERY)
        .extracting(line -> line.cause().id())
        .contains(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "1, true",
    "2, true",
    "99, true",
    "126, true",
    "127, true",
    "134, true",
    "136, true",
    "139, true",
    "255, true",
    "3221225477, true",
    "0, false",
    "137, false",
    "143, false",
  })
  void shouldTakeAnExitForACrashWhenItWasNoStop(String exitCode, boolean crash) {
    Map<String, String> attributes = Map.of("reason", "Error", "exitCode", exitCode);
    boolean matched =
        KNOWLEDGE.changeLines(ChangeKind.CONTAINER_TERMINATED).stream()
            .filter(line -> line.cause().id().equals("application-crash"))
            .filter(line -> line.role() == Role.EVIDENCE)
            .anyMatch(
                line ->
                    line.matcher().where().entrySet().stream()
                        .allMatch(e -> e.getValue().matches(attributes.get(e.getKey()))));
    assertThat(matched).isEqualTo(crash);
  }

  private static List<String> carried(String reason, String kind, String message) {
    return KNOWLEDGE.eventLines(reason).stream()
        .filter(line -> line.role() == Role.EVIDENCE && line.matcher().weight().carries())
        .filter(line -> matches(line.matcher(), kind, message))
        .map(line -> line.cause().id())
        .toList();
  }

  private static EventRule rule(String reason, String kind, String message) {
    return KNOWLEDGE.rules(reason).stream()
        .filter(rule -> matches(rule.matcher(), kind, message))
        .findFirst()
        .orElseThrow();
  }

  private static boolean matches(Matcher.OnEvent line, String kind, String message) {
    return (line.kinds().isEmpty() || line.kinds().contains(kind))
        && (line.message() == null || line.message().matcher(message).find())
        && (line.not() == null || !line.not().matcher(message).find());
  }

  private static String path(Matcher matcher) {
    return String.join("/", matcher.via().stream().map(relation -> relation.word()).toList());
  }

  private static Set<String> placeholders(String text) {
    Set<String> found = new HashSet<>();
    for (String name : Placeholders.NAMES) {
      if (text.contains("{" + name + "}")) {
        found.add(name);
      }
    }
    return found;
  }

  private static Stream<Arguments> samples(String list) throws IOException {
    List<Arguments> out = new ArrayList<>();
    try (InputStream in = BuiltInPacksTest.class.getResourceAsStream("/knowledge/samples.yaml")) {
      List<Map<String, Object>> entries =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      for (Map<String, Object> entry : entries) {
        for (Object sample : (List<?>) entry.getOrDefault(list, List.of())) {
          List<?> parts = (List<?>) sample;
          out.add(Arguments.of(entry.get("cause"), parts.get(0), parts.get(1), parts.get(2)));
        }
      }
    }
    return out.stream();
  }
}
