package io.causeline.bridge.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import io.causeline.bridge.chat.Change;
import io.causeline.bridge.chat.ChangeNote;
import io.causeline.bridge.chat.IncidentCard;
import io.causeline.bridge.chat.Language;
import io.causeline.bridge.chat.TestIncident;
import io.causeline.bridge.chat.WebLink;
import io.causeline.bridge.chat.Wording;
import io.causeline.bridge.chat.slack.SlackMessage.Rendered;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Fix;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SlackMessageTest {

  private static final WebLink EXTERNAL = WebLink.of("https://causeline.example/").orElseThrow();

  private final SlackMessage english = new SlackMessage(new Wording(Language.EN));
  private final SlackMessage chinese = new SlackMessage(new Wording(Language.ZH));

  private static String text(Rendered rendered) {
    return rendered.blocks().stream().map(SlackMessageTest::text).collect(Collectors.joining("\n"));
  }

  private static String text(LayoutBlock block) {
    return block instanceof SectionBlock section
        ? section.getText().getText()
        : ((ContextBlock) block)
            .getElements().stream()
                .map(e -> ((MarkdownTextObject) e).getText())
                .collect(Collectors.joining(" "));
  }

  private static IncidentCard card(TestIncident incident) {
    return IncidentCard.of(incident.build(), EXTERNAL);
  }

  @Test
  void shouldSayWhatAnEngineerOnCallNeeds() {
    TestIncident incident =
        TestIncident.open()
            .severity(Severity.CRITICAL)
            .hits("Pod", "shop", "checkout-1")
            .alert(
                "KubeNodeNotReady",
                "Node worker-3 has been unready for 15 min",
                "https://runbooks.example/node",
                "http://prometheus:9090/graph?g0.expr=up");

    assertThat(text(english.card(card(incident))))
        .isEqualTo(
            """
            🔴 *CRITICAL · open* · `prod-1`
            *Node worker-3 is not ready*
            *Probably:* Node worker-3 is down · 83 % · `Node worker-3`
            *Or else:* The cloud's API refuses calls · 9 % · `Node worker-3`
            *Hit:* 1 pod
            • Pod `shop/checkout-1`
            *Next:* Look at the node's conditions
            ```
            kubectl describe node worker-3
            ```
            *Fix:* Drain the node and replace it
            ```
            kubectl drain worker-3 --ignore-daemonsets
            ```
            ⚠️ *Risk:* Pods without a replica elsewhere are down until they are scheduled again
            *Alerts:*
            • `KubeNodeNotReady` · `Node worker-3` · Node worker-3 has been unready for 15 min · \
            <https://runbooks.example/node|runbook (runbooks.example)> · \
            <http://prometheus:9090/graph?g0.expr=up|source (prometheus:9090)>
            since 2026-11-21 03:00:00 UTC · `0a1b2c3d-000000000001` · \
            <https://causeline.example/incidents/0a1b2c3d-000000000001|open incident>""");
  }

  @Test
  void shouldShowHowItEndedAndNothingToDoWhenResolved() {
    String text =
        text(english.card(card(TestIncident.open().resolvedAfter(Duration.ofSeconds(754)))));

    assertThat(text)
        .startsWith("✅ *WARNING · resolved*")
        .contains("resolved 2026-11-21 03:12:34 UTC after 12 min 34 s")
        .contains("Node worker-3 is down")
        .doesNotContain("kubectl", "Next", "Fix");
  }

  @Test
  void shouldPointToTheOtherWhenMerged() {
    String text = text(english.card(card(TestIncident.open().mergedInto("0a1b2c3d-00000000000f"))));

    assertThat(text)
        .startsWith("🔀 *WARNING · merged*")
        .contains(
            "Merged into <https://causeline.example/incidents/0a1b2c3d-00000000000f|"
                + "0a1b2c3d-00000000000f>: follow it there.")
        .doesNotContain("kubectl", "Probably");
  }

  @Test
  void shouldPointByIdWhenThereIsNoExternalAddress() {
    IncidentCard card =
        IncidentCard.of(TestIncident.open().mergedInto("0a1b2c3d-00000000000f").build(), null);

    assertThat(text(english.card(card)))
        .contains("Merged into `0a1b2c3d-00000000000f`")
        .doesNotContain("<http");
  }

  @Test
  void shouldSpeakChineseWhenAsked() {
    String open = text(chinese.card(card(TestIncident.open().state(State.ACKNOWLEDGED))));
    String over =
        text(chinese.card(card(TestIncident.open().resolvedAfter(Duration.ofMinutes(75)))));

    assertThat(open).contains("警告 · 已确认", "最可能的原因", "其次可能", "受影响", "下一步", "修复", "风险");
    assertThat(over).contains("已恢复", "历时 1 小时 15 分");
  }

  @Test
  void shouldSayHowManyMoreWhenMuchIsHit() {
    TestIncident incident = TestIncident.open();
    for (int i = 0; i < 37; i++) {
      incident.hits("Pod", "shop", "checkout-" + i);
    }

    assertThat(text(english.card(card(incident)))).contains("checkout-9`\n… and 27 more");
  }

  @Test
  void shouldCutAtAnEntryWhenEntriesAreLong() {
    TestIncident incident = TestIncident.open();
    for (int i = 0; i < 9; i++) {
      incident.hits("Kind" + "k".repeat(240), "n".repeat(100), "<".repeat(250));
    }

    Rendered rendered = english.card(card(incident));

    assertThat(text(rendered)).containsPattern("…`\\n… and \\d more");
    rendered.blocks().forEach(b -> assertThat(text(b).length()).isLessThanOrEqualTo(3000));
  }

  @Test
  void shouldKeepTheRiskAndLeaveTheCommandOutWhenBothDoNotFit() {
    TestIncident incident =
        TestIncident.open()
            .hypothesis(
                "bad-rollout",
                "A bad rollout",
                EntityRef.of("Deployment", "shop", "checkout"),
                0.6,
                List.of(new Check("Look", null)),
                List.of(new Fix("Roll back", "&".repeat(900), "Half of it is cut off")));

    assertThat(text(english.card(card(incident))))
        .contains("Roll back", "Half of it is cut off")
        .doesNotContain("&amp;&amp;");
  }

  @Test
  void shouldShowNoPartOfACommandThatIsTooLong() {
    TestIncident incident =
        TestIncident.open()
            .hypothesis(
                "bad-rollout",
                "A bad rollout",
                EntityRef.of("Deployment", "shop", "checkout"),
                0.6,
                List.of(new Check("Look", "kubectl delete pods " + "x ".repeat(600))),
                List.of());

    assertThat(text(english.card(card(incident)))).contains("Look").doesNotContain("kubectl");
  }

  @Test
  void shouldTellEachChangeInALine() {
    ChangeNote note =
        new ChangeNote(
            card(TestIncident.open().mergedInto("0a1b2c3d-00000000000f")),
            List.of(
                new Change.Merged("0a1b2c3d-00000000000f"),
                new Change.SplitOff(),
                new Change.Reopened(2),
                new Change.SeverityRaised(Severity.WARNING, Severity.CRITICAL),
                new Change.HypothesisChanged("<old>", "*new*", 78),
                new Change.NewlyHit(List.of("Ingress", "Service")),
                new Change.Acknowledged(),
                new Change.Resolved(Duration.ofHours(50))));

    assertThat(text(english.reply(note)))
        .isEqualTo(
            """
            🔀 Merged into <https://causeline.example/incidents/0a1b2c3d-00000000000f|\
            0a1b2c3d-00000000000f>: follow it there.
            ↩️ Split off again: this is an incident of its own
            🔁 Reopened: it came back (2 times by now)
            ⬆️ Severity raised: warning → critical
            🔎 Now more likely: ∗new∗ (78 %). Before: &lt;old&gt;
            ➕ Now also hit: Ingress, Service
            👀 Acknowledged
            ✅ Resolved after 2 d 2 h""");
    assertThat(text(chinese.reply(note)).lines()).hasSize(8).noneMatch(l -> l.contains("Resolved"));
  }

  @Test
  void shouldCarryWhatItIsAboutWhenItFollowsUp() {
    ChangeNote note =
        new ChangeNote(
            card(TestIncident.open().resolvedAfter(Duration.ofMinutes(3))),
            List.of(new Change.Resolved(Duration.ofMinutes(3))));

    assertThat(text(english.followUp(note)))
        .contains("Node worker-3 is not ready", "✅ Resolved after 3 min", "open incident");
  }

  @Test
  void shouldGiveNotificationsATextWithoutMarkup() {
    Rendered rendered =
        english.card(card(TestIncident.open().title("<!channel> http://x.example")));

    assertThat(rendered.text())
        .isEqualTo("🟠 WARNING · open: &lt;!channel&gt; http\u2060://\u2060x.example");
  }
}
