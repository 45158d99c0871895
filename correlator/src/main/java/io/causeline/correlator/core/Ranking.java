package io.causeline.correlator.core;

import io.causeline.correlator.core.Scorer.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A footprint's hypotheses as they are told: what a person confirmed stands first, what a person
 * rejected does not stand at all, and where a feed may have missed something nothing is as sure.
 * Pure.
 */
final class Ranking {

  /** A person was there; yet people err, too. */
  private static final double CONFIRMED = 0.98;

  /** How much of the confidence is left where the feeds were incomplete. */
  private static final double INCOMPLETE = 0.8;

  private Ranking() {}

  /**
   * Ranks anew.
   *
   * @param scored best first
   * @param incomplete whether a feed had a gap while it happened
   */
  static List<Scored> of(List<Scored> scored, List<Ruling> rulings, boolean incomplete) {
    List<Scored> ranked = new ArrayList<>();
    for (Scored one : scored) {
      ranked.add(
          incomplete ? one.withConfidence(Scorer.rounded(one.confidence() * INCOMPLETE)) : one);
    }
    for (Ruling ruling : rulings) {
      Vote.Hypothesis hypothesis = ruling.hypothesis();
      if (hypothesis != null && ruling.kind() == Ruling.Kind.CONFIRMED) {
        ranked = confirmed(ranked, hypothesis);
      } else if (hypothesis != null && ruling.kind() == Ruling.Kind.REJECTED) {
        List<Scored> left =
            ranked.stream().filter(one -> !one.hypothesis().equals(hypothesis)).toList();
        ranked = left.isEmpty() ? ranked : new ArrayList<>(left);
      }
    }
    return List.copyOf(ranked);
  }

  private static List<Scored> confirmed(List<Scored> ranked, Vote.Hypothesis hypothesis) {
    Scored first =
        ranked.stream()
            .filter(one -> one.hypothesis().equals(hypothesis))
            .findFirst()
            .orElse(Scored.bare(hypothesis, 0, true));
    List<Scored> out = new ArrayList<>();
    out.add(first.withConfidence(CONFIRMED));
    double others =
        ranked.stream()
            .filter(one -> !one.hypothesis().equals(hypothesis))
            .mapToDouble(Scored::confidence)
            .sum();
    double scale = others <= 1 - CONFIRMED ? 1 : (1 - CONFIRMED) / others;
    ranked.stream()
        .filter(one -> !one.hypothesis().equals(hypothesis))
        .map(one -> one.withConfidence(Scorer.rounded(one.confidence() * scale)))
        .sorted(Comparator.comparingDouble(Scored::confidence).reversed())
        .forEach(out::add);
    return out;
  }
}
