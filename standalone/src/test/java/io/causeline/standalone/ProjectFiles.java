package io.causeline.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's own files, found from wherever the tests are started. */
public final class ProjectFiles {

  private static final Pattern FENCE =
      Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private ProjectFiles() {}

  /** The root: where the launcher of Maven lies. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("start the tests inside the project");
      }
    }
    return folder;
  }

  /** A file, by its path from the root. */
  public static Path path(String path) {
    return root().resolve(path);
  }

  /** What it holds. */
  public static String read(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shell blocks of a document. */
  public static List<String> shellBlocks(String path) {
    return FENCE.matcher(read(path)).results().map(block -> block.group(1)).toList();
  }

  /** A property of the root pom, such as {@code kafka.version}. */
  public static String pomProperty(String name) {
    Matcher matcher =
        Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(read("pom.xml"));
    if (!matcher.find()) {
      throw new IllegalStateException("pom.xml has no property " + name);
    }
    return matcher.group(1);
  }

  /** Whether a program is on PATH. */
  public static boolean hasProgram(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }

  /** How a program ended. */
  public record Ended(int code, String output) {}

  /**
   * Runs a program to its end, with nothing to read.
   *
   * @param output takes standard output and error
   */
  public static Ended run(
      Path folder, Path output, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(String.join(" ", command) + " does not end");
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }
}
