package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class ClusterPartitionerTest {

  @Test
  void shouldAgreeWithKafkasDefaultPartitioner() {
    Set<Integer> seen = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      String cluster = "cluster-" + i;
      int partition = ClusterPartitioner.partition(cluster, 12);
      assertThat(partition)
          .isEqualTo(
              BuiltInPartitioner.partitionForKey(cluster.getBytes(StandardCharsets.UTF_8), 12));
      seen.add(partition);
    }
    assertThat(seen).hasSize(12);
  }

  @Test
  void shouldStayTheSameForEver() {
    assertThat(ClusterPartitioner.partition("default", 12)).isEqualTo(7);
  }
}
