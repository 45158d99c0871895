package io.causeline.correlator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.api.ActionDecision.Verdict;
import io.causeline.correlator.streams.SampleIncidents;
import io.causeline.model.Command.Action;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        ActionDecision.of(SampleIncidents.with(OPEN, state), true, action, "command");

    assertThat(decision.verdict()).isEqualTo(verdict);
  }

  @Test
  void shouldRefuseWhatTheCorrelationForgot() {
    ActionDecision decision = ActionDecision.of(OPEN, false, Action.COMMENT, "command");

    assertThat(decision.verdict()).isEqualTo(Verdict.CONFLICT);
    assertThat(decision.reason()).contains("too long ago");
  }

  @Test
  void shouldKnowARetryOfWhatWasDone() {
    Incident acted = SampleIncidents.withAction(OPEN, "command");

    assertThat(ActionDecision.of(acted, true, Action.REOPEN, "command").verdict())
        .isEqualTo(Verdict.DONE_BEFORE);
  }
}
