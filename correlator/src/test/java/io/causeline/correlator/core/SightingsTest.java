package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class SightingsTest {

  /** An Event as it was seen once. */
  record Sight(String uid, int count, Instant at) {}

  @Provide
  Arbitrary<Sight> sights() {
    Arbitrary<Instant> times =
        Arbitraries.longs()
            .between(-40, 40)
            .map(tick -> Instant.ofEpochSecond(tick / 3, tick % 3 * 400_000_000L));
    return Combinators.combine(
            Arbitraries.of("u1", "u2", "u3"), Arbitraries.integers().between(1, 9), times)
        .as(Sight::new);
  }

  @Property(tries = 300)
  void shouldTellWhenAndHowOftenInAnyOrder(
      @ForAll @Size(min = 1, max = 60) List<@net.jqwik.api.From("sights") Sight> sights) {
    Sightings sightings = of(sights);

    Map<String, Integer> low = new HashMap<>();
    Map<String, Integer> high = new HashMap<>();
    TreeSet<Instant> times = new TreeSet<>();
    for (Sight sight : sights) {
      low.merge(sight.uid(), sight.count(), Math::min);
      high.merge(sight.uid(), sight.count(), Math::max);
      times.add(sight.at());
    }
    assertThat(sightings.last()).isEqualTo(times.last());
    assertThat(sightings.seen())
        .isEqualTo(low.keySet().stream().mapToInt(u -> high.get(u) - low.get(u) + 1).sum());
    assertThat(sightings.greatest())
        .isEqualTo(high.values().stream().mapToInt(count -> count).max().orElseThrow());
    assertThat(sightings.uids()).containsExactlyInAnyOrderElementsOf(low.keySet());
  }

  @Property(tries = 300)
  void shouldBeReadAsItWasStored(
      @ForAll @Size(min = 1, max = 60) List<@net.jqwik.api.From("sights") Sight> sights) {
    Sightings sightings = of(sights);
    Sightings restored = new Sightings(sights.get(0).at());
    for (String uid : sightings.records()) {
      byte[] record = Objects.requireNonNull(sightings.pack(uid));
      restored.unpack(uid, StateCodec.unpacked("seen/x/" + uid, record));
    }

    assertThat(restored.last()).isEqualTo(sightings.last());
    assertThat(restored.seen()).isEqualTo(sightings.seen());
    assertThat(restored.isNews(sightings)).isFalse();
    assertThat(times(restored)).isEqualTo(times(sightings));
  }

  @Property(tries = 300)
  void shouldRememberTheLatestTimes(
      @ForAll @Size(min = 1, max = 60) List<@net.jqwik.api.From("sights") Sight> sights) {
    LatestTimes times = new LatestTimes();
    TreeSet<Instant> all = new TreeSet<>();
    for (Sight sight : sights) {
      times.add(sight.at());
      all.add(sight.at());
    }
    while (all.size() > LatestTimes.MOST) {
      all.pollFirst();
    }

    List<Instant> remembered = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      remembered.add(times.get(i));
    }
    assertThat(remembered).isEqualTo(List.copyOf(all));
    for (Sight sight : sights) {
      assertThat(times.firstSince(sight.at())).isEqualTo(all.ceiling(sight.at()));
      assertThat(times.firstSince(sight.at().plusNanos(1)))
          .isEqualTo(all.ceiling(sight.at().plusNanos(1)));
    }
  }

  private static Sightings of(List<Sight> sights) {
    Sight first = sights.get(0);
    Sightings sightings = Sightings.of(first.uid(), first.count(), first.at());
    for (Sight sight : sights.subList(1, sights.size())) {
      boolean knew = sightings.absorb(sight.uid(), sight.count(), sight.at());
      assertThat(sightings.absorb(sight.uid(), sight.count(), sight.at()))
          .as("again, after %s", knew)
          .isFalse();
    }
    return sightings;
  }

  private static List<Instant> times(Sightings sightings) {
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < sightings.times().size(); i++) {
      times.add(sightings.times().get(i));
    }
    return times;
  }
}
