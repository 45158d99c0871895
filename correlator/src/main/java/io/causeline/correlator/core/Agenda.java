package io.causeline.correlator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What must be computed anew, by the ids of entries: now, or at a later time. */
final class Agenda {

  private final EpisodeStore episodes;
  private final Duration context;
  private final Set<String> due = new LinkedHashSet<>();
  private final TreeMap<Instant, Set<String>> deadlines = new TreeMap<>();

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

  void remove(Episode episode) {
    due.remove(episode.id());
  }

  void later(Instant deadline, Episode episode) {
    deadlines.computeIfAbsent(deadline, d -> new LinkedHashSet<>()).add(episode.id());
  }

  /** What this entry touches must be computed anew. */
  void concern(Episode episode) {
    due.add(episode.id());
    Instant judged = episode.state().reading().judgedAt();
    if (judged != null) {
      later(judged, episode);
    }
    if (episode.isMember()) {
      return;
    }
    Instant since = episode.first().minus(context);
    for (Episode other : episodes.about(episode.entity())) {
      concern(other, since);
    }
    for (Vote vote : episode.votes()) {
      for (Episode other : episodes.on(vote.hypothesis())) {
        concern(other, since);
      }
      if (vote.hypothesis().somewhere()) {
        for (Episode other : episodes.onPlaceless(vote.cause())) {
          concern(other, since);
        }
      }
    }
  }

  private void concern(Episode other, Instant since) {
    if (other.isMember() && !other.last().isBefore(since)) {
      due.add(other.id());
    }
  }

  /** What is due now, still on the agenda. */
  List<String> due(Instant now) {
    while (!deadlines.isEmpty() && !deadlines.firstKey().isAfter(now)) {
      due.addAll(deadlines.pollFirstEntry().getValue());
    }
    return List.copyOf(due);
  }

  /** What is due, taken off the agenda. */
  Set<String> take() {
    Set<String> taken = new LinkedHashSet<>(due);
    due.clear();
    return taken;
  }
}
