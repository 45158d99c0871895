package io.causeline.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Source;
import io.causeline.model.Incident.TimelineEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentCardTest {

  private static IncidentCard card(Incident incident) {
    return IncidentCard.of(incident, null);
  }

  @Test
  void shouldLookTheSameWhenOnlyCountsAndTheLastTimeChanged() {
    Incident one = TestIncident.open().alert("A", "s", null, "http://a:9090/x").build();
    Incident later =
        TestIncident.open().revision(9).alert("A", "s", null, "http://b:9090/x").build();

    assertThat(card(later).hash()).isEqualTo(card(one).hash());
  }

  @Test
  void shouldLookDifferentWhenWhatIsShownChanged() {
    String open = card(TestIncident.open().build()).hash();

    assertThat(
            List.of(
                card(TestIncident.open().title("x").build()).hash(),
                card(TestIncident.open().hits("Pod", "shop", "other").build()).hash(),
                card(TestIncident.open().reopened(1).build()).hash(),
                card(TestIncident.open().alert("A", "s", null, null).build()).hash(),
                card(TestIncident.open().resolvedAfter(Duration.ofMinutes(1)).build()).hash()))
        .doesNotHaveDuplicates()
        .doesNotContain(open);
  }

  @Test
  void shouldLookTheSameWhenItsTimelineIsTrimmed() {
    Incident full =
        TestIncident.open()
            .alert("A", "first", "https://r.example/a", null)
            .alert("A", "second", null, null)
            .alert("B", null, null, null)
            .build();

    Incident trimmed = IncidentCard.trimmed(full);

    assertThat(trimmed.timeline()).hasSize(2);
    assertThat(card(trimmed)).isEqualTo(card(full));
    assertThat(card(full).alerts().get(0).summary()).isEqualTo("first");
  }

  @Test
  void shouldShowTheMostSevereAlertsFirst() {
    Incident incident =
        TestIncident.open()
            .alert("A", "a", null, null)
            .alert("B", "b", null, null)
            .alert("C", "c", null, null)
            .alert("D", "d", null, null)
            .build();
    List<TimelineEntry> entries = new ArrayList<>(incident.timeline());
    TimelineEntry last = entries.get(3);
    entries.set(
        3,
        new TimelineEntry(
            last.id(),
            last.at(),
            last.lastAt(),
            1,
            Source.ALERT,
            last.entity(),
            last.what(),
            last.message(),
            last.role(),
            "Critical",
            last.summary(),
            null,
            null,
            null));
    Incident critical =
        new Incident(
            incident.id(),
            incident.cluster(),
            incident.state(),
            incident.severity(),
            incident.title(),
            incident.firstSignalAt(),
            incident.lastSignalAt(),
            incident.openedAt(),
            incident.updatedAt(),
            null,
            0,
            null,
            1,
            incident.hypotheses(),
            incident.impact(),
            entries,
            incident.feed());

    assertThat(card(critical).alerts())
        .extracting(IncidentCard.AlertLine::name)
        .containsExactly("D", "A", "B");
    assertThat(card(critical).moreAlerts()).isEqualTo(1);
  }

  @Test
  void shouldPreferACheckWithACommand() {
    Incident incident =
        TestIncident.open()
            .hypothesis(
                "x",
                "X",
                EntityRef.singleton("ControlPlane"),
                1.4,
                List.of(new Check("Think", null), new Check("Look", "kubectl get nodes")),
                List.of())
            .build();

    assertThat(card(incident).next())
        .isEqualTo(new IncidentCard.Step("Look", "kubectl get nodes", null));
    assertThat(card(incident).fix()).isNull();
    assertThat(card(incident).best().place()).isEqualTo("ControlPlane");
    assertThat(card(incident).best().percent()).isEqualTo(100);
  }

  @Test
  void shouldNotListThePlaceOfTheCauseAmongWhatIsHit() {
    assertThat(card(TestIncident.open().build()).affected())
        .extracting(Incident.Affected::name)
        .containsExactly("checkout-7d9c-x2x");
  }

  @Test
  void shouldLinkOnlyToIdsThatAreIds() {
    WebLink external = WebLink.of("https://causeline.example/sub/").orElseThrow();

    assertThat(IncidentCard.of(TestIncident.open().build(), external).page().url())
        .isEqualTo("https://causeline.example/sub/incidents/0a1b2c3d-000000000001");
    assertThat(IncidentCard.of(TestIncident.open().id("../x?y").build(), external).page()).isNull();
  }
}
