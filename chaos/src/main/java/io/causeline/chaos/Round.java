package io.causeline.chaos;

import io.causeline.chaos.check.Checker;
import io.causeline.chaos.check.Observation;
import io.causeline.chaos.check.Plant;
import io.causeline.chaos.check.Verdict;
import io.causeline.chaos.story.Story;
import io.causeline.chaos.world.ChaosPlan;
import io.causeline.chaos.world.Progress;
import io.causeline.chaos.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One story told twice, without chaos and with it, and what came of both compared. */
final class Round {

  /** How long a story takes when nothing is in its way. */
  private static final Duration CALM = Duration.ofSeconds(8);

  /** Told to its end while things still break. */
  private static final Duration WILD = ChaosPlan.WINDOW.minusSeconds(8);

  /** Fewer incidents would be no measure for anything. */
  private static final int LEAST_INCIDENTS = 4;

  /**
   * What came of a round.
   *
   * @param figures of the run with chaos
   * @param seen in the run with chaos
   */
  record Result(long seed, World.Figures figures, Observation seen, Verdict verdict) {}

  private final Seed seed;
  private final @Nullable Plant plant;
  private final Progress progress;

  Round(Seed seed, @Nullable Plant plant, Progress progress) {
    this.seed = seed;
    this.plant = plant;
    this.progress = progress;
  }

  Result run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("causeline-chaos");
    progress.say("seed " + seed.value() + ", in " + folder);
    Result result;
    try {
      Observation calm = calm(folder.resolve("calm"));
      result = wild(folder.resolve("wild"), calm);
    } catch (IOException e) {
      // Not to be able to go on is a finding too.
      Verdict verdict = new Verdict(List.of(), List.of(), List.of(String.valueOf(e.getMessage())));
      result = new Result(seed.value(), World.Figures.NONE, Observation.NOTHING, verdict);
    }
    if (result.verdict().ok()) {
      delete(folder);
    } else {
      tell("lost", result.verdict().lost());
      tell("doubled", result.verdict().doubled());
      tell("different", result.verdict().differences());
      progress.say("seed " + seed.value() + " NOT OK; logs and data stay in " + folder);
    }
    return result;
  }

  private Observation calm(Path folder) throws IOException, InterruptedException {
    try (World world = world(folder, false)) {
      progress.say("all is ready; the story is told without chaos");
      world.tell(CALM);
      Observation seen = world.settle(o -> Checker.alone(world.told(), o));
      Verdict verdict = Checker.alone(world.told(), seen);
      progress.say(
          "without chaos: "
              + seen.incidents().size()
              + " incidents, "
              + seen.messages().size()
              + " messages");
      seen.incidents().stream()
          .map(i -> i.state() + " " + i.severity() + " " + i.subject())
          .sorted()
          .forEach(progress::say);
      if (!verdict.ok() || seen.incidents().size() < LEAST_INCIDENTS) {
        throw new IOException(
            "the run without chaos is no measure for the other: " + verdict + seen.incidents());
      }
      return seen;
    }
  }

  private Result wild(Path folder, Observation calm) throws IOException, InterruptedException {
    try (World world = world(folder, true)) {
      progress.say("all is ready; the story is told again, with chaos");
      world.tell(WILD);
      progress.say("chaos is over");
      Observation seen = world.settle(o -> Checker.compare(world.told(), calm, o));
      Observation judged =
          plant == null ? seen : plant.in(seen, world.told(), seed.random("plant"));
      Verdict verdict = Checker.compare(world.told(), calm, judged);
      progress.say(
          "with chaos: "
              + seen.incidents().size()
              + " incidents, "
              + seen.messages().size()
              + " messages; "
              + (verdict.ok() ? "ok" : "not ok"));
      return new Result(seed.value(), world.figures(), judged, verdict);
    }
  }

  private World world(Path folder, boolean hostile) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Instant base = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Story.AGO);
    return World.start(Story.of(seed, base), seed, hostile, folder, progress);
  }

  private void tell(String kind, List<String> findings) {
    findings.forEach(finding -> progress.say(kind + ": " + finding));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.deleteIfExists(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
