package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.model.EntityRef;
import io.causeline.model.KubernetesEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EpisodeSetTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  /** All alike: only which object it is counts. */
  private static final List<Episode> EPISODES =
      IntStream.range(0, 100).mapToObj(i -> episode()).toList();

  private static Episode episode() {
    return Episode.of(
        new KubernetesEvent(
            "prod",
            "uid",
            T0,
            T0,
            EntityRef.of("Pod", "shop", "web"),
            null,
            "BackOff",
            true,
            "Back-off restarting failed container",
            false,
            1,
            "kubelet",
            null,
            null,
            null),
        Duration.ofMinutes(5));
  }

  /** Above 99 an entry is removed, else added. */
  @Property(tries = 300)
  void shouldBeWhatALinkedHashSetIs(
      @ForAll @Size(max = 400) List<@IntRange(max = 199) Integer> steps) {
    Set<Episode> expected = new LinkedHashSet<>();
    Set<Episode> set = new EpisodeSet();
    for (int step : steps) {
      Episode episode = EPISODES.get(step % 100);
      if (step > 99) {
        assertThat(set.remove(episode)).isEqualTo(expected.remove(episode));
      } else {
        assertThat(set.add(episode)).isEqualTo(expected.add(episode));
      }
      assertThat(set.contains(episode)).isEqualTo(step <= 99);
      assertThat(set).hasSize(expected.size());
    }
    assertThat(new ArrayList<>(set)).isEqualTo(new ArrayList<>(expected));
    assertThat(EPISODES).allMatch(one -> set.contains(one) == expected.contains(one));
  }

  @Test
  void shouldForgetAllAndBeginAnew() {
    Set<Episode> set = new EpisodeSet();
    set.addAll(EPISODES);
    EPISODES.forEach(set::remove);
    assertThat(set).isEmpty();
    assertThat(set.iterator().hasNext()).isFalse();

    set.add(EPISODES.get(7));
    assertThat(set).containsExactly(EPISODES.get(7));
  }

  @Test
  void shouldEnd() {
    Set<Episode> set = new EpisodeSet();
    set.add(EPISODES.get(0));
    Iterator<Episode> entries = set.iterator();
    entries.next();

    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
  }
}
