package io.causeline.benchmarks.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The beginning of an HTTP/1.1 answer.
 *
 * @param status such as 200
 * @param length of the whole answer in bytes, head and body
 */
record HttpAnswer(int status, int length) {

  private static final String LENGTH = "\r\ncontent-length:";

  /** Not all of the head is there yet. */
  static final HttpAnswer INCOMPLETE = new HttpAnswer(0, Integer.MAX_VALUE);

  /**
   * Reads the head.
   *
   * @param bytes of which the first {@code count} have come
   * @throws IllegalArgumentException if it is no answer with a length
   */
  static HttpAnswer read(byte[] bytes, int count) {
    int end = end(bytes, count);
    if (end < 0) {
      return INCOMPLETE;
    }
    String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int at = head.indexOf(LENGTH);
    if (!head.startsWith("http/1.1 ") || at < 0) {
      throw new IllegalArgumentException("not an answer with a length: " + head);
    }
    int from = at + LENGTH.length();
    int to = head.indexOf('\r', from);
    int body = Integer.parseInt((to < 0 ? head.substring(from) : head.substring(from, to)).trim());
    return new HttpAnswer(Integer.parseInt(head.substring(9, 12)), end + 4 + body);
  }

  private static int end(byte[] bytes, int count) {
    for (int i = 0; i + 3 < count; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
