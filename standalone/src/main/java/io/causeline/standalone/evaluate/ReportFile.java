package io.causeline.standalone.evaluate;

import io.causeline.service.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document in which people's words stand around a report that is made anew each time. */
public final class ReportFile {

  private static final String BEGIN = "<!-- report -->\n";
  private static final String END = "<!-- end of report -->\n";

  private ReportFile() {}

  /**
   * Writes the report between the marks; into a new file, or one that is empty, with the marks.
   *
   * @throws StartupException if the file has other content but not both marks: nothing is
   *     overwritten then
   */
  public static void write(Path file, String report) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    if (before.isBlank()) {
      Files.writeString(file, BEGIN + report + END, StandardCharsets.UTF_8);
      return;
    }
    int begin = before.indexOf(BEGIN);
    int end = before.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new StartupException(
          file
              + " has no place for a report: it needs the lines "
              + BEGIN.strip()
              + " and "
              + END.strip());
    }
    Files.writeString(
        file,
        before.substring(0, begin + BEGIN.length()) + report + before.substring(end),
        StandardCharsets.UTF_8);
  }
}
