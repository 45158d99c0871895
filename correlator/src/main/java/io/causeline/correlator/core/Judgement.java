package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Command;
import io.causeline.model.Incident;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a person's command as a ruling about the entries that its incident has at that time. */
final class Judgement {

  private Judgement() {}

  /** Whether the command is about structure or cause. */
  static boolean isNeeded(Command command) {
    return switch (command.action()) {
      case MERGE, SPLIT, CONFIRM_CAUSE, REJECT_CAUSE -> true;
      case ACKNOWLEDGE, RESOLVE, REOPEN, COMMENT -> false;
    };
  }

  /** The ruling; empty if the command makes no sense for what the incidents are by now. */
  static Optional<Ruling> of(
      Command command,
      Head head,
      Map<String, Head> heads,
      EpisodeStore episodes,
      Knowledge knowledge) {
    Command.About about = command.about();
    return switch (command.action()) {
      case MERGE ->
          about == null || about.into() == null
              ? Optional.empty()
              : together(command, head, heads.get(about.into()));
      case SPLIT ->
          apart(command, head, about == null ? Set.of() : Set.copyOf(about.entries()), episodes);
      case CONFIRM_CAUSE -> cause(Ruling.Kind.CONFIRMED, command, head, knowledge);
      case REJECT_CAUSE -> cause(Ruling.Kind.REJECTED, command, head, knowledge);
      case ACKNOWLEDGE, RESOLVE, REOPEN, COMMENT -> Optional.empty();
    };
  }

  private static Optional<Ruling> together(Command command, Head head, @Nullable Head into) {
    if (into == null || into.id().equals(head.id()) || into.isMerged() || head.isMerged()) {
      return Optional.empty();
    }
    Set<String> entries = new TreeSet<>(head.members());
    entries.addAll(into.members());
    return Optional.of(
        new Ruling(
            command.id(),
            command.at(),
            Ruling.Kind.TOGETHER,
            entries,
            Set.of(),
            into.id(),
            null,
            null));
  }

  private static Optional<Ruling> apart(
      Command command, Head head, Set<String> wanted, EpisodeStore episodes) {
    Set<String> entries = new TreeSet<>();
    Set<String> keys = new TreeSet<>();
    Set<String> from = head.isMerged() ? head.had() : head.members();
    for (String id : from) {
      Episode episode = episodes.get(id);
      if (episode != null && (head.isMerged() || wanted.contains(episode.key()))) {
        entries.add(id);
        keys.add(episode.key());
      }
    }
    boolean all = !head.isMerged() && entries.size() == head.members().size();
    return entries.isEmpty() || all
        ? Optional.empty()
        : Optional.of(
            new Ruling(
                command.id(), command.at(), Ruling.Kind.APART, entries, keys, null, null, null));
  }

  private static Optional<Ruling> cause(
      Ruling.Kind kind, Command command, Head head, Knowledge knowledge) {
    Incident incident = head.published();
    String cause = command.about() == null ? null : command.about().cause();
    if (incident == null || cause == null || head.isMerged()) {
      return Optional.empty();
    }
    return knowledge
        .cause(cause)
        .flatMap(known -> ConfirmedPlace.of(cause, known.locus(), incident))
        .map(locus -> Ruling.about(kind, command.id(), command.at(), head.members(), cause, locus));
  }

  /** Whether the earlier ruling no longer holds once the later one is made. */
  static boolean contrary(Ruling later, Ruling earlier) {
    boolean touch = earlier.entries().stream().anyMatch(later.entries()::contains);
    return touch
        && switch (later.kind()) {
          case TOGETHER -> earlier.kind() == Ruling.Kind.APART;
          case APART -> false;
          case CONFIRMED ->
              earlier.kind() == Ruling.Kind.CONFIRMED
                  || (earlier.kind() == Ruling.Kind.REJECTED
                      && Objects.equals(earlier.hypothesis(), later.hypothesis()));
          case REJECTED ->
              earlier.kind() == Ruling.Kind.CONFIRMED
                  && Objects.equals(earlier.hypothesis(), later.hypothesis());
        };
  }
}
