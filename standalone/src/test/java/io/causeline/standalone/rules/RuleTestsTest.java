package io.causeline.standalone.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.BuiltInTests;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.correlator.knowledge.PackSource;
import io.causeline.standalone.ProjectFiles;
import io.causeline.standalone.rules.TestResult.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTestsTest {

  private static final Knowledge KNOWLEDGE = KnowledgeLoader.builtIn();

  private static final String THROTTLED =
      """
      - test: throttled
        cause: cloud-api-throttled
        kind: positive
        objects:
          - {kind: Service, metadata: {name: web, namespace: shop}, spec: {type: LoadBalancer}}
        signals:
          - {at: 2m, event: SyncLoadBalancerFailed, on: Service/shop/web, count: 3, over: 2m,
             message: "Error syncing load balancer: Throttling: Rate exceeded", by: service-controller}
      """;

  private static final String NODE =
      """
      - test: node
        signals:
          - {at: 10s, alert: KubeNodeNotReady, severity: critical, labels: {node: n1, job: kube-state-metrics}}
          - {at: 9m, resolved: KubeNodeNotReady, labels: {node: n1}}
      """;

  @Test
  void shouldPassWhenTheIncidentsAreThoseExpected() {
    assertThat(
            faults(
                THROTTLED
                    + "  expect: [{cause: cloud-api-throttled, locus: CloudProvider, confidence: 0.1, state: open}]\n"
                    + "  never: [node-down]\n"))
        .isEmpty();
    assertThat(faults(NODE + "  expect: [{cause: node-down, locus: Node/n1, state: resolved}]\n"))
        .isEmpty();
    assertThat(faults(NODE + "  until: 9m\n  expect: [{cause: node-down, state: open}]\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expect: []|expected no incident, but got node-down on Node/n1 (",
        "expect: [{cause: node-down, locus: Node/n2}]|expected node-down on Node/n2, but got",
        "expect: [{cause: node-down, locus: Pod}]|expected node-down on a Pod, but got",
        "expect: [{cause: node-down, confidence: 1.0}]|expected node-down, confidence at least 1.00, but",
        "expect: [{cause: node-down, below: 0.1}]|expected node-down, confidence at most 0.10, but got",
        "expect: [{cause: node-down, state: open}]|expected node-down, open, but got node-down on Node/n1",
        "expect: [{cause: node-down}, {cause: node-down}]|expected node-down, but got node-down on Node/n1",
        "expect: [{cause: unknown}]|expected unknown, but got node-down on Node/n1",
        "never: [node-down]|expected node-down to stand first nowhere, but got",
        "never: [node-dwn]|there is no cause 'node-dwn'; did you mean 'node-down'?",
      })
  void shouldFailWithReasonWhenItIsNotAsExpected(String expectation, String fault) {
    assertThat(faults(NODE + "  " + expectation + "\n"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.text()).startsWith(fault);
              assertThat(each.source()).matches("own\\.yaml:[15]");
            });
  }

  /** An expectation that fits both must leave the one to that which fits it alone. */
  @Test
  void shouldFindTheAssignmentWhenExpectationsOverlap() {
    String two =
        """
        - test: two nodes
          signals:
            - {at: 10s, alert: KubeNodeNotReady, labels: {node: n1}}
            - {at: 10s, alert: KubeNodeNotReady, labels: {node: n2}}
          expect: [{cause: node-down}, {cause: node-down, locus: Node/n1}]
        """;
    assertThat(faults(two)).isEmpty();
    assertThat(faults(two.replace("[{cause: node-down}, ", "["))).hasSize(1);
  }

  @Test
  void shouldCountRankWhenAskedFor() {
    String third =
        run(NODE + "  expect: []\n").get(0).incidents().get(0).hypotheses().get(2).cause();
    assertThat(faults(NODE + "  expect: [{cause: " + third + ", rank: 3}]\n")).isEmpty();
    assertThat(faults(NODE + "  expect: [{cause: " + third + ", rank: 2}]\n"))
        .singleElement()
        .satisfies(
            fault ->
                assertThat(fault.text()).startsWith("expected " + third + " among the first 2"));
  }

  @Test
  void shouldSeeRepeatsOneByOneWhenTheyComeOverTime() {
    String repeats =
        """
        - test: repeats
          signals:
            - {at: 4m, event: SyncLoadBalancerFailed, on: Service/shop/web, message: "Throttling: Rate exceeded", COUNT}
          until: 4m
        """;
    // Five minutes have not passed: only a count opens it.
    assertThat(faults(repeats.replace("COUNT", "count: 2, over: 4m") + "  expect: []\n")).isEmpty();
    assertThat(faults(repeats.replace("COUNT", "count: 3, over: 4m") + "  expect: []\n"))
        .isNotEmpty();
  }

  @Test
  void shouldHoldWhatObjectsSayWhenTheyChange() {
    String selector =
        """
        - test: selector
          objects:
            - {kind: Pod, metadata: {name: web-1, namespace: shop, labels: {app: web}}, status: {phase: Running, conditions: [{type: Ready, status: True}]}}
            - {kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}}}
          signals:
            - {at: 1m, object: {kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: wbe}}}}
            - {at: 2m, alert: ServiceHasNoEndpoints, labels: {namespace: shop, service: web}}
          expect: [{cause: service-selector-mismatch, locus: Service/shop/web}]
        """;
    assertThat(faults(selector)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{at: 1m, event: X, on: Pod/x}|on 'Pod/x': a Pod lies in a namespace: write Pod/<namespace>/x",
        "{at: 1m, event: X, on: pod/a/x}|on 'pod/a/x' is no object: write Pod/shop/web-1",
        "{at: 1m, event: X, on: Node/a/x}|on 'Node/a/x': a Node lies in no namespace: write Node/x",
        "{at: soon, event: X}|at 'soon' is no time after the start: write 0s, 90s, 15m or 1h30m",
        "{event: X}|at is missing: how long after the start, such as 0s or 90s",
        "{at: 1m, evnt: X}|a signal is one of event, alert, resolved, object or gone",
        "{at: 1m, event: X, mesage: y}|unknown key 'mesage'",
        "{at: 1m, event: X, over: 2m}|over needs a count of at least 2",
        "{at: 1m, resolved: X}|no line before it lets an alert 'X' with these labels fire",
        "{at: 1m, object: {kind: Pot, metadata: {name: x}}}|objects of kind 'Pot' are not observed; observed are Node,",
        "{at: 1m, object: {kind: Pod, metadata: {name: x}}}|a Pod needs metadata.namespace",
      })
  void shouldTellTheWayOutWhenASignalIsMisspelt(String signal, String fault) {
    assertThat(faults("- test: x\n  signals:\n    - " + signal + "\n  expect: []\n"))
        .anySatisfy(
            each -> {
              assertThat(each.text()).startsWith("test 'x': " + fault);
              assertThat(each.source()).isEqualTo("own.yaml:3");
            });
  }

  @Test
  void shouldTellWhetherAMessageSpeaksForACauseWhenItIsASample() {
    String samples =
        """
        - samples: cloud-api-throttled
          LIST:
            - {event: SyncLoadBalancerFailed, on: Service, message: "Throttling: Rate exceeded"}
        """;
    assertThat(faults(samples.replace("LIST", "match"))).isEmpty();
    assertThat(faults(samples.replace("LIST", "no-match")))
        .singleElement()
        .satisfies(fault -> assertThat(fault.text()).contains("but got cloud.yaml:"));
    assertThat(
            faults(
                samples.replace("LIST", "match").replace("Throttling", "x").replace("Rate", "y")))
        .hasSize(1);
    assertThat(faults(samples.replace("LIST", "match").replace("cloud-api-", "cloud-apo-")))
        .singleElement()
        .satisfies(
            fault -> assertThat(fault.text()).contains("did you mean 'cloud-api-throttled'?"));
  }

  @Test
  void shouldShowRivalsWithTheirEvidenceWhenATestFails() {
    String text = new TestReport(run(NODE + "  expect: []\n")).text();
    assertThat(text)
        .startsWith("own.yaml:1: test 'node': expected no incident, but got node-down on Node/n1")
        .contains(
            "node-down on Node/n1\n            for      12:00:10  KubeNodeNotReady on Node/n1")
        .containsPattern("(?s)(\n      0[.]\\d\\d  .*?){3}")
        .endsWith("0 passed, 1 failed\n");
  }

  /** Nobody keeps a list of the built-in tests: what lies in the folder is run. */
  @Test
  void shouldFindEveryBuiltInTestWhenListed() throws IOException {
    Path folder = ProjectFiles.root().resolve("correlator/src/main/resources/knowledge/tests");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(BuiltInTests.all())
          .extracting(PackSource::label)
          .containsExactlyElementsOf(
              files.map(file -> "tests/" + file.getFileName()).sorted().toList());
    }
  }

  private static List<Fault> faults(String test) {
    return run(test).stream().flatMap(result -> result.faults().stream()).toList();
  }

  private static List<TestResult> run(String test) {
    return new RuleTests(KNOWLEDGE).run(List.of(new PackSource("own.yaml", test)));
  }
}
