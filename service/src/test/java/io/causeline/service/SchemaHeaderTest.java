package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.model.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SchemaHeaderTest {

  private final RecordHeaders headers = new RecordHeaders();

  @Test
  void shouldReadWhatItWrote() {
    SchemaHeader.write(headers);
    assertThat(SchemaHeader.read(headers)).isEqualTo(Topics.SCHEMA_VERSION);
  }

  @Test
  void shouldTakeAMissingHeaderForTheFirstVersion() {
    assertThat(SchemaHeader.read(headers)).isEqualTo(1);
  }

  @Test
  void shouldTellNewerRecordsFromBrokenOnes() {
    headers.add(Topics.SCHEMA_HEADER, "2".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> SchemaHeader.read(headers))
        .isInstanceOf(NewerSchemaException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("upgrade");

    headers.add(Topics.SCHEMA_HEADER, "two".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> SchemaHeader.read(headers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"two\"");
  }
}
