package io.causeline.standalone.rules;

import io.causeline.correlator.knowledge.PackSource;
import io.causeline.service.StartupException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A user's files of tests. */
public final class TestFiles {

  /** Where a folder of packs keeps its tests. */
  public static final String FOLDER = "tests";

  private TestFiles() {}

  /**
   * Reads files, and of folders their {@code *.yaml} and {@code *.yml} in the order of their names.
   *
   * @throws StartupException if one cannot be read, or there is none
   */
  public static List<PackSource> read(List<Path> paths) {
    List<PackSource> sources = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Path> files = files(path);
        if (files.isEmpty()) {
          throw new StartupException("the folder " + path + " holds no tests (*.yaml)");
        }
        files.forEach(file -> sources.add(source(file)));
      } else {
        sources.add(source(path));
      }
    }
    return sources;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> isTest(String.valueOf(file.getFileName())) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StartupException("cannot read the folder " + folder + ": " + e, e);
    }
  }

  private static boolean isTest(String name) {
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private static PackSource source(Path file) {
    try {
      return new PackSource(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new StartupException("there is no file " + file, e);
    } catch (CharacterCodingException e) {
      throw new StartupException(file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new StartupException("cannot read " + file + ": " + e, e);
    }
  }
}
