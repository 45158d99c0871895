package io.causeline.correlator.core;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Small worlds, and what happens in them. */
final class Stories extends DomainContextBase {

  /** What is told within this time is nowhere frozen, in whatever order it comes. */
  private static final int SHORT = 900;

  @Provide
  Arbitrary<Story> stories() {
    return stories(SHORT, 4);
  }

  static Arbitrary<Story> stories(int seconds, int steps) {
    Arbitrary<World> worlds =
        Combinators.combine(
                Arbitraries.integers().between(1, 2),
                Arbitraries.integers().between(1, 2),
                Arbitraries.integers().between(1, 2))
            .as(World::new);
    return Combinators.combine(worlds, steps(seconds).list().ofMinSize(1).ofMaxSize(steps))
        .as(Story::new);
  }

  private static Arbitrary<Step> steps(int seconds) {
    return Combinators.combine(
            Arbitraries.integers().between(3, seconds / 10).map(tens -> tens * 10),
            Arbitraries.of(Step.Kind.class),
            Arbitraries.integers().between(0, 8),
            Arbitraries.integers().between(1, 6),
            Arbitraries.of(true, false))
        .as(Step::new);
  }
}
