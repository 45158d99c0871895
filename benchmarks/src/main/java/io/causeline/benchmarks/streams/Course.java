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

  /** Nothing leaves for so long: all is told. */
  private static final Duration QUIET = Duration.ofMillis(1500);

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
    var unused = lastSnapshot(racer);
  }

  /**
   * Lets a paused racer run to the end of what lies in the topic.
   *
   * @return from its start to the commit of the last record
   */
  Lap race(Racer racer) throws Exception {
    Mark start = Mark.now();
    run(racer);
    return start.lap(Mark.now());
  }

  /**
   * As {@link #race}, but to the last snapshot, where that leaves later: what is known is computed
   * seldom while much waits, and last of all.
   */
  Lap raceAndTell(RealCorrelator racer) throws Exception {
    Mark start = Mark.now();
    run(racer);
    return start.lap(lastSnapshot(racer));
  }

  private void run(Racer racer) throws Exception {
    Map<TopicPartition, Long> ends = topics.ends(Topics.SIGNALS);
    racer.streams().resume();
    await(racer, () -> isCommitted(racer, ends));
  }

  /** When the last snapshot left, or now: until none has left for a while. */
  private static Mark lastSnapshot(RealCorrelator racer) throws InterruptedException {
    Mark last = Mark.now();
    long seen = racer.snapshots();
    while (System.nanoTime() - last.nanos() < QUIET.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      if (racer.snapshots() != seen) {
        seen = racer.snapshots();
        last = Mark.now();
      }
    }
    return last;
  }

  /**
   * How long a race was.
   *
   * @param cpu what all threads of this process used, the broker's among them: hardly changed by
   *     what else the machine does
   */
  record Lap(Duration took, Duration cpu) {}

  /** A moment, by the clock and by what the process has used. */
  private record Mark(long nanos, long cpu) {

    static Mark now() {
      return new Mark(System.nanoTime(), Course.cpu());
    }

    Lap lap(Mark end) {
      return new Lap(Duration.ofNanos(end.nanos - nanos), Duration.ofNanos(end.cpu - cpu));
    }
  }

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
