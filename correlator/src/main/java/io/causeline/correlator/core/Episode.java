package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.AlertSignal;
import io.causeline.model.EntityRef;
import io.causeline.model.Hashes;
import io.causeline.model.Incident.Source;
import io.causeline.model.KubernetesEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stretch in which one thing was seen about one object: events of one reason and kind of
 * message without a long silence between them, an alert from one start to its end, or a change.
 * What repeats only widens its times and counts, in a way that no order and no duplicate can alter.
 */
final class Episode {

  /** What an alert has beside the rest. */
  record Alert(
      boolean fired,
      @Nullable Instant endsAt,
      @Nullable String severity,
      Map<String, String> labels,
      List<EntityRef> candidates,
      @Nullable String summary,
      @Nullable String description,
      @Nullable String runbookUrl,
      @Nullable String generatorUrl) {}

  /** What does not change with each repeat. */
  record State(
      String id,
      String key,
      Source source,
      EntityRef entity,
      @Nullable String entityUid,
      String what,
      String message,
      @Nullable String component,
      boolean warning,
      Instant first,
      Instant seenAt,
      Duration quiet,
      @Nullable Alert alert,
      @Nullable ChangeKind change,
      Map<String, String> attributes,
      @Nullable Instant overAt,
      Reading reading) {}

  private State state;
  private final Sightings sightings;

  /** Asked for with each look at any other entry, so it is worked out once. */
  private boolean strong;

  Episode(State state, Sightings sightings) {
    this.state = state;
    this.sightings = sightings;
    this.strong = hasStrongEvidence();
  }

  /** Which events are repeats of one another. */
  static String key(KubernetesEvent event) {
    return Hashes.id(
        "event",
        event.entity().path(),
        event.reason(),
        event.warning() ? "Warning" : "Normal",
        MessageClass.of(event.message()));
  }

  /** Which alerts are the same one. */
  static String key(AlertSignal alert) {
    return Hashes.id("alert", alert.identity());
  }

  /** Which change it is. */
  static String key(ObservedChange change) {
    return Hashes.id("change", change.entity().path(), change.identity());
  }

  static Episode of(KubernetesEvent event, Duration quiet) {
    String key = key(event);
    return new Episode(
        new State(
            key + "@" + event.at().toEpochMilli(),
            key,
            Source.KUBERNETES_EVENT,
            event.entity(),
            event.entityUid(),
            event.reason(),
            event.message(),
            event.component(),
            event.warning(),
            event.at(),
            event.observedAt(),
            quiet,
            null,
            null,
            Map.of(),
            null,
            Reading.NONE),
        Sightings.of(event.uid(), event.count(), event.at()));
  }

  static Episode of(AlertSignal signal) {
    String key = key(signal);
    return new Episode(
        new State(
            key + "@" + signal.startsAt().toEpochMilli(),
            key,
            Source.ALERT,
            signal.entity(),
            null,
            signal.name(),
            message(signal),
            null,
            true,
            signal.startsAt(),
            signal.observedAt(),
            Duration.ZERO,
            new Alert(
                signal.firing(),
                signal.firing() ? null : signal.endsAt(),
                signal.severity(),
                signal.labels(),
                signal.candidates(),
                signal.summary(),
                signal.description(),
                signal.runbookUrl(),
                signal.generatorUrl()),
            null,
            Map.of(),
            null,
            Reading.NONE),
        Sightings.at(signal.startsAt(), false));
  }

  static Episode of(ObservedChange change) {
    String key = key(change);
    return new Episode(
        new State(
            key,
            key,
            Source.CHANGE,
            change.entity(),
            null,
            change.kind().word(),
            change.message(),
            null,
            false,
            change.at(),
            change.observedAt(),
            Duration.ZERO,
            null,
            change.kind(),
            change.attributes(),
            null,
            Reading.NONE),
        Sightings.at(change.at(), true));
  }

  private static String message(AlertSignal signal) {
    return signal.summary() != null
        ? signal.summary()
        : signal.description() != null ? signal.description() : signal.name();
  }

