package io.causeline.standalone.command;

import io.causeline.model.Incident;
import io.causeline.service.StartupException;
import io.causeline.standalone.replay.Diagnosis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code causeline diagnose}. */
@Command(
    name = "diagnose",
    description = {
      "Names the likely causes of the events and alerts at hand, without a server:",
      "  kubectl get events -A -o json | causeline diagnose",
      "Reads lists of Events (with other objects in them as topology), Alertmanager's webhook"
          + " bodies, and what its GET /api/v2/alerts answers."
    })
final class DiagnoseCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = STANDARD_INPUT,
      description = "JSON; - or nothing reads standard input.")
  private String file = STANDARD_INPUT;

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      defaultValue = "default",
      converter = Converters.OfCluster.class,
      description = "The cluster's name (default: ${DEFAULT-VALUE}).")
  private String cluster = "";

  @Mixin private PacksOption packs = new PacksOption();

  @Mixin private LanguageOption language = new LanguageOption();

  DiagnoseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Diagnosis diagnosis = new Diagnosis(cluster, packs.knowledge(), language.settings());
    if (file.equals(STANDARD_INPUT)) {
      print(diagnosis, diagnosis.of("standard input", console.in()));
      return 0;
    }
    try (InputStream input = open(Path.of(file))) {
      print(diagnosis, diagnosis.of(file, input));
      return 0;
    }
  }

  private void print(Diagnosis diagnosis, List<Incident> incidents) {
    output.format.print(incidents, console.out());
    if (incidents.isEmpty() && !output.json()) {
      console.out().println(diagnosis.read() + ".");
    }
  }

  private static InputStream open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new StartupException(file + " is a folder: name a file in it");
      }
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new StartupException("there is no file " + file, e);
    } catch (IOException e) {
      throw new StartupException("cannot read " + file + ": " + e, e);
    }
  }
}
