package io.causeline.collector.watch;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of bounded length: a watch sends one JSON object a line. A line that is longer is
 * read to its end but not kept, so that one of them cannot end the watch or fill the memory.
 */
final class LineReader {

  /** Several times what etcd stores at most. */
  static final int MAX_CHARS = 16 * 1024 * 1024;

  /**
   * A line.
   *
   * @param text without its end
   * @param tooLong whether its text was not kept
   * @param ended whether a line feed came, and not the end of the stream
   */
  record Line(String text, boolean tooLong, boolean ended) {}

  private final Reader in;
  private final int maxChars;
  private final char[] buffer = new char[8192];
  private int next;
  private int limit;

  LineReader(Reader in, int maxChars) {
    this.in = in;
    this.maxChars = maxChars;
  }

  /** Blocks for the next line; null at the end of the stream. */
  @Nullable Line read() throws IOException {
    StringBuilder text = new StringBuilder(256);
    boolean tooLong = false;
    boolean any = false;
    while (true) {
      if (next == limit) {
        int read = in.read(buffer, 0, buffer.length);
        if (read < 0) {
          return any ? new Line(text.toString(), tooLong, false) : null;
        }
        next = 0;
        limit = read;
        continue;
      }
      any = true;
      int start = next;
      while (next < limit && buffer[next] != '\n') {
        next++;
      }
      if (!tooLong && text.length() + (next - start) > maxChars) {
        tooLong = true;
        text = new StringBuilder();
      }
      if (!tooLong) {
        text.append(buffer, start, next - start);
      }
      if (next < limit) {
        next++;
        return new Line(text.toString(), tooLong, true);
      }
    }
  }
}
