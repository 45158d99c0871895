package io.causeline.bridge.chat;

import io.causeline.bridge.chat.NotificationDecision.Decision;
import io.causeline.bridge.chat.NotificationState.Fate;
import io.causeline.bridge.chat.NotificationState.Intent;
import io.causeline.bridge.chat.NotificationState.Posted;
import io.causeline.bridge.chat.SendResult.Rejected;
import io.causeline.bridge.chat.SendResult.RetryLater;
import io.causeline.bridge.chat.SendResult.Scope;
import io.causeline.bridge.chat.SendResult.Sent;
import io.causeline.bridge.chat.SendResult.Unknown;
import io.causeline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings one incident's message in one channel a step further: at most one call, with the books
 * kept around it. The order of things is what makes a restart harmless:
 *
 * <ol>
 *   <li>an intent is stored before a message or reply is sent, the message's id after;
 *   <li>an intent whose fate is unknown is looked up before anything else is sent for the incident,
 *       and not before the channel has certainly taken it or not;
 *   <li>where nothing can be looked up it is sent again, after growing waits: rather twice than
 *       never;
 *   <li>an edit needs no intent, since making it twice changes nothing.
 * </ol>
 */
final class Delivery {

  private static final Duration REFUSED_RETRY = Duration.ofMinutes(5);
  private static final Duration LOOKUP_RETRY = Duration.ofMinutes(1);
  private static final Duration FIRST_RESEND = Duration.ofMinutes(1);
  private static final Duration LONGEST_RESEND = Duration.ofHours(1);

  private final ChatChannel channel;
  private final ChannelCapabilities can;
  private final NotificationBook book;
  private final ChannelPace pace;
  private final ChannelReport report;
  private final InstantSource clock;
  private final @Nullable WebLink external;

  Delivery(
      ChatChannel channel,
      NotificationBook book,
      ChannelPace pace,
      ChannelReport report,
      InstantSource clock,
      @Nullable WebLink external) {
    this.channel = channel;
    this.can = channel.capabilities();
    this.book = book;
    this.pace = pace;
    this.report = report;
    this.clock = clock;
    this.external = external;
  }

  /** What is left to do. */
  sealed interface Progress {
    /** Nothing. */
    record Done() implements Progress {}

    /** More, but not before this. */
    record Later(Instant notBefore) implements Progress {}
  }

  private static final Progress DONE = new Progress.Done();
  private static final Progress AGAIN = new Progress.Later(Instant.MIN);

  /**
   * Does the next step.
   *
   * @throws NotificationLog.NotificationLogException if the books can't be kept now: the step is to
   *     be taken again
   */
  Progress advance(IncidentRef ref, Work work) {
    book.save(ref);
    NotificationState state = book.state(ref);
    if (!(work instanceof Work.Show show)) {
      if (state != null) {
        book.after(ref, null);
      }
      return DONE;
    }
    Intent intent = state == null ? null : state.intent();
    if (state != null && intent != null && book.mayHaveBeenSent(ref)) {
      return findOut(ref, state, intent);
    }
    Posted posted = state == null ? null : state.posted();
    IncidentCard card = IncidentCard.of(show.incident(), external);
    Decision decision =
        NotificationDecision.decide(show.incident(), show.wasNews(), card.hash(), posted, can);
    if (clock.instant().isBefore(decision.notBefore())) {
      return new Progress.Later(decision.notBefore());
    }
    report.decided(ref, decision);
    return switch (decision.action()) {
      case NOTHING -> nothing(ref, state);
      case POST -> post(ref, state, show.incident(), card);
      case EDIT, REPLY_AND_EDIT -> edit(ref, posted, show.incident(), card);
      case REPLY, FOLLOW_UP -> tell(ref, state, posted, show.incident(), card, decision);
    };
  }

