package io.causeline.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of the {@code topology} topic: an object as it is, an object that is gone, or the end
 * of a full list.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TopologyRecord.Present.class, name = "present"),
  @JsonSubTypes.Type(value = TopologyRecord.Gone.class, name = "gone"),
  @JsonSubTypes.Type(value = TopologyRecord.EpochEnd.class, name = "epoch-end")
})
public sealed interface TopologyRecord {

  /** The cluster's name. */
  String cluster();

  /** When the collector saw it. */
  Instant observedAt();

  /** An object as it is. */
  record Present(ObjectSnapshot snapshot) implements TopologyRecord {
    @Override
    public String cluster() {
      return snapshot.cluster();
    }

    @Override
    public Instant observedAt() {
      return snapshot.observedAt();
    }
  }

  /**
   * An object that is gone. It is sent as a value, since a Kafka tombstone can tell neither when
   * nor which uid; the tombstone follows it.
   *
   * @param resourceVersion of the deletion; null where the watch did not tell
   */
  record Gone(
      String cluster,
      EntityRef entity,
      String uid,
      @Nullable String resourceVersion,
      long epoch,
      Instant observedAt)
      implements TopologyRecord {}

  /**
   * The end of a full list: objects of these kinds that no snapshot of this epoch or a later one
   * named are gone.
   *
   * @param kinds what was listed whole
   */
  record EpochEnd(String cluster, List<String> kinds, long epoch, Instant observedAt)
      implements TopologyRecord {

    public EpochEnd {
      kinds = List.copyOf(kinds);
    }
  }
}
