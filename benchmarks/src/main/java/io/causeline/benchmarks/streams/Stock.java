package io.causeline.benchmarks.streams;

import io.causeline.correlator.streams.CorrelatorStores;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What a correlator keeps.
 *
 * @param state bytes of keys and values in the core's store
 * @param incidents bytes of keys and values in the stores of incidents
 * @param entries in all timelines
 * @param changelog bytes of the changelogs as they lie on the broker, compressed, with what is not
 *     compacted yet
 * @param disk bytes of the stores' files
 * @param heap bytes that are reachable
 */
record Stock(long state, long incidents, long entries, long changelog, long disk, long heap) {

  private static final List<String> OF_INCIDENTS =
      List.of(
          CorrelatorStores.INCIDENTS,
          CorrelatorStores.INCIDENTS_BY_TIME,
          CorrelatorStores.PUBLICATIONS);

  static Stock of(Bed bed, RealCorrelator correlator) throws Exception {
    long entries = 0;
    long incidents = 0;
    KafkaStreams streams = correlator.streams();
    // Only running topologies are asked.
    streams.resume();
    for (String store : OF_INCIDENTS) {
      try (KeyValueIterator<String, byte[]> all = store(streams, store).all()) {
        while (all.hasNext()) {
          KeyValue<String, byte[]> next = all.next();
          incidents += bytes(next);
          entries += store.equals(CorrelatorStores.INCIDENTS) ? entries(next.value) : 0;
        }
      }
    }
    long state = 0;
    try (KeyValueIterator<String, byte[]> all = store(streams, CorrelatorStores.STATE).all()) {
      while (all.hasNext()) {
        state += bytes(all.next());
      }
    }
    return new Stock(
        state,
        incidents,
        entries,
        changelog(bed.admin(), correlator.group()),
        disk(correlator.stateDir()),
        heapNow());
  }

  /** Of keys and values. */
  long bytes() {
    return state + incidents;
  }

  private static ReadOnlyKeyValueStore<String, byte[]> store(KafkaStreams streams, String name) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
  }

  private static long bytes(KeyValue<String, byte[]> record) {
    return (long) record.key.getBytes(StandardCharsets.UTF_8).length + record.value.length;
  }

  private static int entries(byte[] stored) {
    Incident incident = Json.read(Arrays.copyOfRange(stored, 1, stored.length), Incident.class);
    List<Incident.TimelineEntry> timeline = incident.timeline();
    return timeline == null ? 0 : timeline.size();
  }

  private static long changelog(Admin admin, String group) throws Exception {
    Set<Integer> brokers =
        Set.copyOf(admin.describeCluster().nodes().get().stream().map(node -> node.id()).toList());
    long bytes = 0;
    for (Map<String, LogDirDescription> folders :
        admin.describeLogDirs(brokers).allDescriptions().get().values()) {
      for (LogDirDescription folder : folders.values()) {
        bytes +=
            folder.replicaInfos().entrySet().stream()
                .filter(log -> log.getKey().topic().startsWith(group + "-"))
                .filter(log -> log.getKey().topic().endsWith("-changelog"))
                .mapToLong(log -> log.getValue().size())
                .sum();
      }
    }
    return bytes;
  }

  private static long disk(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long heapNow() {
    // Asked for more than once: what the first lets go may free more.
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
