package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.AlertSignal;
import io.causeline.model.EntityRef;
import io.causeline.model.Hashes;
import io.causeline.model.Incident;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Text;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** Whatever a signal says, it is read, in time, and what comes of it can be shown. */
@Domain(HostileText.class)
@Domain(DomainContext.Global.class)
class ReadingFuzzTest {

  private static final int TRIES = 60;

  @Provide
  Arbitrary<String> reasons() {
    return Arbitraries.of(
        "FailedMount",
        "SyncLoadBalancerFailed",
        "FailedScheduling",
        "FailedCreate",
        "Failed",
        "Unhealthy",
        "ProvisioningFailed",
        "FailedAttachVolume",
        "Startled");
  }

  @Property(tries = TRIES)
  void shouldMakeSomethingThatCanBeShownOfAnyMessage(
      @ForAll("reasons") String reason, @ForAll String message, @ForAll String name) {
    Scenario story = new Scenario();
    List<EntityRef> objects = new ArrayList<>();
    for (String kind : List.of("Pod", "Service", "Node", "Deployment")) {
      objects.add(EntityRef.of(kind, kind.equals("Node") ? null : "shop", "x" + Text.label(name)));
    }
    for (int i = 0; i < objects.size(); i++) {
      story.signal(event(i, objects.get(i), reason, message));
    }
    story.signal(alert("Alert" + Text.label(name), objects.get(0), Text.label(message)));
    story.until(700);

    assertThat(story.published).isNotEmpty().allSatisfy(ReadingFuzzTest::isShowable);
  }

  /** Bounded, and without what would move a cursor or turn a line around. */
  private static void isShowable(Incident incident) {
    List<String> texts = new ArrayList<>(List.of(incident.title()));
    for (Incident.Hypothesis hypothesis : incident.hypotheses()) {
      texts.add(hypothesis.title());
      texts.add(hypothesis.locus().path());
      texts.addAll(hypothesis.missing());
      hypothesis.checks().forEach(check -> texts.add(check.text() + check.command()));
      hypothesis.fixes().forEach(fix -> texts.add(fix.text() + fix.command() + fix.risk()));
    }
    for (Incident.TimelineEntry entry : Told.timeline(incident)) {
      texts.add(entry.what());
      texts.add(entry.message());
      texts.add(entry.entity().path());
    }
    for (String text : texts) {
      assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8192);
      assertThat(text.replace("\n", " "))
          .matches(
              shown ->
                  shown
                      .codePoints()
                      .noneMatch(
                          c ->
                              Character.isISOControl(c)
                                  || Character.getType(c) == Character.FORMAT
                                  || Character.getType(c) == Character.SURROGATE),
              "can be shown");
    }
  }

  @Test
  void shouldReadAMessageOfAMegabyteAtOnce() {
    for (String piece :
        List.of("a", "(", "\"", "configmap \"", "image \"", "pvc-", "\u202e", "node/x ", "a.a.")) {
      String message = piece.repeat((1 << 20) / piece.length());
      long began = System.nanoTime();

      Scenario story = new Scenario();
      for (String reason : List.of("FailedMount", "FailedCreate", "SyncLoadBalancerFailed")) {
        story.signal(event(0, Scenario.pod("web-1"), reason, message));
      }

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private static KubernetesEvent event(int second, EntityRef on, String reason, String message) {
    return new KubernetesEvent(
        Scenario.CLUSTER,
        Hashes.id(on.path(), reason),
        Scenario.at(second),
        Scenario.at(second),
        on,
        null,
        reason,
        true,
        message,
        false,
        9,
        null,
        null,
        null,
        null);
  }

  private static AlertSignal alert(String name, EntityRef on, String label) {
    return new AlertSignal(
        Scenario.CLUSTER,
        Hashes.id(name),
        Scenario.at(9),
        name,
        AlertSignal.Status.FIRING,
        on,
        List.of(),
        label,
        Map.of("alertname", name, "name", label, "webhook", label, "persistentvolumeclaim", label),
        null,
        null,
        null,
        null,
        Scenario.at(9),
        null);
  }
}