  /** How urgent: a new incident first, then what people want to be told, then the rest. */
  int urgency(ChannelQueue.Taken taken) {
    NotificationState state = book.state(taken.ref());
    if (!(taken.work() instanceof Work.Show show)) {
      return 2;
    }
    if (state == null || state.posted() == null) {
      return 0;
    }
    return Change.between(state.posted().told(), show.incident()).isEmpty() ? 2 : 1;
  }

  private Progress nothing(IncidentRef ref, @Nullable NotificationState state) {
    if (state != null && state.intent() != null) {
      book.after(ref, NotificationState.withoutIntent(state));
    }
    return DONE;
  }

  private Progress post(
      IncidentRef ref, @Nullable NotificationState state, Incident incident, IncidentCard card) {
    boolean anew = state != null && state.posted() != null;
    String operation =
        anew ? NotificationState.MESSAGE + "-" + incident.revision() : NotificationState.MESSAGE;
    Marker marker = new Marker(ref.id(), operation, incident.revision());
    intend(ref, state, marker, Facts.of(incident), card);
    return sent(ref, "post", channel.post(card, marker));
  }

  private Progress tell(
      IncidentRef ref,
      @Nullable NotificationState state,
      @Nullable Posted posted,
      Incident incident,
      IncidentCard card,
      Decision decision) {
    Posted there = required(posted);
    boolean reply = decision.action() == NotificationDecision.Action.REPLY;
    String operation =
        reply ? NotificationState.reply(incident.revision()) : "follow-up-" + incident.revision();
    Marker marker = new Marker(ref.id(), operation, incident.revision());
    ChangeNote note = new ChangeNote(card, decision.changes());
    intend(ref, state, marker, there.told().then(incident), card);
    return reply
        ? sent(ref, "reply", channel.reply(there.message(), note, marker))
        : sent(ref, "follow-up", channel.followUp(note, marker));
  }

  private void intend(
      IncidentRef ref,
      @Nullable NotificationState state,
      Marker marker,
      Facts facts,
      IncidentCard card) {
    Intent before = state == null ? null : state.intent();
    int attempt =
        before != null && before.operation().equals(marker.operation()) ? before.attempt() + 1 : 1;
    Intent intent =
        new Intent(
            marker.operation(), facts, card.hash(), channel.target(), clock.instant(), attempt);
    book.before(ref, state == null ? new NotificationState(intent, null) : state.intending(intent));
  }

  private Progress sent(IncidentRef ref, String operation, SendResult result) {
    Instant now = clock.instant();
    NotificationState state = required(book.state(ref));
    Intent intent = required(state.intent());
    if (result instanceof Sent sent) {
      answered(operation, "sent", now);
      book.after(ref, state.done(sent.message(), now));
      return AGAIN;
    }
    if (result instanceof Unknown unknown) {
      unknown(operation, unknown, now);
      return new Progress.Later(knownAt(intent));
    }
    book.notTaken(ref);
    if (result instanceof Rejected rejected && operation.equals("reply")) {
      Posted posted = required(state.posted());
      if (rejected.scope() == Scope.GONE) {
        answered(operation, "rejected", now);
        book.after(ref, new NotificationState(null, posted.meeting(Fate.GONE)));
        return AGAIN;
      }
      if (rejected.scope() == Scope.FROZEN) {
        // The thread is closed; the message itself shows what there is to tell.
        answered(operation, "rejected", now);
        report.threadClosed(ref, rejected.reason());
        book.after(ref, new NotificationState(null, posted.telling(intent.facts(), now)));
        return AGAIN;
      }
    }
    return notTaken(ref, operation, result, now);
  }

