package io.causeline.standalone.recording;

import io.causeline.service.StartupException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Reads recordings, plain or gzipped, as one stream. Several are merged by {@code at}; what has the
 * same {@code at} comes in the order of the files, and within one file the order of its lines
 * always stays. One line of each file is held in memory, not more.
 *
 * <p>Whatever cannot be read is a {@link StartupException} that names the file and the line.
 */
public final class RecordingReader implements Iterator<Recorded>, AutoCloseable {

  private record Head(Recorded record, int order, RecordingFile file) {
    Instant at() {
      return record.at();
    }
  }

  private final List<RecordingFile> files;
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::at).thenComparing(Head::order));

  private RecordingReader(List<RecordingFile> files) {
    this.files = files;
  }

  /** Opens recordings. */
  public static RecordingReader open(List<Path> paths) {
    List<RecordingFile> files = new ArrayList<>();
    try {
      for (Path path : paths) {
        files.add(RecordingFile.open(path));
      }
      return reading(files);
    } catch (StartupException e) {
      files.forEach(RecordingFile::close);
      throw e;
    }
  }

  /**
   * Reads one recording from a stream, which is closed with the reader.
   *
   * @param name for messages
   */
  public static RecordingReader of(String name, InputStream bytes) {
    return reading(List.of(RecordingFile.of(name, bytes)));
  }

  private static RecordingReader reading(List<RecordingFile> files) {
    RecordingReader reader = new RecordingReader(files);
    for (int i = 0; i < files.size(); i++) {
      reader.advance(files.get(i), i);
    }
    return reader;
  }

  private void advance(RecordingFile file, int order) {
    Recorded record = file.next();
    if (record != null) {
      heads.add(new Head(record, order, file));
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public Recorded next() {
    Head head = heads.poll();
    if (head == null) {
      throw new NoSuchElementException("the recording has ended");
    }
    advance(head.file(), head.order());
    return head.record();
  }

  @Override
  public void close() {
    files.forEach(RecordingFile::close);
  }
}
