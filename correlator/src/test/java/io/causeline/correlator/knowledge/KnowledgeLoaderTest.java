package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KnowledgeLoaderTest {

  private static final String UNKNOWN =
      """
      - cause: unknown
        title: {en: "Unexplained", zh: "原因未明"}
        locus: Any
      """;

  private static final String HEAD =
      """
      - cause: x
        title: {en: "X", zh: "某"}
        locus: Node
      """;

  @Test
  void shouldReadEveryFieldWhenAllAreGiven() {
    // Given
    String pack =
        """
        - alias: GONE
          reasons: [Lost, Vanished]
        - cause: x
          title: {en: "Node {locus.name}", zh: "节点 {locus.name}"}
          locus: Node
          prior: rare
          outranks: [unknown]
          evidence:
            - {event: ["@GONE", Down], on: [Node, Pod], message: "is (not|no)", not: "drill", type: Normal,
               namespace: "^shop", name: "^n", component: kubelet, within: 20m, via: runs-on, weight: strong, group: g}
            - {alert: A, labels: {reason: "a|b"}, on: Node}
            - {change: node-condition, where: {Ready: "False"}, within: 1h30m}
            - {state: node-not-ready, weight: weak}
          symptoms:
            - {alert: [B, C], on: Service, via: selects/runs-on}
          against:
            - {state: node-cordoned}
          recovery:
            - {event: Up, on: Node}
          checks:
            - {text: {en: "Look", zh: "查看"}, command: "kubectl describe node {locus.name}"}
          fixes:
            - {text: {en: "Mend", zh: "修复"}, risk: {en: "Low", zh: "低"}}
          prevention:
            - {en: "Take care", zh: "小心"}
          references: ["https://example.com"]
        """;

    // When
    Cause cause = load(pack).cause("x").orElseThrow();

    // Then
    assertThat(cause.prior()).isEqualTo(Cause.Prior.RARE);
    assertThat(cause.outranks()).containsExactly("unknown");
    assertThat(cause.source()).isEqualTo("test.yaml:3");
    Matcher.OnEvent event = (Matcher.OnEvent) cause.evidence().get(0);
    assertThat(event.reasons()).containsExactlyInAnyOrder("lost", "vanished", "down");
    assertThat(event.kinds()).containsExactlyInAnyOrder("Node", "Pod");
    assertThat(event.warning()).isFalse();
    assertThat(event.message().matcher("This\nIS NOT it").find()).isTrue();
    assertThat(event.not().matcher("a Drill").find()).isTrue();
    assertThat(event.within()).isEqualTo(Duration.ofMinutes(20));
    assertThat(event.via()).extracting(Object::toString).containsExactly("RUNS_ON");
    assertThat(event.weight()).isEqualTo(Weight.STRONG);
    assertThat(event.group()).isEqualTo("g");
    assertThat(event.source()).isEqualTo("test.yaml:9");
    Matcher.OnAlert alert = (Matcher.OnAlert) cause.evidence().get(1);
    assertThat(alert.labels().get("reason").matches("b")).isTrue();
    assertThat(alert.labels().get("reason").matches("ab")).isFalse();
    assertThat(alert.weight()).isEqualTo(Weight.MEDIUM);
    Matcher.OnChange change = (Matcher.OnChange) cause.evidence().get(2);
    assertThat(change.within()).isEqualTo(Duration.ofMinutes(90));
    assertThat(cause.symptoms().get(0).weight()).isEqualTo(Weight.WEAK);
    assertThat(cause.against().get(0).weight()).isEqualTo(Weight.VETO);
    assertThat(cause.checks().get(0).risk()).isNull();
    assertThat(cause.fixes().get(0).risk().zh()).isEqualTo("低");
    assertThat(cause.prevention()).hasSize(1);
    assertThat(cause.references()).containsExactly("https://example.com");
  }

  @Test
  void shouldReadRulesWhenGiven() {
    // When
    Knowledge knowledge =
        load(
            """
            - events: {event: Slow, on: Pod}
              opens: {after: 60s}
              quiet: 35m
            - events: {event: Slow}
              opens: {count: 3, after: 5m}
            - events: {event: Slow}
            - benign: {event: "@ANY", message: "never mind"}
            """);

    // Then
    List<EventRule> rules = knowledge.rules("SLOW");
    assertThat(rules).hasSize(4);
    assertThat(rules.get(0).openCount()).isEqualTo(Integer.MAX_VALUE);
    assertThat(rules.get(0).openAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(rules.get(0).quiet()).isEqualTo(Duration.ofMinutes(35));
    assertThat(rules.get(1).openCount()).isEqualTo(3);
    assertThat(rules.get(1).quiet()).isEqualTo(EventRule.DEFAULT_QUIET);
    assertThat(rules.get(2).openCount()).isEqualTo(EventRule.DEFAULT_OPEN_COUNT);
    assertThat(rules.get(2).openAfter()).isEqualTo(EventRule.DEFAULT_OPEN_AFTER);
    assertThat(rules.get(3).benign()).isTrue();
  }

  @Test
  void shouldReadHowASignalNamesItsPlace() {
    // When
    Cause cause =
        load("""
                - cause: x
                  title: {en: "X", zh: "某"}
                  locus: ConfigMap
                  evidence:
                    - {event: FailedMount, on: Pod, message: 'configmap "(?P<locus>[^"]+)" not found'}
                    - {alert: ConfigMapMissing, names: configmap}
                    - {event: Missing, on: ConfigMap, message: 'gone'}
                    - {change: config-changed, on: ConfigMap, namespace: ^kube-system$, name: ^kube-proxy$}
                """)
            .cause("x")
            .orElseThrow();

    // Then
    assertThat(cause.evidence())
        .extracting(Matcher::namesPlace)
        .containsExactly(true, true, false, false);
    assertThat(((Matcher.OnAlert) cause.evidence().get(1)).placeLabel()).isEqualTo("configmap");
    Matcher.OnChange change = (Matcher.OnChange) cause.evidence().get(3);
    assertThat(change.namespace().matcher("kube-system").find()).isTrue();
    assertThat(change.name().matcher("kube-proxy-2").find()).isFalse();
  }

  @Test
  void shouldReadRulesAboutChanges() {
    // When
    Knowledge knowledge =
        load(
            """
            - events: {change: service-changed, on: Service, where: {field: ports}, name: ^web, state: target-port-unknown}
              opens: {after: 2m}
            """);

    // Then
    assertThat(knowledge.changeRules(ChangeKind.SERVICE_CHANGED))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.state()).isEqualTo(StateKind.TARGET_PORT_UNKNOWN);
              assertThat(rule.after()).isEqualTo(Duration.ofMinutes(2));
              assertThat(rule.matcher().kinds()).containsExactly("Service");
              assertThat(rule.matcher().where()).containsOnlyKeys("field");
              assertThat(rule.matcher().name()).isNotNull();
            });
    assertThat(knowledge.changeRules(ChangeKind.DELETED)).isEmpty();
    assertThat(knowledge.rules("service-changed")).isEmpty();
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of("KubeProxy", "{event: A, on: Pod}"),
        Arguments.of("KubeProxy", "{alert: A, on: Ingress}"),
        Arguments.of("KubeProxy", "{event: A, on: Service, via: selects/runs-on}"),
        Arguments.of("Registry", "{event: A, on: Pod}"),
        Arguments.of("Volume", "{event: A, on: PersistentVolumeClaim}"),
        Arguments.of("Volume", "{event: A, on: PersistentVolume}"),
        Arguments.of("Volume", "{event: A, on: Pod}"),
        Arguments.of("Volume", "{event: A, on: Pod, via: mounts}"),
        Arguments.of("Volume", "{state: claim-pending}"),
        Arguments.of("Certificate", "{event: A, on: Challenge}"),
        Arguments.of("Certificate", "{event: A, on: Secret}"),
        Arguments.of("Certificate", "{event: A, on: Ingress, via: mounts}"),
        Arguments.of("Service", "{event: A, on: Endpoints}"),
        Arguments.of("Service", "{event: A, on: EndpointSlice}"),
        Arguments.of("Service", "{event: A, on: TargetGroupBinding}"),
        Arguments.of("Workload", "{event: A, on: HorizontalPodAutoscaler}"),
        Arguments.of("Workload", "{event: A, on: PodDisruptionBudget}"),
        Arguments.of("Workload", "{alert: A, on: Service, via: backed-by}"),
        Arguments.of("Namespace", "{event: A, on: Pod}"),
        Arguments.of("ConfigMap", "{event: A, on: Workload, via: mounts}"),
        Arguments.of(
            "AdmissionWebhook", "{event: A, on: ReplicaSet, message: 'webhook \"(?P<locus>.+)\"'}"),
        Arguments.of("CloudProvider", "{state: nodes-of-one-zone-down}"),
        Arguments.of("ClusterNetwork", "{state: endpoints-ready}"),
        Arguments.of("Node", "{change: taints-changed}"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldTakeALineWhenItMayLeadToTheLocus(String locus, String line) {
    String head = HEAD.replace("locus: Node", "locus: " + locus);

    assertThat(load(head + "  evidence:\n    - {event: B}\n    - " + line).cause("x")).isPresent();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        // The shape of a pack
        fault("a: 1", "test.yaml:1: a pack is a list"),
        fault("- cause: [", "test.yaml:1: is not YAML: "),
        fault("- cause: \"\u0000\"", "test.yaml: is not YAML that can be read: "),
        fault(
            "- 7",
            "test.yaml:1: an entry begins with 'cause', 'alias', 'events', 'benign' or 'respelled'"),
        fault("- rule: x", "test.yaml:1: an entry begins with", "not with 'rule'"),
        fault(
            "-\n" + "  - ".repeat(30) + "x",
            "test.yaml: is not YAML that can be read: Nesting Depth"),
        fault(aliasBomb(), "is not YAML", "alias"),
        // Aliases
        fault("- alias: lower\n  reasons: [A]", "test.yaml:1: alias 'lower': write it as"),
        fault("- alias: A", "test.yaml:1: alias 'A': reasons is missing"),
        fault(
            "- alias: A\n  reasons: [x]\n- alias: A\n  reasons: [y]",
            "test.yaml:3: alias 'A' is there twice"),
        fault("- alias: A\n  reasons: [x]\n  also: 1", "test.yaml:3: unknown key 'also'"),
        // Causes
        fault("- cause:\n  locus: Node", "test.yaml:1: cause has no id"),
        fault(
            "- cause: Node Down\n  title: {en: a, zh: b}\n  locus: Node\n"
                + "  evidence: [{event: A, on: Node}]",
            "test.yaml:1: cause 'Node Down': an id is written as node-down"),
        fault(
            HEAD + "  evidence: [{event: A, on: Node}]\n" + HEAD + "  evidence: [{event: A}]",
            "test.yaml:5: cause 'x' is there twice"),
        fault(
            "- cause: x\n  locus: Node\n  evidence: [{event: A}]",
            "test.yaml:1: cause 'x': title is missing"),
        fault(
            "- cause: x\n  title: {en: a, zh: b}\n  evidence: [{event: A}]",
            "test.yaml:1: cause 'x': locus is missing"),
        fault(
            "- cause: x\n  title: {en: a}\n  locus: Node\n  evidence: [{event: A}]",
            "test.yaml:2: cause 'x': title lacks 'zh'"),
        fault(
            "- cause: x\n  title: {zh: a, en: ''}\n  locus: Node\n  evidence: [{event: A}]",
            "test.yaml:2: cause 'x': en is empty"),
        fault(
            "- cause: x\n  title: {en: '{lokus.name}', zh: b}\n  locus: Node\n  evidence: [{event: A}]",
            "test.yaml:2: cause 'x': unknown placeholder {lokus.name}; known are [container"),
        fault(
            "- cause: x\n  title: {en: a, zh: b}\n  locus: node\n  evidence: [{event: A}]",
            "test.yaml:3: cause 'x': 'node' is no kind"),
        fault(HEAD, "test.yaml:1: cause 'x': has neither evidence nor symptoms"),
        fault(HEAD + "  evidense: []", "test.yaml:4: cause 'x': unknown key 'evidense'"),
        fault(HEAD + "  locus: Pod", "test.yaml:4: cause 'x': key 'locus' is there twice"),
        fault(HEAD + "  prior: often", "test.yaml:4: cause 'x': unknown prior 'often'"),
        fault(
            HEAD + "  outranks: [y]\n  evidence: [{event: A}]",
            "test.yaml:1: cause 'x': outranks 'y', which is no known cause"),
        fault(
            HEAD + "  outranks: [x]\n  evidence: [{event: A}]",
            "test.yaml:1: cause 'x': outranks 'x', which is itself"),
        fault(HEAD + "  checks: {}", "test.yaml:4: cause 'x': checks should be a list"),
        fault(
            HEAD + "  checks: [{command: ls}]", "test.yaml:4: cause 'x': checks: text is missing"),
        fault(
            HEAD + "  checks: [{text: {en: a, zh: b}, risk: {en: a, zh: b}}]",
            "test.yaml:4: cause 'x': unknown key 'risk'"),
        fault(
            HEAD + "  fixes: [{text: {en: a, zh: b}}]",
            "test.yaml:4: cause 'x': fixes: risk is missing"),
        fault(
            HEAD + "  fixes: [{text: {en: a, zh: b}, risk: {en: a, zh: b}, command: 'rm {svc}'}]",
            "test.yaml:4: cause 'x': unknown placeholder {svc}"),
        fault(
            HEAD + "  checks: [{text: {en: a, zh: b}, command: \"ls '{pod}'\"}]",
            "test.yaml:4: cause 'x': {pod} stands inside quotes"),
        fault(
            HEAD + "  prevention: [careful]",
            "test.yaml:4: cause 'x': should be a mapping with keys of [en, zh]"),
        // Lines
        fault(evidence("{on: Node}"), "test.yaml:5: cause 'x': an empty line: it needs one of"),
        fault(
            evidence("{event: A, alert: B}"),
            "test.yaml:5: cause 'x': one line speaks of one thing, not of"),
        fault(evidence("{event: []}"), "test.yaml:5: cause 'x': event is an empty list"),
        fault(evidence("{event: [[A]]}"), "test.yaml:5: cause 'x': event should be a text"),
        fault(evidence("{event: '@NO'}"), "test.yaml:5: cause 'x': unknown alias '@NO'"),
        fault(
            evidence("{event: '@ANY', on: Node}"),
            "test.yaml:5: cause 'x': would match every event"),
        fault(evidence("{event: A, on: node}"), "test.yaml:5: cause 'x': 'node' is no kind"),
        fault(
            evidence("{event: A, message: '(a'}"),
            "test.yaml:5: cause 'x': message is no valid pattern: "),
        fault(
            evidence("{event: A, message: 'a(?=b)'}"),
            "test.yaml:5: cause 'x': message is no valid pattern: "),
        fault(evidence("{event: A, not: '['}"), "test.yaml:5: cause 'x': not is no valid pattern"),
        fault(
            evidence("{alert: A, labels: {reason: '*'}}"),
            "test.yaml:5: cause 'x': labels.reason is no valid pattern"),
        fault(
            evidence("{change: node-condition, where: {Ready: '('}}"),
            "test.yaml:5: cause 'x': where.Ready is no valid pattern"),
        fault(evidence("{event: A, type: warning}"), "unknown type 'warning'"),
        fault(
            evidence("{event: A, labels: {}}"),
            "key 'labels' has no meaning for evidence by event"),
        fault(
            evidence("{state: node-ready, on: Node}"),
            "key 'on' has no meaning for evidence by state"),
        fault(evidence("{event: A, kind: Pod}"), "test.yaml:5: cause 'x': unknown key 'kind'"),
        fault(
            evidence("{change: exploded}"),
            "test.yaml:5: cause 'x': unknown change 'exploded'; known are template-changed"),
        fault(evidence("{state: sad}"), "test.yaml:5: cause 'x': unknown state 'sad'; known are"),
        fault(
            evidence("{event: A, on: Pod, via: runs-in}"),
            "test.yaml:5: cause 'x': unknown relation 'runs-in'; known are routes"),
        fault(
            evidence("{event: A, via: owned-by/owned-by/owned-by/owned-by/runs-on}"),
            "via is longer than 4 relations"),
        fault(
            evidence("{event: A, on: Service, via: runs-on}"),
            "test.yaml:5: cause 'x': can never match: no relation runs-on begins at Service"),
        fault(
            evidence("{event: A, on: Service, via: selects}"),
            "test.yaml:5: cause 'x': can never match: via leads to Pod, but the locus is Node"),
        fault(
            evidence("{event: A, on: Pod}"),
            "test.yaml:5: cause 'x': can never match: nothing leads from Pod to Node by itself"),
        fault(
            evidence("{event: A, weight: huge}"),
            "test.yaml:5: cause 'x': unknown weight 'huge'; known are strong, medium and weak"),
        fault(evidence("{event: A, weight: veto}"), "unknown weight 'veto'"),
        fault(
            evidence("{change: node-condition, within: soon}"),
            "test.yaml:5: cause 'x': within 'soon' is no duration"),
        fault(evidence("{change: node-condition, within: 0s}"), "within '0s' is no duration"),
        fault(
            HEAD + "  evidence: [{event: A}]\n  recovery: [{event: B, weight: weak}]",
            "key 'weight' has no meaning for recovery by event"),
        fault(
            evidence("{event: A, on: Pod, message: '(?P<lokus>a)'}"),
            "test.yaml:5: cause 'x': unknown group 'lokus'; known are 'locus' and 'namespace'"),
        fault(
            evidence("{event: A, on: Node, message: '(?P<namespace>a)'}"),
            "test.yaml:5: cause 'x': the group 'namespace' needs a group 'locus'"),
        fault(
            HEAD.replace("Node", "ControlPlane") + "  evidence: [{alert: A, names: instance}]",
            "test.yaml:4: cause 'x': can never match: there is one ControlPlane"),
        fault(
            evidence("{event: A, names: node}"),
            "key 'names' has no meaning for evidence by event"),
        fault(
            evidence("{state: endpoints-ready}"),
            "test.yaml:5: cause 'x': can never match: endpoints-ready is a state of Service, but"),
        fault(
            evidence("{change: config-changed, on: Secret}"),
            "test.yaml:5: cause 'x': can never match: config-changed is told of ConfigMap or"),
        fault(
            evidence("{change: service-changed}"),
            "test.yaml:5: cause 'x': can never match: nothing leads from Service to Node"),
        // Rules
        fault(
            "- events: {change: service-changed, on: Service}\n  opens: {after: 1m}",
            "test.yaml:1: rule 'events': state is missing"),
        fault(
            "- events: {change: service-changed, state: endpoints-none}",
            "test.yaml:1: rule 'events': opens is missing"),
        fault(
            "- events: {change: service-changed, state: endpoints-none}\n"
                + "  opens: {after: 1m, count: 2}",
            "test.yaml:2: rule 'events': unknown key 'count'"),
        fault(
            "- events: {change: service-changed, state: endpoints-none}\n"
                + "  opens: {after: 1m}\n  quiet: 5m",
            "test.yaml:3: rule 'events': key 'quiet' has no meaning for a change"),
        fault(
            "- events: {change: service-changed, state: node-ready}\n  opens: {after: 1m}",
            "test.yaml:1: rule 'events': can never match: node-ready is a state of Node"),
        fault(
            "- events: {change: pod-ready, on: Service, state: endpoints-none}\n"
                + "  opens: {after: 1m}",
            "test.yaml:1: rule 'events': can never match: pod-ready is told of Pod"),
        fault(
            "- events: {event: A, message: '(?P<locus>a)'}",
            "test.yaml:1: rule 'events': a rule has no place for the group 'locus'"),
        fault(
            "- benign: {change: pod-ready, state: host-port-taken}",
            "test.yaml:1: rule 'benign': a change opens nothing by itself"),
        fault("- events: {on: Pod}", "test.yaml:1: rule 'events': event is missing"),
        fault("- events: Slow", "test.yaml:1: rule 'events': should be a mapping"),
        fault("- events: {event: A, via: runs-on}", "rule 'events': unknown key 'via'"),
        fault("- benign: {event: A}\n  opens: {after: 1m}", "rule 'benign': unknown key 'opens'"),
        fault("- benign: {alert: A, message: x}", "rule 'benign': unknown key 'message'"),
        fault("- benign: {alert: A}\n  quiet: 5m", "key 'quiet' has no meaning for an alert"),
        fault("- events: {alert: A}\n  opens: {after: 5m}", "unknown key 'alert'"),
        fault("- events: {event: A}\n  opens: {count: 2}", "rule 'events': opens lacks 'after'"),
        fault(
            "- events: {event: A}\n  opens: {count: 0, after: 1m}",
            "test.yaml:2: rule 'events': count '0' is no whole number"),
        fault(
            "- events: {event: A}\n  quiet: long",
            "test.yaml:2: rule 'events': quiet 'long' is no duration"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldNameFileLineAndCauseWhenAPackIsFaulty(String pack, List<String> parts) {
    // When
    KnowledgeException thrown = catchThrowableOfType(KnowledgeException.class, () -> load(pack));

    // Then
    assertThat(thrown).isNotNull();
    assertThat(thrown.faults()).anySatisfy(fault -> assertThat(fault).contains(parts));
  }

  @Test
  void shouldTellAllFaultsWhenThereAreSeveral() {
    // Given
    PackSource first = new PackSource("a.yaml", UNKNOWN + HEAD + "  prior: often");
    PackSource second = new PackSource("b.yaml", "- cause: y\n  locus: 7\n  colour: red");

    // When
    KnowledgeException thrown =
        catchThrowableOfType(
            KnowledgeException.class,
            () -> KnowledgeLoader.load(List.of(first, second), List.of(), new PackFaults()));

    // Then
    assertThat(thrown)
        .hasMessage(
            """
            a.yaml:4: cause 'x': has neither evidence nor symptoms: no signal could ever name it
            a.yaml:7: cause 'x': unknown prior 'often'; known are common, occasional and rare
            b.yaml:3: cause 'y': unknown key 'colour'; known are against, cause, checks, evidence, \
            fixes, follows, locus, outranks, prevention, prior, recovery, references, symptoms, title
            b.yaml:1: cause 'y': title is missing
            b.yaml:2: cause 'y': '7' is no kind: kinds are written as Node or Workload
            b.yaml:1: cause 'y': has neither evidence nor symptoms: no signal could ever name it""");
    assertThat(thrown.faults()).hasSize(6);
  }

  @Test
  void shouldReadAnEmptyPackWhenItHoldsOnlyComments() {
    assertThat(load("# nothing yet\n").causes()).extracting(Cause::id).containsExactly("unknown");
  }

  private static Knowledge load(String pack) {
    return KnowledgeLoader.load(
        List.of(new PackSource("unknown.yaml", UNKNOWN), new PackSource("test.yaml", pack)),
        List.of(),
        new PackFaults());
  }

  private static String evidence(String line) {
    return HEAD + "  evidence:\n    - " + line;
  }

  private static String aliasBomb() {
    StringBuilder pack = new StringBuilder("- &a0 [x]\n");
    for (int i = 1; i <= 60; i++) {
      pack.append("- &a").append(i).append(" [*a").append(i - 1).append(", *a0]\n");
    }
    return pack.toString();
  }

  private static Arguments fault(String pack, String... parts) {
    return Arguments.of(pack, List.of(parts));
  }
}
