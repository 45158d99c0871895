package io.causeline.standalone.command;

import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.correlator.knowledge.LocalText.Language;
import io.causeline.model.Incident;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.replay.Replay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--output",
      paramLabel = "json|text",
      defaultValue = "text",
      description = "How to print (default: ${DEFAULT-VALUE}).")
  private OutputFormat output = OutputFormat.TEXT;

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

  @Option(
      names = "--packs",
      paramLabel = "DIR",
      description = "Your own knowledge packs, beside the built-in ones.")
  private @Nullable Path packs;

  @Option(
      names = "--language",
      paramLabel = "en|zh",
      defaultValue = "en",
      description = "Language of titles, checks and fixes (default: ${DEFAULT-VALUE}).")
  private Language language = Language.EN;

  ReplayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Incident> incidents;
    try (RecordingReader reader = RecordingReader.open(files)) {
      incidents =
          new Replay(
                  cluster,
                  KnowledgeLoader.withFolder(packs),
                  CoreSettings.defaults().in(language),
                  incident -> {})
              .run(reader, settle);
    }
    output.print(incidents, console.out());
    return 0;
  }
}
