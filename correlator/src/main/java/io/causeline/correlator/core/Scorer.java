package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.Incident.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well a hypothesis explains entries, in log-odds, from terms that can be shown: its prior,
 * what speaks for it (a group of entries that say the same is one witness who speaks louder), what
 * speaks against it, whether its own evidence came in time, and what it leaves unexplained.
 */
final class Scorer {

  /** {@code unknown} stands in the race with this score: thin evidence ends as unknown. */
  static final double UNKNOWN = Math.log(3);

  /** What one unexplained group of entries takes away. */
  private static final double UNEXPLAINED = 0.35;

  /** What it costs to have come too late after the first symptom to be its cause. */
  private static final double LATE_COST = 1.0;

  /** Changes are dated by when they were seen, which may be a little after their first effect. */
  private static final Duration CHANGE_SLACK = Duration.ofSeconds(10);

  /** Without strong or medium evidence, a story is no better than a coin. */
  private static final double CAP_WITHOUT_EVIDENCE = 0.5;

  /** Fitted on labelled cases: how much the scores' differences say. */
  private static final double TEMPERATURE = 0.65;

  /** A message that speaks for two causes settles neither. */
  private static final double CAP_AMBIGUOUS = 0.6;

  /** Nothing is certain. */
  private static final double CAP = 0.98;

  /** How far a cause that outranks another at the same place stays ahead of it. */
  private static final double OUTRANKED = 2.0;

  private final Knowledge knowledge;
  private final EpisodeStore episodes;
  private final LocusFinder loci;
  private final Duration context;

  Scorer(Knowledge knowledge, EpisodeStore episodes, LocusFinder loci, CoreSettings settings) {
    this.loci = loci;
    this.knowledge = knowledge;
    this.episodes = episodes;
    this.context = settings.contextWindow();
  }

  /**
   * A hypothesis with its score over some entries.
   *
   * @param explains entries that speak for it, members and context
   * @param contradicts entries that speak against it
   * @param strong whether it has strong evidence
   * @param carried whether it has strong or medium evidence
   * @param named entries that are such evidence
   * @param witnesses how many groups of entries, changes and states speak for it
   */
  record Scored(
      Vote.Hypothesis hypothesis,
      double score,
      double confidence,
      Set<Episode> explains,
      Set<Episode> contradicts,
      boolean strong,
      boolean carried,
      Set<Episode> named,
      int witnesses) {

    /** A hypothesis for which nothing speaks. */
    static Scored bare(Vote.Hypothesis hypothesis, double score, boolean carried) {
      return new Scored(hypothesis, score, 0, Set.of(), Set.of(), carried, carried, Set.of(), 0);
    }

    private Scored withScore(double other) {
      return new Scored(
          hypothesis, other, confidence, explains, contradicts, strong, carried, named, witnesses);
    }

    Scored withConfidence(double other) {
      return new Scored(
          hypothesis, score, other, explains, contradicts, strong, carried, named, witnesses);
    }
  }

