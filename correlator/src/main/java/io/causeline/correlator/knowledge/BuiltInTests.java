package io.causeline.correlator.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The tests that ship with the built-in packs: whatever lies beside them, in the jar or among the
 * classes, so that no list of them can be incomplete.
 */
public final class BuiltInTests {
  private static final String FOLDER = "knowledge/tests/";
  private static final String BESIDE = "/knowledge/index.txt";

  private BuiltInTests() {}

  /** All of them, in the order of their names. */
  public static List<PackSource> all() {
    List<PackSource> tests = new ArrayList<>();
    for (String name : names()) {
      tests.add(new PackSource("tests/" + name, text(name)));
    }
    return tests;
  }

  private static List<String> names() {
    URL packs = BuiltInTests.class.getResource(BESIDE);
    if (packs == null) {
      throw new IllegalStateException("the built-in packs are missing");
    }
    try {
      if (packs.openConnection() instanceof JarURLConnection connection) {
        return inJar(connection);
      }
      return inFolder(Path.of(packs.toURI()).resolveSibling("tests"));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the built-in tests cannot be listed from " + packs, e);
    }
  }

  private static List<String> inJar(JarURLConnection connection) throws IOException {
    // A cached one would be shared, and closing it would close it for others.
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(FOLDER) && name.endsWith(".yaml"))
          .map(name -> name.substring(FOLDER.length()))
          .sorted()
          .toList();
    }
  }

  private static List<String> inFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  private static String text(String name) {
    try (InputStream in = BuiltInTests.class.getResourceAsStream("/" + FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the built-in test " + name + " is gone");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in test " + name + " cannot be read", e);
    }
  }
}
