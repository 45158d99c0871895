package io.causeline.chaos;

import io.causeline.chaos.check.Plant;
import io.causeline.chaos.world.Progress;
import io.causeline.standalone.command.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code chaos}: breaks what can be broken, and prints one JSON object as the last line. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description =
        "Kills real processes, cuts connections, sends duplicates and poison, and compares what"
            + " came of it with a run without any of that.")
final class ChaosCommand implements Callable<Integer> {

  /** What a round takes. */
  private static final int MINUTES_OF_A_ROUND = 3;

  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How long about; a round takes three, and each has a seed of its own, one after the"
              + " other (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first round's seed; every decision follows from it (default: 1).")
  private long seed;

  @Option(
      names = "--plant",
      paramLabel = "FAULT",
      converter = Plants.class,
      description =
          "Puts a fault into what the checker sees: loss, duplicate or difference. It must find"
              + " it, so the run ends with 1.")
  private @Nullable Plant plant;

  private ChaosCommand(Console console) {
    this.console = console;
  }

  /** Plants by their words. */
  static final class Plants implements CommandLine.ITypeConverter<Plant> {
    @Override
    public Plant convert(String word) {
      for (Plant plant : Plant.values()) {
        if (plant.name().equalsIgnoreCase(word)) {
          return plant;
        }
      }
      throw new CommandLine.TypeConversionException(
          "'" + word + "' is none of loss, duplicate, difference");
    }
  }

  static int run(Console console, List<String> words) {
    CommandLine line = new CommandLine(new ChaosCommand(console));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    return line.execute(words.toArray(String[]::new));
  }

  @Override
  public Integer call() throws Exception {
    if (minutes < MINUTES_OF_A_ROUND && spec != null) {
      throw new ParameterException(
          spec.commandLine(), "--minutes " + minutes + ": a round takes " + MINUTES_OF_A_ROUND);
    }
    Progress progress = new Progress(console.err());
    Summary summary = new Summary(seed, minutes);
    for (int i = 0; i < minutes / MINUTES_OF_A_ROUND; i++) {
      summary.add(new Round(new Seed(seed + i), plant, progress).run());
    }
    console.out().println(summary.json());
    return summary.ok() ? 0 : 1;
  }
}
