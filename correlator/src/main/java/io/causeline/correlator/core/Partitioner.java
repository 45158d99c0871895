package io.causeline.correlator.core;

import io.causeline.correlator.core.Scorer.Scored;
import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Divides entries that hang together into incidents: the best hypothesis takes what it explains; if
 * the rest has strong evidence of its own for another cause, that is another incident. A pure
 * function of the entries.
 */
final class Partitioner {

  private final Scorer scorer;

  private final Duration absorbFor;

  Partitioner(Scorer scorer, CoreSettings settings) {
    this.scorer = scorer;
    this.absorbFor = settings.absorbFor();
  }

  /**
   * The footprint of one cause.
   *
   * @param members by time, never empty
   * @param hypotheses best first, never empty
   * @param ruledAt when a person made it an incident of its own; null if the algorithm did
   */
  record Footprint(
      Component component,
      List<Episode> members,
      List<Scored> hypotheses,
      @Nullable Instant ruledAt) {

    /** The same entries, ranked otherwise. */
    Footprint with(List<Scored> ranked) {
      return new Footprint(component, members, ranked, ruledAt);
    }

    Vote.Hypothesis best() {
      return hypotheses.get(0).hypothesis();
    }
  }

  /**
   * Divides a component.
   *
   * @param confirmed hypotheses that a person confirmed: they stand whatever their score
   */
  List<Footprint> divide(Component component, Set<Vote.Hypothesis> confirmed) {
    List<Footprint> divided = new ArrayList<>();
    divide(component, component.members(), confirmed, divided);
    List<Footprint> out = new ArrayList<>();
    divided.forEach(footprint -> aged(footprint, out));
    out.sort(
        Comparator.comparing((Footprint f) -> f.members().get(0).first())
            .thenComparing(f -> f.members().get(0).id()));
    return out;
  }

  /** The hypotheses of some of a component's entries, best first. */
  List<Scored> rank(Component component, List<Episode> members) {
    return scorer.rank(component, members);
  }

  /** These entries as one footprint, whatever the algorithm would do with them. */
  Footprint footprint(
      List<Episode> members, Set<Vote.Hypothesis> rejected, @Nullable Instant ruledAt) {
    List<Episode> sorted = byTime(members);
    Component component = new Component(sorted, rejected);
    return new Footprint(component, sorted, scorer.rank(component, sorted), ruledAt);
  }

  /**
   * An incident does not grow for ever: what begins on an object that is new to it after it has
   * lasted so long is another one.
   */
  private void aged(Footprint footprint, List<Footprint> out) {
    Instant full = footprint.members().get(0).first().plus(absorbFor);
    Set<EntityRef> known = new LinkedHashSet<>();
    List<Episode> late = new ArrayList<>();
    for (Episode member : footprint.members()) {
      if (member.first().isBefore(full)) {
        known.add(member.entity());
      } else if (!known.contains(member.entity())) {
        late.add(member);
      }
    }
    if (late.isEmpty()) {
      out.add(footprint);
      return;
    }
    List<Episode> kept = new ArrayList<>(footprint.members());
    kept.removeAll(late);
    Component component = footprint.component();
    out.add(new Footprint(component, kept, scorer.rank(component, kept), footprint.ruledAt()));
    aged(new Footprint(component, late, scorer.rank(component, late), null), out);
  }

