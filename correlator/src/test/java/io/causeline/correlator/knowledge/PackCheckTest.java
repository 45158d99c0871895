package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.ImpossiblePattern.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackCheckTest {

  private static final String HEAD =
      """
      - cause: x
        title: {en: "X", zh: "某"}
        locus: LOCUS
        evidence:
          - {event: Fine, on: Pod, via: runs-on}
      """;

  @Test
  void shouldFindNothingWhenThePacksAreTheBuiltInOnes() {
    assertThat(PackCheck.faults(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{event: E, message: 'a$b'}~pattern can never match: message 'a$b': something stands after '$', the end of the text",
        "{event: E, message: 'a^b|c (d|e)^f'}~pattern can never match: message 'a^b|c (d|e)^f': something stands before '^'",
        "{event: E, message: \"one\\\\ntwo\"}~pattern can never match: message 'one\\ntwo': the texts are one line",
        "{event: E, message: 'one  two'}~pattern can never match: message 'one  two': messages hold single blanks only",
        "{event: E, name: 'my pod'}~pattern can never match: name 'my pod': names hold no blanks",
        "{event: E, message: 'quota|limit', not: 'ota|lim'}~can never match: 'not' excludes everything that 'message' finds",
        "{event: E, message: 'a.*', not: 'a.*'}~can never match: 'not' excludes everything",
        "{event: E, not: 'a*'}~can never match: 'not' finds the empty text",
        "{event: 'Failed|BackOff'}~can never match: event takes names, not patterns, but 'failed|backoff' is one; write a list",
        "{alert: 'Kube.*'}~can never match: alert takes names, not patterns, but 'Kube.*' is one",
        "{event: E, on: Node, namespace: shop}~can never match: [Node] lies in no namespace",
        "{change: node-condition, where: {ready: 'False'}}~can never match: node-condition has no attribute 'ready'; it has Ready, message, reason; did you mean 'Ready'?",
        "{change: node-condition, where: {Ready: 'false'}}~pattern can never match: Ready is one of False, True, Unknown, written so; did you mean 'False'?",
        "{state: selector-matches-pods}~can never match: selector-matches-pods is a state of Service, but the locus is Node",
        "{state: node-redy}~unknown state 'node-redy'; known are ",
        "{change: node-conditon}~unknown change 'node-conditon'; known are ",
        "{event: '@LB_SINK_FAIL'}~unknown alias '@LB_SINK_FAIL'; an entry '- alias:' would define it",
        "{event: E, on: [Node, Pods]}~can hardly match: nothing is known of a kind 'Pods'; did you mean 'Pod'?",
      })
  void shouldTellWhyWhenALineSaysNothing(String line, String fault) {
    assertThat(check(HEAD.replace("LOCUS", "Node") + "    - " + line + "\n"))
        .singleElement()
        .asString()
        .startsWith("own.yaml:6: cause 'x': " + fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^a.*b$",
        "(^| )a",
        "a( |$)",
        "a|^b",
        "x?^a",
        "a$x*",
        "(?i)a^b",
        "[$]b",
        "\\$b",
        "a {2}b",
        "(?P<locus>[^\"]+)\" not found",
        "(a|b$)|c",
        "a[\\]^]b",
        "\\bquota\\b",
      })
  void shouldLeaveAPatternAloneWhenSomethingMayMatchIt(String pattern) {
    assertThat(ImpossiblePattern.why(Pattern.compile(pattern), Subject.MESSAGE)).isNull();
  }

  @Test
  void shouldTellTwiceListedLinesWhenOnlyWeightAndGroupDiffer() {
    assertThat(
            check(
                HEAD.replace("LOCUS", "Node")
                    + "    - {event: FINE, on: [Pod], via: runs-on, weight: strong, group: g}\n"))
        .containsExactly(
            "own.yaml:6: cause 'x': this line is listed twice, first at own.yaml:5: it would count"
                + " one fact twice");
    assertThat(
            check(
                HEAD.replace("LOCUS", "Node")
                    + "    - {event: Fine, on: Pod, via: runs-on, message: a}\n"
                    + "  recovery: [{event: Fine, on: Pod, via: runs-on}]\n"))
        .isEmpty();
  }

  @Test
  void shouldTellTwinsWhenNoSignalTellsThemApart() {
    String pack = HEAD.replace("LOCUS", "Node");
    String twin = pack.replace("cause: x", "cause: y");
    assertThat(check(pack + twin))
        .singleElement()
        .asString()
        .startsWith("own.yaml:6: cause 'y': no signal can tell it from cause 'x' (own.yaml:1)");
    assertThat(check(pack + twin + "    - {event: Another, on: Node}\n")).isEmpty();
    assertThat(check(pack + twin + "  against: [{state: node-ready}]\n")).isEmpty();
    assertThat(PackCheck.faults(builtIn(pack), own(twin)))
        .singleElement()
        .asString()
        .startsWith("own.yaml:1: cause 'y': no signal can tell it from cause 'x' (other.yaml:1)");
    assertThat(PackCheck.faults(builtIn(pack), own(pack))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{event: A}|{event: a, on: Pod, message: m}|true",
        "{event: [A, B], on: [Pod, Node]}|{event: A, on: Pod}|true",
        "{event: '@ANY', message: m}|{event: A, message: m}|true",
        "{event: A, message: m}|{event: A, message: m, type: Warning}|true",
        "{event: A, on: Pod}|{event: A}|false",
        "{event: A, message: m}|{event: A}|false",
        "{event: A, not: m}|{event: A}|false",
        "{event: A}|{event: [A, B]}|false",
        "{event: A}|{event: '@ANY', message: m}|false",
        "{event: A, type: Normal}|{event: A}|false",
      })
  void shouldTellARuleWhenAnEarlierOneTakesAll(String earlier, String later, boolean told) {
    List<String> faults = check("- events: " + earlier + "\n- benign: " + later + "\n");
    if (told) {
      assertThat(faults)
          .singleElement()
          .asString()
          .startsWith(
              "own.yaml:2: rule 'benign': is never asked: the rule at own.yaml:1 takes all");
    } else {
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void shouldTellARuleWhenSeveralEarlierOnesTakeAll() {
    assertThat(
            check(
                "- events: {event: A}\n- events: {event: B}\n- events: {event: [A, B], on: Pod}\n"))
        .hasSize(1);
  }

  @Test
  void shouldTellAnAliasWhenNothingUsesIt() {
    String alias = "- alias: GONE\n  reasons: [Lost]\n";
    assertThat(check(alias))
        .containsExactly(
            "own.yaml:1: alias 'GONE': is used nowhere; use it as \"@GONE\", or take it out");
    assertThat(check(alias + "- benign: {event: \"@GONE\"}\n")).isEmpty();
    assertThat(check(alias + "- benign: {event: [\"@GONE\", Down]}\n")).isEmpty();
  }

  @Test
  void shouldTellEverythingAtOnceWhenThePackCannotBeLoaded() {
    assertThat(
            check(
                HEAD.replace("LOCUS", "Nod").replace(", via: runs-on", "")
                    + "    - {event: E, mesage: 'a$b'}\n"
                    + "- alias: GONE\n  reasons: [Lost]\n"))
        .satisfiesExactly(
            fault -> assertThat(fault).startsWith("own.yaml:1: ").endsWith("did you mean 'Node'?"),
            fault -> assertThat(fault).startsWith("own.yaml:5: ").contains("can never match"),
            fault ->
                assertThat(fault).startsWith("own.yaml:6: ").endsWith("did you mean 'message'?"),
            fault -> assertThat(fault).startsWith("own.yaml:7: ").contains("is used nowhere"));
  }

  @Test
  void shouldNameTheFolderWhenItHoldsNoPacks(@TempDir Path folder) throws IOException {
    assertThat(PackCheck.faults(folder))
        .containsExactly(folder + ": holds no packs: packs are files *.yaml and *.yml in it");
    assertThat(PackCheck.faults(folder.resolve("none")))
        .singleElement()
        .asString()
        .startsWith(folder.resolve("none") + ": is no folder of knowledge packs");
    Files.createDirectory(folder.resolve("tests"));
    Files.writeString(folder.resolve("tests/own.yaml"), "- test: no pack\n");
    Files.writeString(folder.resolve("own.yaml"), HEAD.replace("LOCUS", "Node"));
    assertThat(PackCheck.faults(folder)).isEmpty();
  }

  private static List<String> check(String pack) {
    return PackCheck.faults(builtIn(""), own(pack));
  }

  private static List<PackSource> own(String pack) {
    return List.of(new PackSource("own.yaml", pack));
  }

  private static List<PackSource> builtIn(String pack) {
    return List.of(
        new PackSource(
            "unknown.yaml",
            "- cause: unknown\n  title: {en: \"Unexplained\", zh: \"原因未明\"}\n  locus: Any\n"),
        new PackSource("other.yaml", pack));
  }
}
