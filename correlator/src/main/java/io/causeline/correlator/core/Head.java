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

  /** As stored. */
  record State(
      String id,
      Instant openedAt,
      Set<String> members,
      List<Command> commands,
      @Nullable Incident published) {}

  private final String id;
  private final Instant openedAt;
  private final Set<String> members;
  private final List<Command> commands;
  private @Nullable Incident published;

  Head(String id, Instant openedAt) {
    this(new State(id, openedAt, Set.of(), List.of(), null));
  }

  Head(State state) {
    this.id = state.id();
    this.openedAt = state.openedAt();
    this.members = new LinkedHashSet<>(state.members());
    this.commands = new ArrayList<>(state.commands());
    this.published = state.published();
  }

  State state() {
    return new State(id, openedAt, new TreeSet<>(members), List.copyOf(commands), published);
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
    members.clear();
    members.addAll(ids);
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
