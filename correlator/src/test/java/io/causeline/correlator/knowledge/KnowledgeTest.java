package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.correlator.knowledge.Knowledge.Line;
import io.causeline.correlator.knowledge.Knowledge.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnowledgeTest {

  private static final String PACK =
      """
      - cause: unknown
        title: {en: "Unexplained", zh: "原因未明"}
        locus: Any
      - cause: a
        title: {en: "A", zh: "甲"}
        locus: Pod
        evidence:
          - {event: [First, Second], on: Pod}
          - {event: "@ANY", on: Pod, message: "boom"}
          - {alert: [Fire, Smoke]}
          - {change: pod-unready}
          - {state: host-port-taken}
        recovery:
          - {event: First, on: Pod, message: "fine"}
      - events: {event: First, name: "special"}
      - benign: {event: "@ANY", message: "never mind"}
      - events: {event: [First, Second]}
      """;

  private final Knowledge knowledge =
      KnowledgeLoader.load(List.of(new PackSource("p", PACK)), List.of(), new PackFaults());

  @Test
  void shouldFindEventLinesInAnyCaseWhenTheReasonIsNamed() {
    assertThat(knowledge.eventLines("FIRST"))
        .extracting(Line::role)
        .containsExactly(Role.EVIDENCE, Role.RECOVERY);
    assertThat(knowledge.eventLines("Second")).hasSize(1);
    assertThat(knowledge.eventLines("Third")).isEmpty();
  }

  @Test
  void shouldKeepLinesForAnyReasonApartWhenIndexed() {
    assertThat(knowledge.anyEventLines()).hasSize(1);
    assertThat(knowledge.anyEventLines().get(0).matcher().reasons()).isEmpty();
  }

  @Test
  void shouldFindAlertChangeAndStateLinesWhenNamed() {
    assertThat(knowledge.alertLines("Smoke")).hasSize(1);
    assertThat(knowledge.alertLines("smoke")).isEmpty();
    assertThat(knowledge.changeLines(ChangeKind.POD_UNREADY)).hasSize(1);
    assertThat(knowledge.changeLines(ChangeKind.POD_READY)).isEmpty();
    assertThat(knowledge.stateLines("a")).hasSize(1);
    assertThat(knowledge.stateLines("unknown")).isEmpty();
  }

  @Test
  void shouldOfferRulesInTheOrderOfThePacksWhenSomeAreForAnyReason() {
    assertThat(knowledge.rules("First"))
        .extracting(EventRule::benign)
        .containsExactly(false, true, false);
    assertThat(knowledge.rules("second"))
        .extracting(EventRule::benign)
        .containsExactly(true, false);
    assertThat(knowledge.rules("other")).extracting(EventRule::benign).containsExactly(true);
  }

  @Test
  void shouldFallBackToUnknownWhenACauseIsGone() {
    assertThat(knowledge.cause("b")).isEmpty();
    assertThat(knowledge.causeOrUnknown("b").id()).isEqualTo("unknown");
    assertThat(knowledge.causeOrUnknown("a").id()).isEqualTo("a");
  }

  @Test
  void shouldRefuseWhenUnknownIsMissing() {
    assertThatThrownBy(
            () -> new Knowledge(List.of(), List.of(), List.of(), List.of(), List.of(), "v"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'unknown'");
  }

  @Test
  void shouldRefuseWhenACauseIsThereTwice() {
    Cause unknown = knowledge.causeOrUnknown("unknown");
    assertThatThrownBy(
            () ->
                new Knowledge(
                    List.of(unknown, unknown), List.of(), List.of(), List.of(), List.of(), "v"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }
}
