package io.causeline.standalone.recording;

import io.causeline.service.StartupException;
import io.causeline.standalone.recording.RecordedLine.BadLine;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** One recording, plain or gzipped, read line by line. */
final class RecordingFile implements AutoCloseable {

  private static final int GZIP_MAGIC = 0x1f8b;

  private final String name;
  private final BufferedReader lines;
  private int lineNumber;

  private RecordingFile(String name, BufferedReader lines) {
    this.name = name;
    this.lines = lines;
  }

  static RecordingFile open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new StartupException(file + " is a folder: name the recordings in it");
      }
      return of(file.toString(), Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new StartupException("there is no file " + file, e);
    } catch (IOException e) {
      throw new StartupException("cannot read " + file + ": " + e, e);
    }
  }

  static RecordingFile of(String name, InputStream bytes) {
    try {
      InputStream plain = unzipped(bytes);
      return new RecordingFile(
          name, new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      try {
        bytes.close();
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw new StartupException("cannot read " + name + ": " + e, e);
    }
  }

  /** The next record, or null at the end. Blank lines are passed over. */
  @Nullable Recorded next() {
    String line = nextLine();
    if (line == null) {
      return null;
    }
    try {
      return RecordedLine.parse(line);
    } catch (BadLine e) {
      throw new StartupException(place() + ": " + e.getMessage() + "; " + e.wayOut(), e);
    }
  }

  private @Nullable String nextLine() {
    try {
      String line;
      do {
        line = lines.readLine();
        lineNumber++;
      } while (line != null && line.isBlank());
      return line;
    } catch (EOFException | ZipException e) {
      throw new StartupException(
          place() + ": the compressed file is broken here (" + e.getMessage() + "): fetch it anew",
          e);
    } catch (IOException e) {
      throw new StartupException(place() + ": cannot be read: " + e, e);
    }
  }

  private String place() {
    return name + ":" + lineNumber;
  }

  private static InputStream unzipped(InputStream bytes) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(bytes);
    buffered.mark(2);
    int magic = (buffered.read() << 8) | buffered.read();
    buffered.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(buffered) : buffered;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
