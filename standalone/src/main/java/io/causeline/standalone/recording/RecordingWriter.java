package io.causeline.standalone.recording;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.service.StartupException;
import io.causeline.standalone.recording.Recorded.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a recording. Each record has left the process when {@link #write} returns, so a recorder
 * that is killed loses nothing but the line it was at. Objects lose their {@code managedFields},
 * which say nothing of a fault. May be used by several threads.
 */
public final class RecordingWriter implements AutoCloseable {

  private final Writer lines;
  private long written;

  private RecordingWriter(Writer lines) {
    this.lines = lines;
  }

  /**
   * Creates the file.
   *
   * @throws StartupException if it exists already or cannot be written
   */
  public static RecordingWriter create(Path file) {
    if (file.toString().endsWith(".gz")) {
      throw new StartupException(
          file
              + " would be unreadable if the recorder were killed: record to a plain .jsonl file"
              + " and gzip it afterwards, it can be read both ways");
    }
    try {
      return new RecordingWriter(
          Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (FileAlreadyExistsException e) {
      throw new StartupException(
          file + " exists already: name a new file, recordings are never overwritten", e);
    } catch (IOException e) {
      throw new StartupException("cannot write " + file + ": " + e, e);
    }
  }

  /**
   * Appends a record.
   *
   * @throws UncheckedIOException if it could not be written; the file may end in half a line then
   */
  public synchronized void write(Recorded recorded) {
    try {
      lines.write(RecordedLine.format(slim(recorded)));
      lines.write('\n');
      lines.flush();
      written++;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the recording", e);
    }
  }

  /** How many records were written. */
  public synchronized long written() {
    return written;
  }

  private static Recorded slim(Recorded recorded) {
    if (recorded instanceof Watch watch
        && watch.object().get("metadata") instanceof ObjectNode metadata
        && metadata.has("managedFields")) {
      ObjectNode object = watch.object().deepCopy();
      ((ObjectNode) object.get("metadata")).remove("managedFields");
      return new Watch(watch.at(), watch.resource(), watch.type(), object);
    }
    return recorded;
  }

  @Override
  public synchronized void close() throws IOException {
    lines.close();
  }
}
