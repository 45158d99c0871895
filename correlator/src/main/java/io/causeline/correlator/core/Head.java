package io.causeline.correlator.core;

import io.causeline.model.Command;
import io.causeline.model.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an incident beside its entries: its id, what people did, what was
 * published.
 */
final class Head {

  /**
   * As stored, apart from its entries and its snapshot: a record for each.
   *
   * @param had the entries that it had when it was merged, so that it can be had back
   * @param rulings what people decided about its structure and cause
   */
  record State(
      String id, Instant openedAt, Set<String> had, List<Command> commands, List<Ruling> rulings) {

    State {
      had = had == null ? Set.of() : had;
      rulings = rulings == null ? List.of() : rulings;
    }
  }

  private final String id;
  private final Instant openedAt;
  private final Set<String> members;
  private final Set<String> had;
  private final List<Command> commands;
  private final List<Ruling> rulings;
  private final Advices.Told told = new Advices.Told();
  private @Nullable Incident published;

  Head(String id, Instant openedAt) {
    this(new State(id, openedAt, Set.of(), List.of(), List.of()), null);
  }

  /** As it was stored; its entries come one by one. */
  Head(State state, @Nullable Incident published) {
    this.id = state.id();
    this.openedAt = state.openedAt();
    this.members = new LinkedHashSet<>();
    this.had = new LinkedHashSet<>(state.had());
    this.commands = new ArrayList<>(state.commands());
    this.rulings = new ArrayList<>(state.rulings());
    this.published = published;
  }

  State state() {
    return new State(id, openedAt, new TreeSet<>(had), List.copyOf(commands), List.copyOf(rulings));
  }

  String id() {
    return id;
  }

  Instant openedAt() {
    return openedAt;
  }

  Set<String> members() {
    return members;
  }

  void members(Set<String> ids) {
    members.retainAll(ids);
    members.addAll(ids);
  }

  void addMember(String id) {
    members.add(id);
  }

  /** The entries that it had when it was merged. */
  Set<String> had() {
    return had;
  }

  void had(Set<String> ids) {
    had.clear();
    had.addAll(ids);
  }

  /** What people decided about its structure and cause. */
  List<Ruling> rulings() {
    return rulings;
  }

  /** Whether a person merged it into another. */
  boolean isGivenUp() {
    return rulings.stream().anyMatch(ruling -> ruling.kind() == Ruling.Kind.TOGETHER);
  }

  List<Command> commands() {
    return commands;
  }

  /** Takes a command in the order of its time; false if it was there before. */
  boolean add(Command command) {
    for (Command known : commands) {
      if (known.id().equals(command.id())) {
        return false;
      }
    }
    commands.add(command);
    commands.sort(java.util.Comparator.comparing(Command::at).thenComparing(Command::id));
    return true;
  }

  @Nullable Incident published() {
    return published;
  }

  void published(Incident incident) {
    published = incident;
  }

  /** What it was advised when it was written last. */
  Advices.Told told() {
    return told;
  }

  boolean isMerged() {
    return published != null && published.state() == Incident.State.MERGED;
  }

  /** Whether it has lost all its entries to nothing. */
  boolean isWithdrawn() {
    return members.isEmpty() && !isMerged();
  }

  boolean isResolved() {
    return published != null && published.state() == Incident.State.RESOLVED;
  }
}
