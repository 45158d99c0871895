package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What must be computed anew, by the ids of entries: now, soon, or at a later time. */
final class Agenda {

  private final EpisodeStore episodes;
  private final Duration context;
  private Set<String> due = new LinkedHashSet<>();

  /** Those that are due and nobody waits for at this moment. */
  private Set<String> postponed = new LinkedHashSet<>();

  /** Those that are due because of what a person did, who waits for it. */
  private Set<String> asked = new LinkedHashSet<>();

  private final TreeMap<Instant, Set<String>> deadlines = new TreeMap<>();

  /** Incidents whose counts grew, each with one of its entries, by when they are due. */
  private final TreeMap<Instant, Map<String, String>> counts = new TreeMap<>();

  /** Those that are in {@link #counts}. */
  private final Set<String> waiting = new HashSet<>();

  /** What opens nothing and was seen again: what shows it is due then. */
  private final TreeMap<Instant, Set<String>> contexts = new TreeMap<>();

  /** Those that are in {@link #contexts}. */
  private final Set<String> waitingContexts = new HashSet<>();

  Agenda(EpisodeStore episodes, CoreSettings settings) {
    this.episodes = episodes;
    this.context = settings.contextWindow();
  }

  void add(Episode episode) {
    due.add(episode.id());
  }

  void addAll(Collection<String> ids) {
    due.addAll(ids);
  }

  /** A person waits for these. */
  void ask(Collection<String> ids) {
    due.addAll(ids);
    asked.addAll(ids);
  }

  void remove(Episode episode) {
    due.remove(episode.id());
    postponed.remove(episode.id());
  }

  void later(Instant deadline, Episode episode) {
    deadlines.computeIfAbsent(deadline, d -> new LinkedHashSet<>()).add(episode.id());
  }

  /**
   * An incident is to be looked at some time after {@code interval}, unless it is going to be
   * before: so one whose entries repeat all the time is computed once in that time.
   *
   * @param episode any of its entries
   */
  void soon(Instant now, Duration interval, String incident, Episode episode) {
    if (waiting.add(incident)) {
      counts
          .computeIfAbsent(onGrid(now, interval), d -> new LinkedHashMap<>())
          .put(incident, episode.id());
    }
  }

  private static Instant onGrid(Instant now, Duration interval) {
    long second = now.getEpochSecond() + interval.toSeconds() + 1;
    return Instant.ofEpochSecond(second);
  }

  /** What this entry touches must be computed anew. */
  void concern(Episode episode) {
    due.add(episode.id());
    Instant judged = episode.state().reading().judgedAt();
    if (judged != null) {
      later(judged, episode);
    }
    if (!episode.isMember()) {
      due.addAll(touching(episode, episode.first().minus(context)));
    }
  }

  /**
   * An entry that opens nothing was seen again: those that show it are written anew, but not with
   * each repeat.
   */
  void concernSoon(Episode episode, Instant now, Duration interval) {
    if (waitingContexts.add(episode.id())) {
      contexts.computeIfAbsent(onGrid(now, interval), d -> new LinkedHashSet<>()).add(episode.id());
    }
  }

  /** Ids of the entries that may show this one as context. */
  private Set<String> touching(Episode episode, Instant since) {
    Set<String> ids = new LinkedHashSet<>();
    for (Episode other : episodes.about(episode.entity())) {
      add(other, since, ids);
    }
    // What happens where the cause sits is shown, too.
    for (Episode other : episodes.at(episode.entity())) {
      add(other, since, ids);
    }
    for (Episode other : episodes.visiting(Scope.ownerOf(episode.entity()))) {
      add(other, since, ids);
    }
    for (Vote vote : episode.votes()) {
      if (vote.role() == Role.RECOVERY) {
        continue; // It ends only what is about this very object, or sits there.
      }
      for (Episode other : episodes.on(vote.hypothesis())) {
        add(other, since, ids);
      }
      if (vote.hypothesis().somewhere()) {
        for (Episode other : episodes.onPlaceless(vote.cause())) {
          add(other, since, ids);
        }
      }
    }
    return ids;
  }

  private static void add(Episode other, Instant since, Set<String> ids) {
    if (other.isMember() && !other.last().isBefore(since)) {
      ids.add(other.id());
    }
  }

  /** What is due now, still on the agenda. */
  List<String> due(Instant now) {
    while (!deadlines.isEmpty() && !deadlines.firstKey().isAfter(now)) {
      due.addAll(deadlines.pollFirstEntry().getValue());
    }
    while (!counts.isEmpty() && !counts.firstKey().isAfter(now)) {
      Map<String, String> grown = counts.pollFirstEntry().getValue();
      waiting.removeAll(grown.keySet());
      due.addAll(grown.values());
    }
    while (!contexts.isEmpty() && !contexts.firstKey().isAfter(now)) {
      for (String id : contexts.pollFirstEntry().getValue()) {
        waitingContexts.remove(id);
        Episode seen = episodes.get(id);
        if (seen != null) {
          due.addAll(touching(seen, seen.last().minus(context)));
        }
      }
    }
    return List.copyOf(due);
  }

  /** All that is due, taken off the agenda. */
  Set<String> take() {
    Set<String> taken = new TreeSet<>(due);
    taken.addAll(postponed);
    due = new LinkedHashSet<>();
    postponed = new LinkedHashSet<>();
    asked = new LinkedHashSet<>();
    return taken;
  }

  /** What is due and cannot wait, taken off the agenda. */
  Set<String> takeUrgent(Predicate<Episode> urgent) {
    Set<String> taken = new TreeSet<>();
    for (String id : due) {
      Episode episode = episodes.get(id);
      if (asked.contains(id) || (episode != null && urgent.test(episode))) {
        taken.add(id);
      } else {
        postponed.add(id);
      }
    }
    due = new LinkedHashSet<>();
    asked = new LinkedHashSet<>();
    return taken;
  }
}