  private void divide(
      Component component,
      List<Episode> members,
      Set<Vote.Hypothesis> confirmed,
      List<Footprint> out) {
    List<Scored> ranking = scorer.rank(component, members);
    List<Root> roots = roots(component, members, ranking, confirmed);
    Map<Root, List<Episode>> parts = new LinkedHashMap<>();
    roots.forEach(root -> parts.put(root, new ArrayList<>()));
    List<Episode> left = new ArrayList<>();
    for (Episode member : members) {
      Root root = home(component, member, roots, members);
      if (root == null) {
        left.add(member);
      } else {
        parts.getOrDefault(root, left).add(member);
      }
    }
    List<Episode> strays = adopt(component, left, parts.values());
    for (List<Episode> part : parts.values()) {
      if (part.size() == members.size()) {
        // Most often one cause explains all that hangs together.
        out.add(new Footprint(component, byTime(part), ranking, null));
      } else if (!part.isEmpty()) {
        List<Episode> sorted = byTime(part);
        out.add(new Footprint(component, sorted, scorer.rank(component, sorted), null));
      }
    }
    if (!strays.isEmpty()) {
      if (strays.size() == members.size()) {
        // Nobody explains anything: one incident whose cause is not known.
        out.add(new Footprint(component, byTime(strays), ranking, null));
      } else {
        for (List<Episode> part : connected(component, strays)) {
          divide(component, part, confirmed, out);
        }
      }
    }
  }

  /** The best hypothesis, then those that strong evidence in the rest demands. */
  private List<Root> roots(
      Component component,
      List<Episode> members,
      List<Scored> ranking,
      Set<Vote.Hypothesis> confirmed) {
    List<Root> roots = new ArrayList<>();
    Set<Episode> left = new LinkedHashSet<>(members);
    for (Vote.Hypothesis hypothesis : confirmed) {
      Root root = root(component, scorer.score(component, hypothesis, left), members);
      if (left.removeIf(member -> root.explains(component, member))) {
        roots.add(root);
      }
    }
    while (!left.isEmpty()) {
      Scored best = null;
      boolean all = left.size() == members.size();
      for (Scored scored : all ? ranking : scorer.rank(component, left)) {
        boolean candidate =
            roots.isEmpty()
                ? !scored.hypothesis().cause().equals(Cause.UNKNOWN) || isOnly(component, left)
                : hasOwnStrongEvidence(component, scored, left);
        if (candidate && (best == null || scored.score() > best.score())) {
          best = scored;
        }
      }
      if (best == null) {
        break;
      }
      Root root = root(component, best, members);
      if (!left.removeIf(member -> root.explains(component, member))) {
        break;
      }
      roots.add(root);
    }
    return roots;
  }

  /**
   * What an incident is about.
   *
   * @param hypotheses its cause, then what is downstream of it: their evidence is its footprint
   */
  private record Root(List<Vote.Hypothesis> hypotheses) {

    boolean explains(Component component, Episode member) {
      return hypotheses.stream().anyMatch(one -> component.explains(one, member));
    }
  }

  private Root root(Component component, Scored cause, Collection<Episode> members) {
    List<Vote.Hypothesis> hypotheses = new ArrayList<>();
    hypotheses.add(cause.hypothesis());
    for (Vote.Hypothesis other : component.hypotheses(members)) {
      if (!other.equals(cause.hypothesis()) && scorer.isDownstream(component, other, cause)) {
        hypotheses.add(other);
      }
    }
    return new Root(hypotheses);
  }

  private static boolean isOnly(Component component, Set<Episode> members) {
    return component.hypotheses(members).stream()
        .allMatch(hypothesis -> hypothesis.cause().equals(Cause.UNKNOWN));
  }

