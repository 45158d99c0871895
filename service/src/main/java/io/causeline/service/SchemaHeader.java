package io.causeline.service;

import io.causeline.model.Text;
import io.causeline.model.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The header that says which major version a record's value has ({@link Topics#SCHEMA_HEADER}). */
public final class SchemaHeader {

  private static final byte[] CURRENT =
      String.valueOf(Topics.SCHEMA_VERSION).getBytes(StandardCharsets.US_ASCII);

  private SchemaHeader() {}

  /** Marks a record as being of the version that this code writes. */
  public static void write(Headers headers) {
    headers.remove(Topics.SCHEMA_HEADER);
    headers.add(Topics.SCHEMA_HEADER, CURRENT.clone());
  }

  /**
   * The record's version; 1 where it says none.
   *
   * @throws NewerSchemaException when this code cannot read it
   * @throws IllegalArgumentException when the header is no version: the record is broken
   */
  public static int read(Headers headers) {
    Header header = headers.lastHeader(Topics.SCHEMA_HEADER);
    if (header == null || header.value() == null) {
      return 1;
    }
    String text = new String(header.value(), StandardCharsets.UTF_8);
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "header " + Topics.SCHEMA_HEADER + " = \"" + Text.label(text) + "\" is no version");
    }
    int version = Integer.parseInt(text);
    if (version > Topics.SCHEMA_VERSION) {
      throw new NewerSchemaException(version);
    }
    return version;
  }
}
