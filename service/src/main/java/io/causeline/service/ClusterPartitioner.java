package io.causeline.service;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a cluster's records: what Kafka's default partitioner gives a record whose key
 * is the cluster's name, so that any producer with such keys agrees.
 */
public final class ClusterPartitioner {

  private ClusterPartitioner() {}

  /** From 0 to {@code partitions} - 1, the same for ever. */
  public static int partition(String cluster, int partitions) {
    return Utils.toPositive(Utils.murmur2(cluster.getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
