package io.causeline.benchmarks.streams;

import io.causeline.model.Topics;
import io.causeline.model.Topics.Topic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/** Watches racers from outside: what counts is what they have committed. */
final class Course {

  private static final Duration LOOK = Duration.ofMillis(20);

  /** No benchmark may last for ever. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Bed bed;
  private final StormTopics topics;

  Course(Bed bed, StormTopics topics) {
    this.bed = bed;
    this.topics = topics;
  }

  /** Waits until all that lies in a topic is committed. */
  void awaitCommitted(Racer racer, Topic topic) throws Exception {
    Map<TopicPartition, Long> ends = topics.ends(topic);
    await(racer, () -> isCommitted(racer, ends));
  }

  /** Waits until so many incidents are open and no snapshot has left for a while. */
  void awaitQuiet(RealCorrelator racer, int open) throws Exception {
    await(racer, () -> racer.open() >= open);
    long[] seen = {racer.snapshots(), System.nanoTime()};
    await(
        racer,
        () -> {
          if (racer.snapshots() != seen[0]) {
            seen[0] = racer.snapshots();
            seen[1] = System.nanoTime();
          }
          return System.nanoTime() - seen[1] > TimeUnit.MILLISECONDS.toNanos(1500);
        });
  }

  /**
   * Lets a paused racer run to the end of what lies in the topic.
   *
   * @return from its start to the commit of the last record
   */
  Lap race(Racer racer) throws Exception {
    Map<TopicPartition, Long> ends = topics.ends(Topics.SIGNALS);
    long cpu = cpu();
    long start = System.nanoTime();
    racer.streams().resume();
    await(racer, () -> isCommitted(racer, ends));
    return new Lap(Duration.ofNanos(System.nanoTime() - start), Duration.ofNanos(cpu() - cpu));
  }

  /**
   * How long a race was.
   *
   * @param cpu what all threads of this process used, the broker's among them: hardly changed by
   *     what else the machine does
   */
  record Lap(Duration took, Duration cpu) {}

  private static long cpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private boolean isCommitted(Racer racer, Map<TopicPartition, Long> ends) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        bed.admin().listConsumerGroupOffsets(racer.group()).partitionsToOffsetAndMetadata().get();
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata at = committed.get(end.getKey());
              return end.getValue() == 0 || (at != null && at.offset() >= end.getValue());
            });
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Racer racer, Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      KafkaStreams.State state = racer.streams().state();
      if (state.hasStartedOrFinishedShuttingDown()) {
        throw new IllegalStateException(racer.group() + " is " + state + "; the log says why");
      }
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(racer.group() + " was not done after " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }
}
