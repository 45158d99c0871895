package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which entries hang together: those that share a hypothesis or an object, at about the same time.
 * Sharing a place that everything depends on counts only where one of them carries evidence for a
 * cause there, be it by a state of the cluster; sharing a namespace, a cluster or a time never
 * counts.
 */
final class Linker {

  private static final Comparator<Episode> BY_TIME =
      Comparator.comparing(Episode::first).thenComparing(Episode::id);

  private final EpisodeStore episodes;
  private final Healing healing;
  private final Duration apart;
  private final Duration context;

  Linker(EpisodeStore episodes, Healing healing, CoreSettings settings) {
    this.episodes = episodes;
    this.healing = healing;
    this.apart = settings.resolveHold().plus(settings.reopenWindow());
    this.context = settings.contextWindow();
  }

  /** All that hangs together with {@code seed}, by time. */
  List<Episode> component(Episode seed, Instant now) {
    Set<Episode> found = new LinkedHashSet<>();
    Map<Object, Map<Episode, Run>> seen = new HashMap<>();
    Map<Episode, Instant> reaches = new HashMap<>();
    Deque<Episode> queue = new ArrayDeque<>();
    found.add(seed);
    queue.add(seed);
    while (!queue.isEmpty()) {
      Episode at = queue.remove();
      for (Object link : links(at)) {
        Map<Episode, Run> runs = seen.get(link);
        if (runs == null) {
          runs = runs(link, now, reaches);
          seen.put(link, runs);
        }
        Run run = runs.get(at);
        if (run != null && run.isNew()) {
          for (Episode other : run.members) {
            if (found.add(other)) {
              queue.add(other);
            }
          }
        }
      }
    }
    return found.stream().sorted(BY_TIME).toList();
  }

  /** Entries at one link, without a long pause between them. */
  private static final class Run {
    private final List<Episode> members = new ArrayList<>();
    private boolean taken;

    /** Whether this is the first call. */
    boolean isNew() {
      boolean is = !taken;
      taken = true;
      return is;
    }
  }

  /** An entity, a hypothesis, or the id of a cause whose place is not known. */
  private static List<Object> links(Episode episode) {
    List<Object> links = new ArrayList<>();
    EntityRef entity = episode.entity();
    if (!Kinds.SINGLETONS.contains(entity.kind()) && !entity.kind().equals("Namespace")) {
      links.add(entity);
    }
    for (Vote vote : episode.votes()) {
      if (vote.supports()) {
        links.add(vote.hypothesis().somewhere() ? vote.cause() : vote.hypothesis());
        if (vote.evidence(Weight.STRONG) && Kinds.PLACED.contains(vote.locus().kind())) {
          links.add(vote.cause());
        }
      }
    }
    return links;
  }

  /** Members at this link, each with the run that it is in. */
  private Map<Episode, Run> runs(Object link, Instant now, Map<Episode, Instant> reaches) {
    List<Episode> at = mayLink(link) ? members(link) : List.of();
    if (at.size() < 2) {
      return Map.of();
    }
    Map<Episode, Run> runs = new HashMap<>();
    Run run = new Run();
    Instant until = Instant.MIN;
    for (Episode episode : at) {
      if (!run.members.isEmpty() && episode.first().isAfter(until)) {
        keep(link, run, runs);
        run = new Run();
        until = Instant.MIN;
      }
      run.members.add(episode);
      Instant reach = reaches.computeIfAbsent(episode, e -> reach(e, now));
      until = reach.isAfter(until) ? reach : until;
    }
    keep(link, run, runs);
    return runs;
  }

  /** Until when another that begins is of the same time. */
  private Instant reach(Episode episode, Instant now) {
    Instant end = healing.of(episode, now).at();
    return end == null ? Instant.MAX : end.plus(apart);
  }

  private void keep(Object link, Run run, Map<Episode, Run> runs) {
    if (run.members.size() > 1 && isLinked(link, run.members)) {
      run.members.forEach(member -> runs.put(member, run));
    }
  }

  /** Most shared places carry evidence for nothing, and very many entries depend on them. */
  private boolean mayLink(Object link) {
    return !(link instanceof Vote.Hypothesis hypothesis)
        || !Kinds.SHARED.contains(hypothesis.locus().kind())
        || !episodes.sharedEvidence(hypothesis).isEmpty();
  }

  private List<Episode> members(Object link) {
    Collection<Episode> all;
    if (link instanceof EntityRef entity) {
      all = episodes.about(entity);
    } else if (link instanceof Vote.Hypothesis hypothesis) {
      all = episodes.on(hypothesis);
    } else {
      all = episodes.onPlaceless((String) link);
    }
    List<Episode> members = new ArrayList<>();
    for (Episode episode : all) {
      if (episode.isMember() && (!(link instanceof Vote.Hypothesis h) || supports(episode, h))) {
        members.add(episode);
      }
    }
    members.sort(BY_TIME);
    return members;
  }

  private static boolean supports(Episode episode, Vote.Hypothesis hypothesis) {
    for (Vote vote : episode.votes()) {
      if (vote.supports() && !vote.state() && vote.hypothesis().equals(hypothesis)) {
        return true;
      }
    }
    return false;
  }

  private boolean isLinked(Object link, List<Episode> run) {
    if (link instanceof String cause) {
      return run.stream().anyMatch(episode -> isPlaceless(episode, cause))
          || Places.isEverywhere(run, cause);
    }
    if (!(link instanceof Vote.Hypothesis hypothesis)
        || !Kinds.SHARED.contains(hypothesis.locus().kind())) {
      return true;
    }
    boolean singleton = Kinds.SINGLETONS.contains(hypothesis.locus().kind());
    Weight needed = Kinds.neededToLink(hypothesis.locus().kind());
    Instant start = run.get(0).first().minus(context);
    Instant end = run.get(run.size() - 1).last().plus(context);
    for (Episode episode : episodes.sharedEvidence(hypothesis)) {
      if (!episode.last().isBefore(start) && !episode.first().isAfter(end)) {
        for (Vote vote : episode.votes()) {
          boolean counts = !vote.state() || (singleton && episode.isMember());
          if (counts && vote.evidence(needed) && vote.hypothesis().equals(hypothesis)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isPlaceless(Episode episode, String cause) {
    for (Vote vote : episode.votes()) {
      if (vote.cause().equals(cause) && vote.supports() && vote.hypothesis().somewhere()) {
        return true;
      }
    }
    return false;
  }
}
