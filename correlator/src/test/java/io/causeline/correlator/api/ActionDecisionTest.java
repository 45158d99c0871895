package io.causeline.correlator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.api.ActionDecision.Verdict;
import io.causeline.correlator.streams.SampleIncidents;
import io.causeline.model.Command;
import io.causeline.model.Command.Action;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionDecisionTest {

  private static final Incident OPEN =
      SampleIncidents.open(
          "c1", "id", Instant.parse("2026-01-02T03:00:00Z"), EntityRef.of("Pod", "shop", "web"));

  @ParameterizedTest
  @CsvSource({
    "OPEN, ACKNOWLEDGE, ACCEPTED",
    "OPEN, RESOLVE, ACCEPTED",
    "OPEN, REOPEN, CONFLICT",
    "OPEN, COMMENT, ACCEPTED",
    "ACKNOWLEDGED, ACKNOWLEDGE, ACCEPTED",
    "ACKNOWLEDGED, REOPEN, CONFLICT",
    "RESOLVED, ACKNOWLEDGE, CONFLICT",
    "RESOLVED, RESOLVE, ACCEPTED",
    "RESOLVED, REOPEN, ACCEPTED",
    "RESOLVED, COMMENT, ACCEPTED",
    "MERGED, ACKNOWLEDGE, CONFLICT",
    "MERGED, RESOLVE, CONFLICT",
    "MERGED, REOPEN, CONFLICT",
    "MERGED, COMMENT, ACCEPTED",
  })
  void shouldDecideByState(State state, Action action, Verdict verdict) {
    ActionDecision decision =
        ActionDecision.of(
            SampleIncidents.with(OPEN, state), true, request(action, null), "command");

    assertThat(decision.verdict()).isEqualTo(verdict);
  }

  @Test
  void shouldRefuseWhatTheCorrelationForgot() {
    ActionDecision decision =
        ActionDecision.of(OPEN, false, request(Action.COMMENT, null), "command");

    assertThat(decision.verdict()).isEqualTo(Verdict.CONFLICT);
    assertThat(decision.reason()).contains("too long ago");
  }

  @Test
  void shouldKnowARetryOfWhatWasDone() {
    Incident acted = SampleIncidents.withAction(OPEN, "command");

    assertThat(ActionDecision.of(acted, true, request(Action.REOPEN, null), "command").verdict())
        .isEqualTo(Verdict.DONE_BEFORE);
  }

  @Test
  void shouldSplitAMergedIncidentWhole() {
    ActionDecision decision =
        ActionDecision.of(
            SampleIncidents.with(OPEN, State.MERGED),
            true,
            request(Action.SPLIT, new Command.About(null, List.of(), null)),
            "command");

    assertThat(decision.verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no-such-entry"})
  void shouldRefuseASplitThatTakesNothingOut(String entry) {
    List<String> entries = entry.isEmpty() ? List.of() : List.of(entry);

    ActionDecision decision =
        ActionDecision.of(
            OPEN, true, request(Action.SPLIT, new Command.About(null, entries, null)), "command");

    assertThat(decision.verdict()).isEqualTo(Verdict.CONFLICT);
    assertThat(decision.reason()).contains(OPEN.id());
  }

  @Test
  void shouldRefuseToMergeAnIncidentIntoItselfOrIntoAMergedOne() {
    assertThat(ActionDecision.into(OPEN, OPEN).reason()).contains("into itself");
    Incident other =
        SampleIncidents.with(
            SampleIncidents.open(
                "c1",
                "other",
                Instant.parse("2026-01-02T03:00:00Z"),
                EntityRef.of("Pod", "shop", "cart")),
            State.MERGED);
    assertThat(ActionDecision.into(OPEN, other).verdict()).isEqualTo(Verdict.CONFLICT);
  }

  @Test
  void shouldRefuseToMergeIntoAResolvedIncident() {
    Incident other =
        SampleIncidents.with(
            SampleIncidents.open(
                "c1",
                "other",
                Instant.parse("2026-01-02T03:00:00Z"),
                EntityRef.of("Pod", "shop", "cart")),
            State.RESOLVED);

    assertThat(ActionDecision.into(OPEN, other).reason()).contains("reopen it first");
  }

  @Test
  void shouldRefuseACauseThatNothingOfTheIncidentCanHave() {
    assertThat(ActionDecision.cause(OPEN, "StorageClass", "some-cause").reason())
        .contains("sits in a StorageClass");
    assertThat(ActionDecision.cause(OPEN, "CloudProvider", "some-cause").verdict())
        .isEqualTo(Verdict.ACCEPTED);
  }

  private static ActionRequest request(Action action, Command.@Nullable About about) {
    return new ActionRequest(action, "ada", null, about);
  }
}
