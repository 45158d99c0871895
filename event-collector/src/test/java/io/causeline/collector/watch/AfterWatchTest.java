package io.causeline.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.collector.watch.AfterWatch.Decision;
import io.causeline.collector.watch.AfterWatch.Step;
import io.causeline.collector.watch.WatchEnd.Broken;
import io.causeline.collector.watch.WatchEnd.Closed;
import io.causeline.collector.watch.WatchEnd.Refused;
import io.causeline.collector.watch.WatchEnd.StopCause;
import io.causeline.collector.watch.WatchEnd.Stopped;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AfterWatchTest {

  @Test
  void shouldResumeAtOnceWhenTheServerEndedAWatchThatBroughtSomething() {
    assertThat(AfterWatch.decide(new Closed(true, true), 0))
        .isEqualTo(new Decision(Step.RESUME, "ended", false));
  }

  @Test
  void shouldTakeANewerVersionWhenAWatchEndedThatBroughtNothing() {
    assertThat(AfterWatch.decide(new Closed(false, false), 0))
        .isEqualTo(new Decision(Step.REFRESH, "ended", false));
  }

  @Test
  void shouldListAgainWhenWatchesAreClosedAtOnceAgainAndAgain() {
    Closed atOnce = new Closed(false, true);

    assertThat(AfterWatch.decide(atOnce, 1))
        .isEqualTo(new Decision(Step.RESUME, "closed-at-once", true));
    assertThat(AfterWatch.decide(atOnce, 2).step()).isEqualTo(Step.RESUME);
    assertThat(AfterWatch.decide(atOnce, 3))
        .isEqualTo(new Decision(Step.RELIST, "closed-at-once", true));
    assertThat(AfterWatch.decide(atOnce, 9).step()).isEqualTo(Step.RELIST);
  }

  @Test
  void shouldResumeAfterAPauseWhenTheConnectionBroke() {
    assertThat(AfterWatch.decide(new Broken("reset", true), 0))
        .isEqualTo(new Decision(Step.RESUME, "broken", true));
  }

  @ParameterizedTest
  @CsvSource({
    "410, Expired, 1, RELIST, expired, false",
    "410, Gone, 2, RELIST, expired, true",
    "500, Expired, 1, RELIST, expired, false",
    "400, BadRequest, 1, RELIST, refused, true",
    "404, NotFound, 1, RELIST, refused, true",
    "401, Unauthorized, 9, RESUME, forbidden, true",
    "403, Forbidden, 9, RESUME, forbidden, true",
    "429, TooManyRequests, 9, RESUME, throttled, true",
    "500, InternalError, 1, RESUME, refused, true",
    "503, ServiceUnavailable, 4, RESUME, refused, true",
    "504, Timeout, 5, RELIST, refused, true"
  })
  void shouldDecideByWhatTheServerSaid(
      int status, String reason, int barren, Step step, String cause, boolean backOff) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
    ApiException failure = ApiException.refused("watch pods", status, body, null);

    assertThat(AfterWatch.decide(new Refused(failure, false), barren))
        .isEqualTo(new Decision(step, cause, backOff));
  }

  @Test
  void shouldResumeWhenTheServerDoesNotAnswerHoweverLong() {
    ApiException failure = ApiException.noAnswer("watch pods", new IOException("refused"));

    assertThat(AfterWatch.decide(new Refused(failure, false), 100))
        .isEqualTo(new Decision(Step.RESUME, "no-answer", true));
  }

  @Test
  void shouldRecoverWhenWeStoppedIt() {
    assertThat(AfterWatch.decide(new Stopped(StopCause.PAUSED), 0))
        .isEqualTo(new Decision(Step.RECOVER, "paused", false));
    assertThat(AfterWatch.decide(new Stopped(StopCause.SEND_FAILED), 0))
        .isEqualTo(new Decision(Step.RECOVER, "send-failed", true));
  }

  @Test
  void shouldWaitLongerWithEachFailureUpToABound() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    assertThat(backoff.after(1, () -> 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(1, () -> 0)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.after(4, () -> 1)).isEqualTo(Duration.ofSeconds(8));
    assertThat(backoff.after(6, () -> 1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(backoff.after(Integer.MAX_VALUE, () -> 1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(backoff.after(0, () -> 1)).isEqualTo(Duration.ofSeconds(1));
  }
}
