package io.causeline.chaos.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.chaos.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StoryTest {

  private static final Instant BASE = Instant.parse("2026-11-21T03:00:00Z");

  @Test
  void shouldTellTheSameWhenTheSeedIsTheSame() {
    assertThat(Story.of(new Seed(7), BASE)).isEqualTo(Story.of(new Seed(7), BASE));
    assertThat(Story.of(new Seed(7), BASE)).isNotEqualTo(Story.of(new Seed(8), BASE));
  }

  @Test
  void shouldDifferInNothingButItsTimesWhenItBeginsAtAnother() {
    Story one = Story.of(new Seed(7), BASE);
    Story other = Story.of(new Seed(7), BASE.plus(Duration.ofHours(1)));

    assertThat(other.lastStates()).isEqualTo(one.lastStates());
    assertThat(other.steps()).hasSameSizeAs(one.steps());
  }

  @Test
  void shouldTellAStateOnlyAfterTheOneBeforeIt() {
    for (Story story : stories()) {
      Set<String> told = new HashSet<>();
      long version = 0;
      for (Step step : story.steps()) {
        if (step instanceof Step.Tell tell) {
          tell.after().ifPresent(before -> assertThat(told).contains(before));
          told.add(tell.key());
          long next = tell.watch().object().path("metadata").path("resourceVersion").asLong();
          assertThat(next).isGreaterThan(version);
          version = next;
        }
      }
      assertThat(told).containsAll(story.lastStates());
    }
  }

  @Test
  void shouldBeOverWhenItIsTold() {
    for (Story story : stories()) {
      for (Step step : story.steps()) {
        if (step instanceof Step.Notify notify) {
          SignalKeys.ofWebhook(notify.cluster(), notify.body())
              .forEach(key -> assertThat(key).contains("alert " + notify.cluster()));
        } else if (step instanceof Step.Tell tell && tell.watch().isEvent()) {
          Instant last = Instant.parse(tell.watch().object().path("lastTimestamp").asText());
          assertThat(last).isBefore(BASE.plus(Story.AGO).minus(Duration.ofMinutes(4)));
        }
      }
    }
  }

  private static List<Story> stories() {
    return LongStream.range(0, 20).mapToObj(seed -> Story.of(new Seed(seed), BASE)).toList();
  }
}
