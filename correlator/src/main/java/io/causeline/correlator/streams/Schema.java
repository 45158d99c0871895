package io.causeline.correlator.streams;

import io.causeline.model.Topics;
import io.causeline.service.NewerSchemaException;
import io.causeline.service.SchemaHeader;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads the schema header, quickly where it says what nearly every record says. */
final class Schema {

  private static final byte CURRENT = (byte) ('0' + Topics.SCHEMA_VERSION);

  private Schema() {}

  /**
   * Accepts a record of a version that this code reads.
   *
   * @throws BadRecordException when the header is no version
   * @throws NewerSchemaException when a newer Causeline wrote the record: good data
   */
  static void require(Headers headers) {
    Header header = headers.lastHeader(Topics.SCHEMA_HEADER);
    if (header == null || isCurrent(header.value())) {
      return;
    }
    try {
      SchemaHeader.read(headers);
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(RecordFault.SCHEMA, String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether a newer Causeline wrote it. */
  static boolean isNewer(Headers headers) {
    try {
      require(headers);
      return false;
    } catch (NewerSchemaException e) {
      return true;
    } catch (BadRecordException e) {
      // Broken, not newer: the processor sends it to the dead letters.
      return false;
    }
  }

  private static boolean isCurrent(byte[] value) {
    return value != null && value.length == 1 && value[0] == CURRENT;
  }
}
