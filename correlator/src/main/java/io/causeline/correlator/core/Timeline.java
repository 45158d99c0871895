package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.model.Command;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Source;
import io.causeline.model.Incident.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an incident saw, oldest first. Stretches of the same thing are one entry; its id is the same
 * for the same signals.
 */
final class Timeline {

  /** More entries than this are cut in the middle, and an entry says so. */
  static final int MOST = 500;

  private final Collection<Episode> evidence;
  private final Instant began;
  private final Vote.Hypothesis best;
  private final Map<String, List<Episode>> byKey = new LinkedHashMap<>();

  private Timeline(
      Component component, Vote.Hypothesis best, Collection<Episode> explained, Instant began) {
    this.began = began;
    this.best = best;
    this.evidence = new HashSet<>();
    for (Episode episode : explained) {
      for (Vote vote : component.votes(episode)) {
        if (vote.hypothesis().equals(best) && vote.role() == Role.EVIDENCE && !vote.state()) {
          evidence.add(episode);
        }
      }
    }
  }

  /**
   * The timeline of a footprint.
   *
   * @param explained what speaks for its best hypothesis
   */
  static List<TimelineEntry> of(
      Component component,
      Vote.Hypothesis best,
      Collection<Episode> explained,
      List<Episode> members,
      Collection<Episode> context,
      List<Command> commands,
      EntityRef subject) {
    Timeline timeline =
        new Timeline(
            component, best, explained, members.isEmpty() ? Instant.MAX : members.get(0).first());
    members.forEach(timeline::add);
    context.forEach(timeline::add);
    List<TimelineEntry> entries = new ArrayList<>();
    timeline.byKey.values().forEach(episodes -> entries.add(timeline.entry(episodes)));
    entries.addAll(actions(commands, subject));
    entries.sort(Comparator.comparing(TimelineEntry::at).thenComparing(TimelineEntry::id));
    return cut(entries, subject);
  }

  /** What people did. */
  static List<TimelineEntry> actions(List<Command> commands, EntityRef subject) {
    return commands.stream().map(command -> action(command, subject)).toList();
  }

  private void add(Episode episode) {
    byKey.computeIfAbsent(episode.key(), k -> new ArrayList<>()).add(episode);
  }

  private TimelineEntry entry(List<Episode> episodes) {
    Episode latest = episodes.get(0);
    Instant at = latest.first();
    Instant lastAt = end(latest);
    for (Episode episode : episodes) {
      at = episode.first().isBefore(at) ? episode.first() : at;
      lastAt = end(episode).isAfter(lastAt) ? end(episode) : lastAt;
      latest = episode.last().isAfter(latest.last()) ? episode : latest;
    }
    int count = episodes.size() == 1 ? episodes.get(0).count() : count(episodes);
    Episode.State s = latest.state();
    Episode.Alert alert = s.alert();
    return new TimelineEntry(
        s.key(),
        at,
        lastAt,
        count,
        s.source(),
        s.entity(),
        s.what(),
        message(s),
        role(latest),
        alert == null ? null : alert.severity(),
        alert == null ? null : alert.summary(),
        alert == null ? null : alert.description(),
        alert == null ? null : alert.runbookUrl(),
        alert == null ? null : alert.generatorUrl());
  }

  /** One Event may be part of several stretches. */
  private static int count(List<Episode> episodes) {
    UidCounts all = new UidCounts();
    for (Episode episode : episodes) {
      all.addAll(episode.sightings().counts());
    }
    return all.isEmpty() ? episodes.size() : all.seen();
  }

  /** A change that a state made an entry says which. */
  private static String message(Episode.State s) {
    Reading.Opening opening = s.reading().opening();
    if (opening == null) {
      return s.message();
    }
    return s.message()
        + "; found: "
        + opening.states().stream()
            .map(state -> state.word().replace('-', ' '))
            .collect(Collectors.joining(", "));
  }

  private static Instant end(Episode episode) {
    Episode.Alert alert = episode.state().alert();
    Instant ends = alert == null ? null : alert.endsAt();
    return ends == null || ends.isBefore(episode.last()) ? episode.last() : ends;
  }

  private Incident.Role role(Episode episode) {
    boolean speaks = evidence.contains(episode);
    if (episode.isMember()) {
      return speaks ? Incident.Role.CAUSE : Incident.Role.SYMPTOM;
    }
    // Times are often whole seconds: what came in the second of the first symptom ended nothing.
    boolean after = episode.last().isAfter(began.plusSeconds(1));
    boolean recovery = after && heals(episode);
    if (recovery && !speaks) {
      return Incident.Role.RECOVERY;
    }
    if (episode.source() == Source.CHANGE) {
      return Incident.Role.CHANGE;
    }
    return speaks ? Incident.Role.CAUSE : Incident.Role.CONTEXT;
  }

  /** Whether it is the end of what the incident is about; of anything, where that is not known. */
  private boolean heals(Episode episode) {
    boolean unknown = best.cause().equals(Cause.UNKNOWN);
    return episode.votes().stream()
        .anyMatch(
            vote ->
                vote.role() == Role.RECOVERY
                    && (unknown
                        || vote.hypothesis().equals(best)
                        || (vote.cause().equals(best.cause()) && vote.hypothesis().somewhere())));
  }

  private static TimelineEntry action(Command command, EntityRef subject) {
    return new TimelineEntry(
        command.id(),
        command.at(),
        command.at(),
        1,
        Source.ACTION,
        subject,
        command.action().word(),
        command.text() == null ? command.actor() : command.actor() + ": " + command.text(),
        Incident.Role.ACTION,
        null,
        null,
        null,
        null,
        null);
  }

  private static List<TimelineEntry> cut(List<TimelineEntry> entries, EntityRef subject) {
    if (entries.size() <= MOST) {
      return entries;
    }
    int head = MOST / 2;
    int tail = MOST - head - 1;
    List<TimelineEntry> middle = entries.subList(head, entries.size() - tail);
    int count = middle.stream().mapToInt(TimelineEntry::count).sum();
    TimelineEntry first = middle.get(0);
    TimelineEntry last = middle.get(middle.size() - 1);
    List<TimelineEntry> out = new ArrayList<>(entries.subList(0, head));
    out.add(
        new TimelineEntry(
            first.id() + "+",
            first.at(),
            last.at(),
            count,
            first.source(),
            subject,
            "merged",
            middle.size() + " more entries, seen " + count + " times in all, are not listed",
            Incident.Role.CONTEXT,
            null,
            null,
            null,
            null,
            null));
    out.addAll(entries.subList(entries.size() - tail, entries.size()));
    return out;
  }
}