  private Progress edit(
      IncidentRef ref, @Nullable Posted posted, Incident incident, IncidentCard card) {
    Posted there = required(posted);
    Marker marker = new Marker(ref.id(), NotificationState.MESSAGE, incident.revision());
    SendResult result = channel.edit(there.message(), card, marker);
    Instant now = clock.instant();
    if (result instanceof Sent) {
      answered("edit", "sent", now);
      Posted shown = there.showing(incident.revision(), card.hash(), now);
      book.after(
          ref,
          new NotificationState(
              null, can.thread() ? shown : shown.telling(there.told().then(incident), now)));
      return AGAIN;
    }
    if (result instanceof Unknown unknown) {
      unknown("edit", unknown, now);
      return AGAIN;
    }
    if (result instanceof Rejected rejected
        && (rejected.scope() == Scope.GONE || rejected.scope() == Scope.FROZEN)) {
      answered("edit", "rejected", now);
      Fate fate = rejected.scope() == Scope.GONE ? Fate.GONE : Fate.FROZEN;
      book.after(ref, new NotificationState(null, there.meeting(fate)));
      return AGAIN;
    }
    return notTaken(ref, "edit", result, now);
  }

  /** Finds out what became of a message whose answer never came. */
  private Progress findOut(IncidentRef ref, NotificationState state, Intent intent) {
    Instant now = clock.instant();
    Instant knownAt = knownAt(intent);
    if (now.isBefore(knownAt)) {
      return new Progress.Later(knownAt);
    }
    if (!can.lookup()) {
      book.resend(ref);
      return AGAIN;
    }
    Marker marker = new Marker(ref.id(), intent.operation(), intent.facts().revision());
    FindResult result = channel.find(intent.target(), state.threadOfIntent(), marker, intent.at());
    now = clock.instant();
    if (result instanceof FindResult.Found found) {
      answered("lookup", "found", now);
      book.after(ref, state.done(found.message(), now));
      return AGAIN;
    }
    if (result instanceof FindResult.Absent) {
      answered("lookup", "absent", now);
      book.resend(ref);
      return AGAIN;
    }
    if (result instanceof RetryLater later) {
      report.called("lookup", "retry");
      if (later.after().isZero()) {
        pace.failed(now, later.after());
        report.waits(later.reason(), pace.openAt());
        return AGAIN;
      }
      // How often may be looked up says nothing about how often may be posted.
      pace.hold(now.plus(can.spacing()));
      return new Progress.Later(now.plus(later.after()));
    }
    // Only this incident waits: the others need no look-up.
    report.called("lookup", "rejected");
    Instant retry = now.plus(LOOKUP_RETRY);
    pace.hold(now.plus(can.spacing()));
    report.refused(ref, "look-up: " + ((Rejected) result).reason(), retry);
    return new Progress.Later(retry);
  }

  private Progress notTaken(IncidentRef ref, String operation, SendResult result, Instant now) {
    if (result instanceof RetryLater later) {
      report.called(operation, "retry");
      pace.failed(now, later.after());
      report.waits(later.reason(), pace.openAt());
      return AGAIN;
    }
    Rejected rejected = (Rejected) result;
    if (rejected.scope() == Scope.CHANNEL) {
      report.called(operation, "rejected");
      pace.rejected(now);
      report.mustBeMended(rejected.reason(), pace.openAt());
      return AGAIN;
    }
    answered(operation, "rejected", now);
    Instant retry = now.plus(REFUSED_RETRY);
    report.refused(ref, rejected.reason(), retry);
    return new Progress.Later(retry);
  }

  private void unknown(String operation, Unknown unknown, Instant now) {
    report.called(operation, "unknown");
    pace.failed(now, Duration.ZERO);
    report.waits(unknown.reason(), pace.openAt());
  }

  private void answered(String operation, String outcome, Instant now) {
    report.called(operation, outcome);
    report.works();
    pace.answered(now);
  }

  /** When a message whose answer never came can be looked up, or sent again. */
  private Instant knownAt(Intent intent) {
    Duration settling = can.settling();
    if (!can.lookup()) {
      Duration resend = ChannelPace.growing(FIRST_RESEND, LONGEST_RESEND, intent.attempt() - 1);
      settling = resend.compareTo(settling) > 0 ? resend : settling;
    }
    return intent.at().plus(settling);
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("decided for a message that is not there");
    }
    return value;
  }
}
