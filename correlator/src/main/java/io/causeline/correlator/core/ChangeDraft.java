package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Text;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Two states of one object, compared, and the changes found between them so far. */
final class ChangeDraft {

  /** What a change tells of a value is for people and patterns: so many bytes are enough. */
  private static final int MAX_VALUE_BYTES = 300;

  private final ObjectSnapshot before;
  private final ObjectSnapshot after;
  private final List<ObservedChange> changes = new ArrayList<>();

  /**
   * Nothing found yet.
   *
   * @param before {@code after} itself where the object is seen for the first time
   */
  ChangeDraft(ObjectSnapshot before, ObjectSnapshot after) {
    this.before = before;
    this.after = after;
  }

  ObjectSnapshot before() {
    return before;
  }

  ObjectSnapshot after() {
    return after;
  }

  List<ObservedChange> changes() {
    return changes;
  }

  boolean differs(String attribute) {
    return !from(attribute).equals(to(attribute));
  }

  String from(String attribute) {
    return value(before, attribute);
  }

  String to(String attribute) {
    return value(after, attribute);
  }

  /** Items of the list that were not there before. */
  Set<String> added(String attribute) {
    return minus(items(after, attribute), items(before, attribute));
  }

  /** Items of the list that are no longer there. */
  Set<String> removed(String attribute) {
    return minus(items(before, attribute), items(after, attribute));
  }

  void add(ChangeKind kind, Map<String, String> attributes, String message) {
    add(kind, after.observedAt(), attributes, message);
  }

  /**
   * Adds a change.
   *
   * @param at when it happened, by the object's own word
   */
  void add(ChangeKind kind, Instant at, Map<String, String> attributes, String message) {
    String identity = after.uid() + "/" + after.resourceVersion() + "/" + kind.word();
    addAs(
        attributes.isEmpty() ? identity : identity + "/" + new TreeMap<>(attributes),
        kind,
        at,
        attributes,
        message);
  }

  /** Adds a change that is the same whichever states tell it. */
  void addOnce(ChangeKind kind, Instant at, String message) {
    addAs(after.uid() + "/" + kind.word(), kind, at, Map.of(), message);
  }

  private void addAs(
      String identity,
      ChangeKind kind,
      Instant at,
      Map<String, String> attributes,
      String message) {
    changes.add(
        new ObservedChange(
            identity,
            after.entity(),
            kind,
            at.isAfter(after.observedAt()) ? after.observedAt() : at,
            after.observedAt(),
            attributes,
            message));
  }

  /** Adds that an attribute has another value, told by {@code field}, {@code from}, {@code to}. */
  void field(ChangeKind kind, String attribute, String field) {
    String from = cut(from(attribute));
    String to = cut(to(attribute));
    add(
        kind,
        Map.of("field", field, "from", from, "to", to),
        field + " " + orNone(from) + " → " + orNone(to));
  }

  /** Like {@link #field} for a long list: only what differs is told. */
  void listField(ChangeKind kind, String attribute, String field) {
    String from = cut(String.join(",", removed(attribute)));
    String to = cut(String.join(",", added(attribute)));
    add(
        kind,
        Map.of("field", field, "from", from, "to", to),
        field + ": " + orNone(from) + " → " + orNone(to));
  }

  static String cut(String text) {
    return Text.cut(text, MAX_VALUE_BYTES);
  }

  static String orNone(String text) {
    return text.isEmpty() ? "none" : text;
  }

  /** When the Ready condition last changed, by the object's own word. */
  Instant readySince() {
    return time(to(Attributes.READY_SINCE), after.observedAt());
  }

  static Instant time(String text, Instant otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      // Written by someone's own controller: the time of seeing it is the next best.
      return otherwise;
    }
  }

  static String value(ObjectSnapshot snapshot, String attribute) {
    String value = snapshot.attribute(attribute);
    return value == null ? "" : value;
  }

  /** The items of a list, in their order. */
  static Set<String> items(ObjectSnapshot snapshot, String attribute) {
    String value = value(snapshot, attribute);
    return value.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(value.split(",", -1)));
  }

  private static Set<String> minus(Collection<String> items, Collection<String> others) {
    Set<String> rest = new LinkedHashSet<>(items);
    rest.removeAll(others);
    return rest;
  }
}
