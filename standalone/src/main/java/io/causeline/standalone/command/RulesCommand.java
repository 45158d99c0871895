package io.causeline.standalone.command;

import io.causeline.correlator.knowledge.BuiltInTests;
import io.causeline.correlator.knowledge.CauseCatalogue;
import io.causeline.correlator.knowledge.PackCheck;
import io.causeline.correlator.knowledge.PackSource;
import io.causeline.service.StartupException;
import io.causeline.standalone.rules.CausesDocument;
import io.causeline.standalone.rules.RuleTests;
import io.causeline.standalone.rules.TestFile;
import io.causeline.standalone.rules.TestFiles;
import io.causeline.standalone.rules.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code causeline rules}: for those who write knowledge packs. */
@Command(name = "rules", description = "Tests and checks knowledge packs.")
final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private RulesCommand() {}

  static CommandLine of(Console console) {
    CommandLine line = new CommandLine(new RulesCommand());
    line.addSubcommand(new Test(console));
    line.addSubcommand(new Check(console));
    line.addSubcommand(new Docs(console));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** {@code causeline rules test}. */
  @Command(
      name = "test",
      description = {
        "Runs tests of knowledge packs: stories, and the incidents that must come of them.",
        "Without a FILE, the tests that come with Causeline, and those in the packs' tests/."
      })
  private static final class Test implements Callable<Integer> {

    private final Console console;

    @Parameters(
        paramLabel = "FILE",
        arity = "0..*",
        description = "Files of tests, or folders that hold them.")
    private List<Path> files = List.of();

    @Mixin private PacksOption packs = new PacksOption();

    @Mixin private OutputOption output = new OutputOption();

    Test(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      TestReport report = new TestReport(new RuleTests(packs.knowledge()).run(sources()));
      console.out().print(output.json() ? report.json() : report.text());
      return report.failed() == 0 ? 0 : CommandErrors.FAULT;
    }

    private List<PackSource> sources() {
      if (!files.isEmpty()) {
        return TestFiles.read(files);
      }
      List<PackSource> sources = new ArrayList<>(BuiltInTests.all());
      if (packs.packs != null) {
        sources.addAll(testsIn(packs.packs));
      }
      return sources;
    }
  }

  /** {@code causeline rules check}. */
  @Command(
      name = "check",
      description = {
        "Checks folders of knowledge packs: what cannot be loaded, and what could be and would do"
            + " nothing. Their tests/ are read too, not run.",
        "Without a DIR, the packs that come with Causeline."
      })
  private static final class Check implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Folders of packs.")
    private List<Path> folders = List.of();

    Check(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      List<String> faults = new ArrayList<>();
      if (folders.isEmpty()) {
        faults.addAll(PackCheck.faults(null));
        BuiltInTests.all().forEach(test -> faults.addAll(TestFile.read(test).faults()));
      }
      for (Path folder : folders) {
        faults.addAll(PackCheck.faults(folder));
        testsIn(folder).forEach(test -> faults.addAll(TestFile.read(test).faults()));
      }
      faults.forEach(console.out()::println);
      console
          .out()
          .println(
              faults.isEmpty()
                  ? "no faults"
                  : faults.size() + (faults.size() == 1 ? " fault" : " faults"));
      return faults.isEmpty() ? 0 : CommandErrors.FAULT;
    }
  }

  /** {@code causeline rules docs}. */
  @Command(
      name = "docs",
      description = "Writes all causes that come with Causeline as a document in Markdown.")
  private static final class Docs implements Callable<Integer> {

    private final Console console;

    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        description = "Where to; without it, to standard output.")
    private @Nullable Path file;

    Docs(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      String document = CausesDocument.of(CauseCatalogue.builtIn());
      if (file == null) {
        console.out().print(document);
        return 0;
      }
      try {
        Files.writeString(file, document);
      } catch (IOException e) {
        throw new StartupException("cannot write " + file + ": " + e, e);
      }
      return 0;
    }
  }

  /** The tests that lie in a folder of packs. */
  private static List<PackSource> testsIn(Path folder) {
    Path tests = folder.resolve(TestFiles.FOLDER);
    return Files.isDirectory(tests) ? TestFiles.read(List.of(tests)) : List.of();
  }
}
