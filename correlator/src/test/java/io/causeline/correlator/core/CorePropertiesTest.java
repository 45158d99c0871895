package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What must hold of the core whatever happens in a cluster, and however it is told. */
@Domain(Stories.class)
@Domain(DomainContext.Global.class)
class CorePropertiesTest {

  private static final int TRIES = 60;

  @Property(tries = TRIES)
  void shouldComeToTheSameIncidentsInAnyOrder(
      @ForAll Story story, @ForAll long chance, @ForAll @IntRange(min = 1, max = 40) int minutes) {
    List<Object> records = story.records();
    List<Object> shuffled = Telling.shuffled(records, chance);

    assertThat(Told.of(Telling.of(shuffled).rest(60 * minutes).incidents()))
        .as(() -> "in this order: " + lines(shuffled))
        .isEqualTo(Told.of(Telling.of(records).rest(60 * minutes).incidents()));
  }

  private static String lines(List<Object> records) {
    return records.stream().map(record -> "\n  " + record).collect(Collectors.joining());
  }
}
