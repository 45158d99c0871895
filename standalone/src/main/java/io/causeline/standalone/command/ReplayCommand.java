package io.causeline.standalone.command;

import io.causeline.model.Incident;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.replay.Replay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code causeline replay}. */
@Command(
    name = "replay",
    description = "Correlates recordings in their own time, without Kafka, and prints incidents.")
final class ReplayCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Recordings, plain or gzipped; several are merged by time.")
  private List<Path> files = List.of();

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "30m",
      converter = Converters.OfDuration.class,
      description =
          "How long the clock runs on after the last record, so that what has healed can resolve"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration settle = Duration.ZERO;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      defaultValue = "recording",
      converter = Converters.OfCluster.class,
      description = "The cluster's name (default: ${DEFAULT-VALUE}).")
  private String cluster = "";

  @Mixin private PacksOption packs = new PacksOption();

  @Mixin private LanguageOption language = new LanguageOption();

  ReplayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Incident> incidents;
    try (RecordingReader reader = RecordingReader.open(files)) {
      incidents =
          new Replay(cluster, packs.knowledge(), language.settings(), incident -> {})
              .run(reader, settle);
    }
    output.format.print(incidents, console.out());
    return 0;
  }
}