  /** Best first: higher score, then the cause's and the place's name. */
  private static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::hypothesis);

  /** All hypotheses that {@code among} bring up, best first, with confidences. */
  List<Scored> rank(Component component, Collection<Episode> among) {
    List<Scored> all = new ArrayList<>();
    Among these = new Among(component, among);
    for (Vote.Hypothesis hypothesis : component.hypotheses(among)) {
      all.add(score(these, hypothesis));
    }
    if (all.stream().noneMatch(s -> s.hypothesis().cause().equals(Cause.UNKNOWN))) {
      all.add(unknown(among));
    }
    return confident(outranked(component, all));
  }

  private Scored unknown(Collection<Episode> among) {
    Episode first = among.iterator().next();
    return Scored.bare(
        new Vote.Hypothesis(Cause.UNKNOWN, loci.fold(first.entity(), first.first())),
        UNKNOWN,
        false);
  }

  Scored score(Component component, Vote.Hypothesis hypothesis, Collection<Episode> among) {
    return score(new Among(component, among), hypothesis);
  }

  private Scored score(Among among, Vote.Hypothesis hypothesis) {
    Tally tally = new Tally(among, hypothesis);
    Cause cause = knowledge.causeOrUnknown(hypothesis.cause());
    double score =
        hypothesis.cause().equals(Cause.UNKNOWN)
            ? UNKNOWN - tally.unexplained()
            : cause.prior().logOdds()
                + tally.speaksFor()
                - tally.against
                - tally.lateness(cause.follows())
                - tally.unexplained();
    return new Scored(
        hypothesis,
        score,
        0,
        tally.explains,
        tally.contradicts,
        tally.hasEvidence(Weight.STRONG),
        tally.hasEvidence(Weight.MEDIUM),
        tally.named,
        tally.groups.size());
  }

  /** Where one cause is the effect or the wrapping of another, it comes after it. */
  private List<Scored> outranked(Component component, List<Scored> all) {
    List<Scored> out = new ArrayList<>();
    for (Scored scored : all) {
      double score = scored.score();
      for (Scored above : all) {
        if (isDownstream(component, scored.hypothesis(), above)) {
          score = Math.min(score, above.score() - OUTRANKED);
        }
      }
      out.add(scored.withScore(score));
    }
    return out;
  }

  /**
   * Whether a hypothesis is the effect or the wrapping of another that has strong evidence: at the
   * same place, or of one that explains the very evidence for it.
   */
  boolean isDownstream(Component component, Vote.Hypothesis effect, Scored above) {
    Vote.Hypothesis cause = above.hypothesis();
    return above.strong()
        && knowledge.causeOrUnknown(cause.cause()).outranks().contains(effect.cause())
        && (cause.locus().equals(effect.locus()) || component.explainsEvidence(cause, effect));
  }

  private List<Scored> confident(List<Scored> all) {
    double greatest = all.stream().mapToDouble(Scored::score).max().orElse(0);
    double carried = 0;
    double thin = 0;
    double unknown = 0;
    for (Scored scored : all) {
      double mass = mass(scored, greatest);
      if (isUnknown(scored)) {
        unknown += mass;
      } else if (scored.carried()) {
        carried += mass;
      } else {
        thin += mass;
      }
    }
    // Beside a cause that has evidence, all that only would explain it is one more way of saying
    // that it may be something else.
    double scale = carried > 0 && thin > unknown ? unknown / thin : 1;
    double sum = carried + unknown + thin * scale;
    List<Scored> out = new ArrayList<>();
    for (Scored scored : all) {
      boolean isThin = !scored.carried() && !isUnknown(scored);
      double share = mass(scored, greatest) * (isThin ? scale : 1) / sum;
      double cap = isThin ? CAP_WITHOUT_EVIDENCE : isAmbiguous(scored, all) ? CAP_AMBIGUOUS : CAP;
      double confidence = Math.min(share, cap);
      out.add(scored.withConfidence(rounded(confidence)));
    }
    out.sort(Comparator.comparingDouble(Scored::confidence).reversed().thenComparing(BEST_FIRST));
    return out;
  }

  private static double mass(Scored scored, double greatest) {
    return Math.exp((scored.score() - greatest) / TEMPERATURE);
  }

  /** As exact as a confidence is told. */
  static double rounded(double confidence) {
    return Math.round(confidence * 1000) / 1000.0;
  }

  private static boolean isUnknown(Scored scored) {
    return scored.hypothesis().cause().equals(Cause.UNKNOWN);
  }

  /** Whether its only witness speaks for another cause as well: then it settles neither. */
  private boolean isAmbiguous(Scored scored, List<Scored> all) {
    if (scored.witnesses() != 1 || isUnknown(scored)) {
      return false;
    }
    Set<String> below = knowledge.causeOrUnknown(scored.hypothesis().cause()).outranks();
    return all.stream()
        .anyMatch(
            rival ->
                rival.carried()
                    && !rival.hypothesis().cause().equals(scored.hypothesis().cause())
                    && !below.contains(rival.hypothesis().cause())
                    && rival.named().stream().anyMatch(scored.named()::contains));
  }

  /** Adds up what speaks for and against one hypothesis. */
  private final class Tally {
    private final Among among;
    private final Component component;
    private final Vote.Hypothesis hypothesis;

    /** How many entries of each group it explains. */
    private final Map<Among.Saying, Integer> explained = new HashMap<>();

    private final Set<Vote.Hypothesis> origins;
    private final Map<String, Group> groups = new TreeMap<>();
    private final Set<Episode> explains = new LinkedHashSet<>();
    private final Set<Episode> contradicts = new LinkedHashSet<>();
    private final Set<Episode> named = new LinkedHashSet<>();
    private final Set<String> weighedAgainst = new LinkedHashSet<>();
    private double against;
    private @Nullable Instant firstSymptom;
    private @Nullable Instant firstEvidence;

    Tally(Among among, Vote.Hypothesis hypothesis) {
      this.among = among;
      this.component = among.component();
      this.hypothesis = hypothesis;
      this.origins = component.origins(hypothesis);
      Instant last = Instant.MIN;
      for (Component.Ballot ballot : among.on(hypothesis)) {
        Episode episode = ballot.episode();
        if (component.explains(hypothesis, episode)) {
          firstSymptom =
              firstSymptom == null || episode.first().isBefore(firstSymptom)
                  ? episode.first()
                  : firstSymptom;
          last = episode.last().isAfter(last) ? episode.last() : last;
          explained.merge(Among.saying(episode), 1, Integer::sum);
        }
        take(episode, ballot.votes());
      }
      // What another cause explains speaks against this one all the same.
      for (Component.Ballot ballot : among.othersOn(hypothesis)) {
        takeAgainst(ballot.episode(), ballot.votes());
      }
      Instant start = firstSymptom;
      if (start != null) {
        for (Episode episode : context()) {
          if (inTime(episode, start, last)) {
            take(episode, component.votes(episode));
          }
        }
      }
    }

    private Set<Episode> context() {
      Set<Episode> context = new LinkedHashSet<>();
      for (Vote.Hypothesis origin : origins) {
        context.addAll(episodes.contextOn(origin));
      }
      return context;
    }

    /** What speaks of some node's place, and is no member, speaks of all of them. */
    private boolean isMeant(Vote vote, Episode episode) {
      return vote.hypothesis().equals(hypothesis)
          || (!episode.isMember()
              && vote.hypothesis().somewhere()
              && origins.contains(vote.hypothesis()));
    }

    private boolean inTime(Episode episode, Instant start, Instant last) {
      if (episode.source() == Source.CHANGE) {
        // Judged vote by vote, in take().
        return true;
      }
      return !episode.last().isBefore(start.minus(context))
          && !episode.first().isAfter(last.plus(context));
    }

    private void take(Episode episode, List<Vote> votes) {
      for (Vote vote : votes) {
        if (!vote.cause().equals(hypothesis.cause())) {
          continue;
        }
        boolean otherTime = vote.state() && !episode.isMember();
        if (!isMeant(vote, episode) || otherTime || !timely(vote, episode)) {
          continue;
        }
        if (vote.supports()) {
          groups.computeIfAbsent(vote.group(), g -> new Group()).add(vote, episode);
          explains.add(episode);
          if (vote.evidence(Weight.MEDIUM) && !vote.state()) {
            named.add(episode);
          }
          if (vote.role() == Role.EVIDENCE && !vote.state() && vote.within() == null) {
            firstEvidence =
                firstEvidence == null || episode.first().isBefore(firstEvidence)
                    ? episode.first()
                    : firstEvidence;
          }
        } else {
          weighAgainst(vote, episode);
        }
      }
    }

    private void takeAgainst(Episode episode, List<Vote> votes) {
      for (Vote vote : votes) {
        if (!vote.state() && isMeant(vote, episode) && timely(vote, episode)) {
          weighAgainst(vote, episode);
        }
      }
    }

    private void weighAgainst(Vote vote, Episode episode) {
      if (vote.role() == Role.AGAINST && weighedAgainst.add(vote.group())) {
        against += vote.weight().logOdds();
        contradicts.add(episode);
      }
    }

    /** A change counts only before the first symptom, and not too long before. */
    private boolean timely(Vote vote, Episode episode) {
      Duration within = vote.within();
      Instant start = firstSymptom;
      if (within == null) {
        return true;
      }
      return start != null
          && !episode.first().isBefore(start.minus(within))
          && !episode.first().isAfter(start.plus(CHANGE_SLACK));
    }

    double speaksFor() {
      double sum = 0;
      for (Group group : groups.values()) {
        sum += group.weight();
      }
      return sum;
    }

    double lateness(Duration follows) {
      return firstEvidence != null
              && firstSymptom != null
              && firstEvidence.isAfter(firstSymptom.plus(follows))
          ? LATE_COST
          : 0;
    }

    double unexplained() {
      return among.unexplained(explained) * UNEXPLAINED;
    }

    boolean hasEvidence(Weight atLeast) {
      return groups.values().stream().anyMatch(group -> group.evidence(atLeast));
    }
  }

  /** Entries that say the same. */
  private static final class Group {
    private static final double LOUDEST = 1.5;
    private final Set<Object> witnesses = new LinkedHashSet<>();
    private double best;
    private @Nullable Weight evidence;

    void add(Vote vote, Episode episode) {
      witnesses.add(episode.entity());
      best = Math.max(best, vote.weight().logOdds());
      if (vote.role() == Role.EVIDENCE
          && (evidence == null || vote.weight().compareTo(evidence) < 0)) {
        evidence = vote.weight();
      }
    }

    double weight() {
      return best * Math.min(LOUDEST, 1 + 0.15 * Math.log(witnesses.size()));
    }

    boolean evidence(Weight atLeast) {
      return evidence != null && evidence.compareTo(atLeast) <= 0;
    }
  }
}
