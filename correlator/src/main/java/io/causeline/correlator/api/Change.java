package io.causeline.correlator.api;

import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import io.causeline.model.Json;
import io.causeline.model.Topics;
import io.causeline.service.NewerSchemaException;
import io.causeline.service.SchemaHeader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A change of an incident, as it goes to streams.
 *
 * @param partition of the topic {@code incidents}
 * @param position of a stream that has seen it
 * @param state null for an incident that was removed
 * @param event the event's name: {@link #INCIDENT} or {@link #REMOVED}
 * @param data its JSON: the incident without its timeline, or its id and cluster
 */
record Change(
    int partition,
    long offset,
    StreamPosition position,
    String cluster,
    @Nullable State state,
    String event,
    String data) {

  static final String INCIDENT = "incident";
  static final String REMOVED = "removed";

  /**
   * Reads a record of the topic {@code incidents}.
   *
   * @throws NewerSchemaException if a newer Causeline wrote it
   * @throws IllegalArgumentException if it is no incident
   */
  static Change of(ConsumerRecord<byte[], byte[]> record, StreamPosition position) {
    SchemaHeader.read(record.headers());
    if (record.key() == null) {
      throw new IllegalArgumentException("a record without a key");
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    String cluster = Topics.clusterOf(key);
    if (record.value() == null) {
      String id = key.substring(Math.min(key.length(), cluster.length() + 1));
      return new Change(
          record.partition(),
          record.offset(),
          position,
          cluster,
          null,
          REMOVED,
          text(Map.of("id", id, "cluster", cluster)));
    }
    Incident incident = Json.read(record.value(), Incident.class);
    return new Change(
        record.partition(),
        record.offset(),
        position,
        cluster,
        incident.state(),
        INCIDENT,
        text(incident.withoutTimeline()));
  }

  private static String text(Object value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }
}
