package io.causeline.model;

/**
 * An incident's id: {@code hash of the cluster (8 hex) - hash of what it began with (12 hex)}, so
 * that a query by id knows which partition owns it once it knows the clusters.
 */
public final class IncidentId {

  private IncidentId() {}

  /** The id of the incident of this cluster that began with {@code seed}. */
  public static String of(String cluster, String seed) {
    return clusterPart(cluster) + "-" + Hashes.hex(seed).substring(0, 12);
  }

  /** The first part of the ids of this cluster's incidents. */
  public static String clusterPart(String cluster) {
    return Hashes.hex(cluster).substring(0, 8);
  }
}
