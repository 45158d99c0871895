package io.causeline.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.chaos.check.Observation.DeadLetter;
import io.causeline.chaos.check.Observation.Poisoned;
import io.causeline.chaos.check.Observation.Published;
import io.causeline.chaos.check.Observation.SeenEntry;
import io.causeline.chaos.check.Observation.SeenIncident;
import io.causeline.chaos.check.Observation.SeenMessage;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckerTest {

  private final Observations wild = Observations.of("wild");

  private Verdict verdict() {
    return verdict(wild.seen());
  }

  private static Verdict verdict(Observation seen) {
    return Checker.compare(Observations.TOLD, Observations.of("calm").seen(), seen);
  }

  private void change(int incident, UnaryOperator<SeenIncident> change) {
    wild.incidents.set(incident, change.apply(wild.incidents.get(incident)));
  }

  @Test
  void shouldFindNothingWhenOnlyIdsDiffer() {
    assertThat(verdict().ok()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Plant.class)
  void shouldFindEachPlantWhateverItHits(Plant plant) {
    for (int seed = 0; seed < 20; seed++) {
      Verdict verdict = verdict(plant.in(wild.seen(), Observations.TOLD, new Random(seed)));

      switch (plant) {
        case LOSS -> assertThat(verdict.lost()).hasSize(1);
        case DUPLICATE -> assertThat(verdict.doubled()).isNotEmpty();
        case DIFFERENCE -> assertThat(verdict.differences()).isNotEmpty();
      }
      assertThat(verdict.ok()).isFalse();
    }
  }

  @Test
  void shouldTellALossWhenASignalIsNotInKafka() {
    wild.signals.remove(Observations.ALERT);

    assertThat(verdict().lost())
        .containsExactly("signal of a webhook that was answered 200: " + Observations.ALERT);
  }

  @Test
  void shouldTellALossWhenAWebhookWasRefused() {
    Told told = new Told(Set.of(), Set.of(), Set.of("400 no JSON"));

    assertThat(Checker.alone(told, wild.seen()).lost())
        .containsExactly("webhook refused for good: 400 no JSON");
  }

  @Test
  void shouldTellWhatWasCountedTwiceAndWhatWasNotCounted() {
    change(0, i -> with(i, List.of(new SeenEntry(i.timeline().get(0).what(), "PT1S to PT9S", 8))));
    assertThat(verdict().doubled()).singleElement().asString().startsWith("8 instead of 7 times");

    change(0, i -> with(i, List.of(new SeenEntry(i.timeline().get(0).what(), "PT1S to PT9S", 6))));
    assertThat(verdict().lost()).singleElement().asString().startsWith("6 instead of 7 times");
  }

  @Test
  void shouldTellADifferenceWhenAnEntryIsMissingOrAtAnotherTime() {
    change(1, i -> with(i, List.of()));
    assertThat(verdict().differences()).singleElement().asString().contains("only without chaos");

    change(1, i -> with(i, List.of(new SeenEntry("event Node/-/n1 Told as cause", "PT2S", 1))));
    assertThat(verdict().differences()).singleElement().asString().contains("PT2S");
  }

  @Test
  void shouldTellADifferenceWhenStateSeverityOrPlaceIsAnother() {
    change(
        0,
        i ->
            new SeenIncident(
                i.id(),
                "alpha",
                "open",
                "critical",
                i.title(),
                i.cause(),
                i.locus(),
                i.timeline()));
    assertThat(verdict().differences()).singleElement().asString().startsWith("severity");

    change(
        0,
        i ->
            new SeenIncident(
                i.id(),
                "alpha",
                "open",
                "warning",
                i.title(),
                i.cause(),
                "Node/-/n2",
                i.timeline()));
    assertThat(verdict().differences()).hasSize(2);
  }

  @Test
  void shouldTellADifferenceWhenApiAndTopicDisagree() {
    wild.published.put("wild1", new Published("alpha", "resolved", "It is", true, 0));

    assertThat(verdict().differences())
        .contains(
            "the API says open, the topic resolved of alpha: application-crash on"
                + " Deployment/shop/web");
  }

  @Test
  void shouldTellALossWhenAPublishedIncidentIsNotServed() {
    wild.incidents.remove(1);

    assertThat(verdict().lost())
        .containsExactly("incident published but not served: wild2 It is node-down");
  }

  @Test
  void shouldTellARevisionThatWasPublishedAgain() {
    wild.published.put("wild1", new Published("alpha", "open", "It is application-crash", true, 1));

    assertThat(verdict().doubled())
        .containsExactly("1 revisions published again of It is application-crash");
  }

  @Test
  void shouldTellALossWhenNewsHaveNoMessage() {
    wild.messages.remove(1);

    assertThat(verdict().lost()).containsExactly("message about It is node-down (resolved)");
  }

  @Test
  void shouldAskForNoMessageAboutWhatWasOverWhenItWasFirstPublished() {
    wild.messages.remove(1);
    wild.published.put("wild2", new Published("alpha", "resolved", "It is node-down", false, 0));

    assertThat(verdict().ok()).isTrue();
  }

  @Test
  void shouldTellAReplyThatIsThereTwice() {
    wild.messages.add(new SeenMessage("wild2", "reply-1", true, "resolved"));
    assertThat(verdict().ok()).isTrue();

    wild.messages.add(new SeenMessage("wild2", "reply-1", true, "resolved"));
    assertThat(verdict().doubled())
        .containsExactly("2 messages in the chat where one is due: wild2 reply-1");
  }

  @Test
  void shouldTellADifferenceWhenAMessageStillShowsAnEarlierState() {
    wild.messages.set(1, new SeenMessage("wild2", "message", false, "OPEN: *It is node-down*"));

    assertThat(verdict().differences())
        .singleElement()
        .asString()
        .contains("does not say resolved");
  }

  @Test
  void shouldTellADifferenceWhenAMessageIsAboutNothing() {
    wild.messages.add(new SeenMessage("poison", "message", false, "OPEN"));

    assertThat(verdict().differences()).containsExactly("message about no incident: OPEN");
  }

  @Test
  void shouldTellALossWhenPoisonIsNotInTheDeadLetters() {
    wild.poison.add(new Poisoned("incidents", "causeline.incidents-1@3", "noise"));

    assertThat(verdict().lost()).containsExactly("dead letter of noise at causeline.incidents-1@3");
  }

  @Test
  void shouldAskForNoDeadLetterOfATopicThatHasNone() {
    wild.poison.add(new Poisoned("notifications", "causeline.notifications-1@3", "noise"));

    assertThat(verdict().ok()).isTrue();
  }

  @Test
  void shouldTellALossWhenAGoodRecordIsInTheDeadLetters() {
    wild.deadLetters.add(new DeadLetter("causeline.signals-0@8", true, "no uid"));

    assertThat(verdict().lost())
        .containsExactly("good record in the dead letters: causeline.signals-0@8, no uid");
  }

  @Test
  void shouldTellADeadLetterThatIsThereTwiceOnlyWhereItIsWrittenExactlyOnce() {
    wild.poison.add(new Poisoned("incidents", "causeline.incidents-1@3", "noise"));
    wild.deadLetters.add(new DeadLetter("causeline.incidents-1@3", false, "no JSON"));
    wild.deadLetters.add(new DeadLetter("causeline.incidents-1@3", false, "no JSON"));
    assertThat(verdict().ok()).isTrue();

    wild.deadLetters.add(new DeadLetter("causeline.signals-0@7", true, "not JSON"));
    assertThat(verdict().doubled()).containsExactly("2 dead letters of causeline.signals-0@7");
  }

  @Test
  void shouldTellWhatIsNotReady() {
    wild.troubles.add("correlator 503");

    assertThat(verdict().differences()).containsExactly("correlator 503");
  }

  private static SeenIncident with(SeenIncident incident, List<SeenEntry> timeline) {
    return new SeenIncident(
        incident.id(),
        incident.cluster(),
        incident.state(),
        incident.severity(),
        incident.title(),
        incident.cause(),
        incident.locus(),
        timeline);
  }
}
