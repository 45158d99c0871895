package io.causeline.standalone.command;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.causeline.service.StartupException;
import io.causeline.standalone.evaluate.Evaluation;
import io.causeline.standalone.evaluate.ReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code causeline evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Diagnoses labelled recordings (NAME.jsonl with NAME.truth.json) and cases (*.json with events"
          + " and truth), and prints how good the answers were.",
    })
final class EvaluateCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders with labelled data.")
  private List<Path> folders = List.of();

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--tuned",
      paramLabel = "PATTERN",
      description =
          "Cases whose whole id matches were used to tune the knowledge; they are reported apart"
              + " from those not seen.")
  private @Nullable String tuned;

  @Mixin private PacksOption packs = new PacksOption();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also writes the text into this Markdown file, between its lines <!-- report --> and <!-- end"
              + " of report -->; what stands outside of them is kept.")
  private @Nullable Path report;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Evaluation.Outcome outcome =
        Evaluation.of(folders, packs.knowledge(), tuned == null ? null : ids(tuned));
    if (report != null) {
      ReportFile.write(report, outcome.markdown());
    }
    console.out().print(output.json() ? outcome.json() : outcome.markdown());
    return 0;
  }

  private static Pattern ids(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new StartupException("--tuned is no pattern: " + e.getMessage(), e);
    }
  }
}
