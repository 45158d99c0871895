package io.causeline.bridge.chat;

import io.causeline.bridge.chat.Work.Forget;
import io.causeline.bridge.chat.Work.Show;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Feed;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Json;
import io.causeline.model.Text;
import io.causeline.service.SchemaHeader;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads records of {@code incidents}. */
final class IncidentReader {

  private final Severity leastSeverity;
  private final ToIntFunction<String> ownerOf;

  /**
   * A reader.
   *
   * @param ownerOf the partition of a cluster's records
   */
  IncidentReader(Severity leastSeverity, ToIntFunction<String> ownerOf) {
    this.leastSeverity = leastSeverity;
    this.ownerOf = ownerOf;
  }

  /** What a record asks for. */
  record Read(IncidentRef ref, Work work) {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it can never be used, saying why
   * @throws io.causeline.service.NewerSchemaException if a newer version wrote it
   */
  Read read(ConsumerRecord<String, byte[]> record) {
    SchemaHeader.read(record.headers());
    String key = record.key() == null ? "" : record.key();
    IncidentRef ref =
        IncidentRef.ofIncidentKey(record.partition(), key)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "key '" + Text.label(key) + "' is not cluster/incident id"));
    int owner = ownerOf.applyAsInt(ref.cluster());
    if (owner != record.partition()) {
      // The correlator never writes there; told from here as well, it would be posted twice.
      throw new IllegalArgumentException(
          "cluster '" + Text.label(ref.cluster()) + "' belongs to partition " + owner);
    }
    if (record.value() == null) {
      return new Read(ref, new Forget());
    }
    Incident incident = complete(Json.read(record.value(), Incident.class));
    if (!incident.id().equals(ref.id()) || !incident.cluster().equals(ref.cluster())) {
      throw new IllegalArgumentException(
          "the incident is " + Text.label(incident.id()) + ", its key says " + Text.label(key));
    }
    return new Read(
        ref,
        new Show(
            IncidentCard.trimmed(incident), NotificationDecision.isNews(incident, leastSeverity)));
  }

  @SuppressWarnings("NullAway") // What JSON leaves out is null, whatever the types say.
  private static Incident complete(Incident incident) {
    require(incident.id(), "id");
    require(incident.cluster(), "cluster");
    require(incident.state(), "state");
    require(incident.severity(), "severity");
    require(incident.title(), "title");
    require(incident.firstSignalAt(), "firstSignalAt");
    require(incident.lastSignalAt(), "lastSignalAt");
    require(incident.impact(), "impact");
    return incident.feed() == null ? incident.withFeed(Feed.COMPLETE) : incident;
  }

  private static void require(@Nullable Object value, String field) {
    if (value == null) {
      throw new IllegalArgumentException("not an Incident: it has no " + field);
    }
  }
}
