package io.causeline.correlator.streams;

/** The partitions whose stores this process holds. */
public interface LocalPartitions {

  /** Changes are missing, and nobody can tell how many. */
  long UNKNOWN = -1;

  /** What this process has of a partition. */
  sealed interface Look {}

  /**
   * It can answer.
   *
   * @param reader of the stores
   * @param behind how many changes the stores lack that the owner has stored: 0 for the owner,
   *     {@link #UNKNOWN} while Kafka does not answer
   */
  record Held(IncidentReader reader, long behind) implements Look {}

  /** It cannot, for this reason. */
  record Refused(String reason) implements Look {}

  /** Looks. */
  Look partition(int partition);
}