  /** Takes in another stretch of the same thing; true if that tells anything new. */
  boolean absorb(Episode other) {
    State a = state;
    State b = other.state;
    Alert alert = merge(a.alert(), b.alert());
    if (!sightings.isNews(other.sightings)
        && !b.first().isBefore(a.first())
        && Objects.equals(alert, a.alert())) {
      return false;
    }
    boolean later = other.last().isAfter(last());
    boolean newer =
        later || (other.last().equals(last()) && b.message().compareTo(a.message()) < 0);
    sightings.absorb(other.sightings);
    state =
        new State(
            a.id(),
            a.key(),
            a.source(),
            a.entity(),
            a.entityUid() != null ? a.entityUid() : b.entityUid(),
            a.what(),
            newer ? b.message() : a.message(),
            a.component(),
            a.warning(),
            earlier(a.first(), b.first()),
            earlier(a.seenAt(), b.seenAt()),
            a.quiet(),
            alert,
            a.change(),
            a.attributes(),
            later ? null : a.overAt(),
            a.reading());
    return true;
  }

  /**
   * The same for one more time of an Event whose words are these, within the time that the entry
   * spans, its quiet end included; true if that tells anything new.
   */
  boolean repeat(String uid, int count, Instant at) {
    Instant before = last();
    boolean news = sightings.absorb(uid, count, at);
    if (state.overAt() != null && last().isAfter(before)) {
      over(null);
    }
    return news;
  }

  private static @Nullable Alert merge(@Nullable Alert a, @Nullable Alert b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    Instant ends =
        a.endsAt() == null
            ? b.endsAt()
            : b.endsAt() == null ? a.endsAt() : earlier(a.endsAt(), b.endsAt());
    Alert base = a.fired() || !b.fired() ? a : b;
    return new Alert(
        a.fired() || b.fired(),
        ends,
        base.severity(),
        base.labels(),
        base.candidates(),
        base.summary(),
        base.description(),
        base.runbookUrl(),
        base.generatorUrl());
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  void read(Reading reading) {
    state = copy(reading, state.overAt());
    strong = hasStrongEvidence();
  }

  /** Remembers when it was over, until it is seen again. */
  void over(@Nullable Instant at) {
    state = copy(state.reading(), at);
  }

  private State copy(Reading reading, @Nullable Instant overAt) {
    State s = state;
    return new State(
        s.id(),
        s.key(),
        s.source(),
        s.entity(),
        s.entityUid(),
        s.what(),
        s.message(),
        s.component(),
        s.warning(),
        s.first(),
        s.seenAt(),
        s.quiet(),
        s.alert(),
        s.change(),
        s.attributes(),
        overAt,
        reading);
  }

  /** Whether it may belong to an incident by itself, rather than wait for one as context. */
  boolean isMember() {
    return switch (state.source()) {
      case ALERT -> !state.reading().benign() && state.alert() != null && state.alert().fired();
      case KUBERNETES_EVENT -> !state.reading().benign() && (state.warning() || strong);
      case CHANGE -> state.reading().opening() != null;
      case ACTION -> false;
    };
  }

  private boolean hasStrongEvidence() {
    for (Vote vote : votes()) {
      if (!vote.state() && vote.role() == Role.EVIDENCE && vote.weight() == Weight.STRONG) {
        return true;
      }
    }
    return false;
  }

  /** Whether the knowledge says nothing about it. */
  boolean isUnread() {
    for (Vote vote : votes()) {
      if (vote.supports() && !vote.state()) {
        return false;
      }
    }
    return true;
  }

  /** How often it was seen. */
  int count() {
    return state.alert() != null || state.change() != null ? 1 : sightings.seen();
  }

  /** The greatest count that any of its events bore. */
  int greatestCount() {
    return sightings.greatest();
  }

  State state() {
    return state;
  }

  String id() {
    return state.id();
  }

  String key() {
    return state.key();
  }

  EntityRef entity() {
    return state.entity();
  }

  Instant first() {
    return state.first();
  }

  Instant last() {
    return sightings.last();
  }

  /** When and how often it was seen. */
  Sightings sightings() {
    return sightings;
  }

  Source source() {
    return state.source();
  }

  List<Vote> votes() {
    return state.reading().votes();
  }

  @Override
  public String toString() {
    return state.what() + " on " + state.entity() + " at " + state.first();
  }
}