  private static boolean hasOwnStrongEvidence(
      Component component, Scored scored, Set<Episode> among) {
    for (Component.Ballot ballot : component.on(scored.hypothesis())) {
      Episode episode = ballot.episode();
      for (Vote vote : ballot.votes()) {
        // An entry that a state made has no other evidence than that state, nor has a cause that
        // the cluster's state decides.
        boolean own =
            !vote.state()
                || episode.source() == Source.CHANGE
                || component.isDecidedByState(vote.hypothesis());
        if (own && vote.evidence(Weight.STRONG) && among.contains(episode)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whose footprint an entry belongs to, where several explain it: the one that it is evidence for;
   * else the one that has evidence on the same object; else the one that explains more.
   */
  private static @Nullable Root home(
      Component component, Episode member, List<Root> roots, List<Episode> members) {
    Root home = null;
    int best = -1;
    for (Root root : roots) {
      for (Vote.Hypothesis hypothesis : root.hypotheses()) {
        int rank = rank(component, member, hypothesis, members);
        if (rank > best) {
          best = rank;
          home = root;
        }
      }
    }
    return home;
  }

  private static int rank(
      Component component, Episode member, Vote.Hypothesis hypothesis, List<Episode> members) {
    int rank = -1;
    if (component.explains(hypothesis, member)) {
      for (Vote vote : component.votes(member)) {
        if (vote.hypothesis().equals(hypothesis) && vote.supports() && !vote.state()) {
          rank = Math.max(rank, vote.role() == Role.EVIDENCE ? 2 : 0);
        }
      }
    }
    return rank == 0 && evidenceOn(component, hypothesis, member.entity(), members) ? 1 : rank;
  }

  private static boolean evidenceOn(
      Component component, Vote.Hypothesis hypothesis, EntityRef entity, List<Episode> members) {
    boolean all = members.size() == component.members().size();
    for (Component.Ballot ballot : component.on(hypothesis)) {
      Episode member = ballot.episode();
      if (member.entity().equals(entity) && (all || members.contains(member))) {
        for (Vote vote : ballot.votes()) {
          if (vote.role() == Role.EVIDENCE) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * What no cause explains and has no strong evidence of its own goes where it touches: to the part
   * that knows its object, else to one that shares a hypothesis. Returns what touches none.
   */
  private static List<Episode> adopt(
      Component component, List<Episode> left, Collection<List<Episode>> parts) {
    List<Episode> strays = new ArrayList<>(left);
    boolean adopted = true;
    while (adopted && !strays.isEmpty()) {
      adopted = false;
      for (Episode stray : List.copyOf(strays)) {
        List<Episode> part = nearest(component, stray, parts);
        if (part != null) {
          part.add(stray);
          strays.remove(stray);
          adopted = true;
        }
      }
    }
    return strays;
  }

  private static @Nullable List<Episode> nearest(
      Component component, Episode stray, Collection<List<Episode>> parts) {
    List<Episode> nearest = null;
    int most = 0;
    for (List<Episode> part : parts) {
      int touches = 0;
      for (Episode other : part) {
        boolean sameObject =
            other.entity().equals(stray.entity())
                && !Kinds.SINGLETONS.contains(stray.entity().kind());
        touches += sameObject ? 1000 : shares(component, stray, other) ? 1 : 0;
      }
      if (touches > most) {
        most = touches;
        nearest = part;
      }
    }
    return nearest;
  }

  private static boolean shares(Component component, Episode a, Episode b) {
    for (Vote vote : component.votes(a)) {
      if (vote.supports()
          && !vote.state()
          && !Kinds.SHARED.contains(vote.locus().kind())
          && component.explains(vote.hypothesis(), b)) {
        return true;
      }
    }
    return false;
  }

  /** Those that share an object or a hypothesis among themselves stay together. */
  private static List<List<Episode>> connected(Component component, List<Episode> members) {
    List<List<Episode>> out = new ArrayList<>();
    List<Set<Object>> keys = new ArrayList<>();
    for (Episode member : byTime(members)) {
      Set<Object> own = new LinkedHashSet<>();
      own.add(member.entity());
      own.addAll(new TreeSet<>(component.hypotheses(List.of(member))));
      List<Episode> joined = new ArrayList<>(List.of(member));
      for (int i = out.size() - 1; i >= 0; i--) {
        if (keys.get(i).stream().anyMatch(own::contains)) {
          joined.addAll(out.remove(i));
          own.addAll(keys.remove(i));
        }
      }
      out.add(joined);
      keys.add(own);
    }
    return out.stream().map(Partitioner::byTime).toList();
  }

  private static List<Episode> byTime(Collection<Episode> members) {
    return members.stream()
        .sorted(Comparator.comparing(Episode::first).thenComparing(Episode::id))
        .toList();
  }
}
