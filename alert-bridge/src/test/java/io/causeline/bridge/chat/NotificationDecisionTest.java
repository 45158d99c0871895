package io.causeline.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.chat.NotificationDecision.Action;
import io.causeline.bridge.chat.NotificationDecision.Decision;
import io.causeline.bridge.chat.NotificationDecision.Reason;
import io.causeline.bridge.chat.NotificationState.Fate;
import io.causeline.bridge.chat.NotificationState.Posted;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationDecisionTest {

  private static final ChannelCapabilities ALL = can(true, true);
  private static final ChannelCapabilities POST_ONLY = can(false, false);
  private static final ChannelCapabilities THREAD_ONLY = can(false, true);
  private static final ChannelCapabilities EDIT_ONLY = can(true, false);
  private static final Instant POSTED_AT = TestIncident.START.plusSeconds(90);

  private static ChannelCapabilities can(boolean edit, boolean thread) {
    return new ChannelCapabilities(
        edit, thread, edit, 12_000, Duration.ofSeconds(1), Duration.ofSeconds(20));
  }

  private static Posted posted(Incident shown) {
    return new Posted(
        new MessageRef("C1", "1.1"),
        shown.revision(),
        IncidentCard.of(shown, null).hash(),
        POSTED_AT,
        Facts.of(shown),
        POSTED_AT,
        Fate.LIVE);
  }

  private static Decision decide(Incident now, Posted posted, ChannelCapabilities can) {
    boolean news = NotificationDecision.isNews(now, Severity.INFO);
    return NotificationDecision.decide(now, news, IncidentCard.of(now, null).hash(), posted, can);
  }

  private static Decision first(Incident now, boolean wasNews) {
    return NotificationDecision.decide(now, wasNews, "hash", null, ALL);
  }

  private static Incident before() {
    return TestIncident.open().build();
  }

  private static void assertDecision(Decision decision, Action action, Reason reason) {
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.reason()).isEqualTo(reason);
  }

  @Test
  void shouldPostWhenAnIncidentIsNew() {
    assertDecision(first(before(), true), Action.POST, Reason.NEW_INCIDENT);
  }

  @Test
  void shouldPostWhenAnIncidentIsAlreadyAcknowledged() {
    Incident acknowledged = TestIncident.open().state(State.ACKNOWLEDGED).build();

    assertDecision(first(acknowledged, true), Action.POST, Reason.NEW_INCIDENT);
  }

  @ParameterizedTest
  @CsvSource({
    "CRITICAL, INFO, true", "WARNING, INFO, true", "INFO, INFO, true",
    "CRITICAL, WARNING, true", "WARNING, WARNING, true", "INFO, WARNING, false",
    "CRITICAL, CRITICAL, true", "WARNING, CRITICAL, false", "INFO, CRITICAL, false"
  })
  void shouldTakeForNewsWhatIsSevereEnough(Severity severity, Severity least, boolean news) {
    Incident incident = TestIncident.open().severity(severity).build();

    assertThat(NotificationDecision.isNews(incident, least)).isEqualTo(news);
    assertThat(first(incident, news).action()).isEqualTo(news ? Action.POST : Action.NOTHING);
  }

  @Test
  void shouldNotPostWhenFirstSeenResolved() {
    Incident over = TestIncident.open().resolvedAfter(Duration.ofMinutes(5)).build();

    assertThat(NotificationDecision.isNews(over, Severity.INFO)).isFalse();
    assertDecision(first(over, false), Action.NOTHING, Reason.FIRST_SEEN_RESOLVED);
  }

  @Test
  void shouldPostWhenItCameAndWentBeforeItCouldBeTold() {
    Incident over = TestIncident.open().resolvedAfter(Duration.ofMinutes(5)).build();

    assertDecision(first(over, true), Action.POST, Reason.OVER_BEFORE_TOLD);
  }

  @Test
  void shouldNotPostWhenMergedBeforeItWasPosted() {
    Incident merged = TestIncident.open().mergedInto("x-1").build();

    assertDecision(first(merged, true), Action.NOTHING, Reason.FIRST_SEEN_MERGED);
    assertDecision(first(merged, false), Action.NOTHING, Reason.FIRST_SEEN_MERGED);
  }

  @Test
  void shouldDoNothingWhenNothingChanged() {
    assertDecision(decide(before(), posted(before()), ALL), Action.NOTHING, Reason.UP_TO_DATE);
  }

  @Test
  void shouldIgnoreARevisionOlderThanTheOneShown() {
    Posted posted = posted(TestIncident.open().revision(7).build());
    Incident older = TestIncident.open().revision(6).severity(Severity.CRITICAL).build();

    assertDecision(decide(older, posted, ALL), Action.NOTHING, Reason.OLDER_REVISION);
  }

  @Test
  void shouldEditAfterAWhileWhenWhatChangedIsNotMaterial() {
    Incident now = TestIncident.open().revision(2).title("Node worker-3 is still down").build();

    Decision decision = decide(now, posted(before()), ALL);

    assertDecision(decision, Action.EDIT, Reason.CONTENT_CHANGED);
    assertThat(decision.notBefore()).isEqualTo(POSTED_AT.plus(NotificationDecision.EDIT_SPACING));
    assertThat(decision.changes()).isEmpty();
  }

  @Test
  void shouldEditAndReplyAtOnceWhenSeverityIsRaised() {
    Incident now = TestIncident.open().revision(2).severity(Severity.CRITICAL).build();

    Decision decision = decide(now, posted(before()), ALL);

    assertDecision(decision, Action.REPLY_AND_EDIT, Reason.MATERIAL_CHANGE);
    assertThat(decision.notBefore()).isEqualTo(Instant.MIN);
    assertThat(decision.changes())
        .containsExactly(new Change.SeverityRaised(Severity.WARNING, Severity.CRITICAL));
  }

  @Test
  void shouldOnlyReplyWhenTheMessageShowsItAlready() {
    Incident now = TestIncident.open().revision(2).severity(Severity.CRITICAL).build();
    Posted posted =
        posted(before()).showing(2, IncidentCard.of(now, null).hash(), POSTED_AT.plusSeconds(9));

    Decision decision = decide(now, posted, ALL);

    assertDecision(decision, Action.REPLY, Reason.MATERIAL_CHANGE);
    assertThat(decision.changes()).hasSize(1);
  }

  @Test
  void shouldOnlyEditWhenSeverityFalls() {
    Incident now = TestIncident.open().revision(2).severity(Severity.INFO).build();

    assertDecision(decide(now, posted(before()), ALL), Action.EDIT, Reason.CONTENT_CHANGED);
  }

  @Test
  void shouldReplyWithHowLongItLastedWhenResolved() {
    Incident now = TestIncident.open().revision(2).resolvedAfter(Duration.ofMinutes(12)).build();

    Decision decision = decide(now, posted(before()), ALL);

    assertDecision(decision, Action.REPLY_AND_EDIT, Reason.MATERIAL_CHANGE);
    assertThat(decision.changes()).containsExactly(new Change.Resolved(Duration.ofMinutes(12)));
  }

  @Test
  void shouldReplyWithAPointerAndNothingElseWhenMerged() {
    Incident now =
        TestIncident.open().revision(2).severity(Severity.CRITICAL).mergedInto("x-9").build();

    assertThat(decide(now, posted(before()), ALL).changes())
        .containsExactly(new Change.Merged("x-9"));
  }

  @Test
  void shouldReplyWhenAMergeIsUndone() {
    Posted posted = posted(TestIncident.open().mergedInto("x-9").build());

    assertThat(decide(TestIncident.open().revision(2).build(), posted, ALL).changes())
        .containsExactly(new Change.SplitOff());
  }

  @Test
  void shouldReplyWhenReopened() {
    Posted posted = posted(TestIncident.open().resolvedAfter(Duration.ofMinutes(2)).build());

    assertThat(decide(TestIncident.open().revision(2).reopened(1).build(), posted, ALL).changes())
        .containsExactly(new Change.Reopened(1));
  }

  @Test
  void shouldTellBothWhenItWasReopenedAndResolvedUnseen() {
    Posted posted = posted(TestIncident.open().resolvedAfter(Duration.ofMinutes(2)).build());
    Incident again =
        TestIncident.open().revision(4).reopened(1).resolvedAfter(Duration.ofMinutes(9)).build();

    assertThat(decide(again, posted, ALL).changes())
        .containsExactly(new Change.Reopened(1), new Change.Resolved(Duration.ofMinutes(9)));
  }

  @Test
  void shouldShowAtOnceAndTellAfterAWhileWhenTheFirstHypothesisChanged() {
    Incident now =
        TestIncident.open()
            .revision(2)
            .hypothesis(
                "cloud-api-throttled",
                "The cloud's API refuses calls",
                EntityRef.of("CloudProvider", null, "aws"),
                0.7)
            .build();
    Posted posted = posted(before());

    Decision shown = decide(now, posted, ALL);
    Decision told =
        decide(now, posted.showing(2, IncidentCard.of(now, null).hash(), POSTED_AT), ALL);

    assertDecision(shown, Action.EDIT, Reason.MATERIAL_CHANGE);
    assertThat(shown.notBefore()).isEqualTo(Instant.MIN);
    assertDecision(told, Action.REPLY, Reason.MATERIAL_CHANGE);
    assertThat(told.notBefore()).isEqualTo(POSTED_AT.plus(NotificationDecision.QUIET_SPACING));
    assertThat(told.changes())
        .containsExactly(
            new Change.HypothesisChanged(
                "Node worker-3 is down", "The cloud's API refuses calls", 70));
  }

  @Test
  void shouldTellAKindOfObjectOnceWhenItIsNewlyHit() {
    Incident now =
        TestIncident.open()
            .revision(2)
            .hits("Pod", "shop", "a")
            .hits("Service", "shop", "b")
            .build();
    Posted posted = posted(before());

    List<Change> changes = Change.between(posted.told(), now);
    Facts told = posted.told().then(now);

    assertThat(changes).containsExactly(new Change.NewlyHit(List.of("Service")));
    assertThat(Change.between(told.then(before()), now)).isEmpty();
  }

  @Test
  void shouldTellWhenSomeoneAcknowledges() {
    Incident now = TestIncident.open().revision(2).state(State.ACKNOWLEDGED).build();

    assertThat(Change.between(Facts.of(before()), now)).containsExactly(new Change.Acknowledged());
  }

  @Test
  void shouldReplyWhenItCanThreadButNotEdit() {
    Incident resolved =
        TestIncident.open().revision(2).resolvedAfter(Duration.ofMinutes(12)).build();
    Incident retitled = TestIncident.open().revision(2).title("other words").build();

    assertDecision(
        decide(resolved, posted(before()), THREAD_ONLY), Action.REPLY, Reason.MATERIAL_CHANGE);
    assertDecision(
        decide(retitled, posted(before()), THREAD_ONLY), Action.NOTHING, Reason.CANNOT_EDIT);
  }

  @Test
  void shouldEditWhenItCanEditButNotThread() {
    Incident resolved =
        TestIncident.open().revision(2).resolvedAfter(Duration.ofMinutes(12)).build();

    assertDecision(
        decide(resolved, posted(before()), EDIT_ONLY), Action.EDIT, Reason.MATERIAL_CHANGE);
  }

  @Test
  void shouldFollowUpSparinglyWhenItCanOnlyPost() {
    Incident resolved =
        TestIncident.open().revision(2).resolvedAfter(Duration.ofMinutes(12)).build();
    Incident acknowledged = TestIncident.open().revision(2).state(State.ACKNOWLEDGED).build();

    assertDecision(
        decide(resolved, posted(before()), POST_ONLY), Action.FOLLOW_UP, Reason.MATERIAL_CHANGE);
    assertDecision(
        decide(acknowledged, posted(before()), POST_ONLY), Action.NOTHING, Reason.CANNOT_EDIT);
  }

  @Test
  void shouldReplyButNotEditWhenTheMessageIsFrozen() {
    Incident resolved =
        TestIncident.open().revision(2).resolvedAfter(Duration.ofMinutes(12)).build();

    assertThat(decide(resolved, posted(before()).meeting(Fate.FROZEN), ALL).action())
        .isEqualTo(Action.REPLY);
  }

  @Test
  void shouldPostAnewOnlyForGoodReasonWhenTheMessageWasRemoved() {
    Posted gone = posted(before()).meeting(Fate.GONE);
    Incident worse = TestIncident.open().revision(2).severity(Severity.CRITICAL).build();
    Incident resolved =
        TestIncident.open().revision(2).resolvedAfter(Duration.ofMinutes(12)).build();
    Incident retitled = TestIncident.open().revision(2).title("other words").build();

    assertDecision(decide(worse, gone, ALL), Action.POST, Reason.MESSAGE_REMOVED);
    assertDecision(decide(resolved, gone, ALL), Action.NOTHING, Reason.MESSAGE_REMOVED);
    assertDecision(decide(retitled, gone, ALL), Action.NOTHING, Reason.MESSAGE_REMOVED);
  }
}
