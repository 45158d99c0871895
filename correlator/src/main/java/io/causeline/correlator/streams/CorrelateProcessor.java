package io.causeline.correlator.streams;

import io.causeline.correlator.core.Outcome;
import io.causeline.correlator.core.StateRecord;
import io.causeline.model.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one processor: reads a record, hands it to its cluster's core, stores what changed; every
 * {@link #TICK} it lets incidents leave.
 *
 * <p>Reading and the core come before the first write to a store: what fails there goes to the dead
 * letters, and the next record is processed. What fails while writing fails the task, whose
 * transaction is then aborted: otherwise half a change would be committed. After that Streams hands
 * the same instance back, so {@link #init} starts from the stores alone.
 */
final class CorrelateProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final Logger log = LoggerFactory.getLogger(CorrelateProcessor.class);

  /** How often incidents are computed and leave, while there are any. */
  static final Duration TICK = Duration.ofMillis(50);

  /** What is fixed for all partitions. */
  record Parts(
      InputReader reader,
      Correlation.Factory factory,
      Duration retention,
      CorrelatorMetrics metrics,
      ClusterTroubles troubles,
      LongSupplier ticker,
      ThreadLocal<Pace.Share> shares) {}

  /** What lives as long as the task's stores. */
  private record Task(
      ProcessorContext<byte[], byte[]> context,
      LiveClusters clusters,
      Publisher publisher,
      StoredIncidents stored,
      Retention retention,
      Ticks ticks) {}

  private final Parts parts;
  private @Nullable Task task;

  CorrelateProcessor(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    LiveClusters clusters =
        new LiveClusters(
            parts.factory(),
            store(context, CorrelatorStores.STATE),
            store(context, CorrelatorStores.INCIDENTS));
    StoredIncidents stored =
        new StoredIncidents(
            store(context, CorrelatorStores.INCIDENTS),
            store(context, CorrelatorStores.INCIDENTS_BY_TIME),
            store(context, CorrelatorStores.PUBLICATIONS));
    Publisher publisher =
        new Publisher(
            clusters,
            stored,
            record -> context.forward(record, CorrelatorTopology.INCIDENTS_SINK),
            parts.metrics(),
            parts.troubles(),
            parts.ticker(),
            parts.shares().get());
    Retention retention =
        new Retention(
            parts.retention(),
            clusters,
            stored,
            record -> context.forward(record, CorrelatorTopology.INCIDENTS_SINK),
            parts.metrics());
    Ticks ticks = new Ticks(context, TICK, millis -> tick(current(), millis));
    task = new Task(context, clusters, publisher, stored, retention, ticks);
  }

  private static KeyValueStore<String, byte[]> store(
      ProcessorContext<byte[], byte[]> context, String name) {
    return context.getStateStore(name);
  }

  private void tick(Task on, long millis) {
    Instant now = Instant.ofEpochMilli(millis);
    if (on.clusters().takeRenewed()) {
      on.publisher().touchAll();
    }
    on.publisher().tick(now);
    on.retention().tick(now);
    parts.metrics().active(on.context().taskId().toString(), on.stored().active());
    if (!on.publisher().hasWork()) {
      on.ticks().rest();
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Task on = current();
    on.ticks().wake();
    RecordMetadata origin =
        on.context()
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record without an origin"));
    String kind = parts.reader().suffix(origin.topic());
    try {
      Input input =
          parts
              .reader()
              .read(
                  origin.topic(),
                  origin.partition(),
                  record.headers(),
                  record.key(),
                  record.value());
      kind = input.kind();
      apply(on, input, Instant.ofEpochMilli(record.timestamp()));
    } catch (BadRecordException e) {
      bury(on, record, origin, kind, e);
    }
  }

  private void apply(Task on, Input input, Instant recordTime) {
    Correlation correlation = on.clusters().get(input.cluster());
    Outcome outcome;
    List<StateRecord> writes;
    try {
      outcome = input.applyTo(correlation);
      writes = LiveClusters.requireFit(correlation.takeWrites());
    } catch (RuntimeException | StackOverflowError e) {
      // The instance may hold half a change; the store holds what was before.
      on.clusters().drop(input.cluster());
      throw new BadRecordException(
          RecordFault.CORRELATION, "the correlation of this " + input.kind() + " failed: " + e, e);
    }
    on.clusters().save(input.cluster(), writes);
    on.publisher().touched(input.cluster(), recordTime);
    parts.metrics().signal(input.kind(), outcome.word());
    if (input instanceof Input.OfSignal of && of.signal() instanceof Heartbeat heartbeat) {
      parts.metrics().heartbeat(heartbeat);
    } else if (input instanceof Input.OfCommand of && outcome == Outcome.REJECTED) {
      log.atInfo()
          .setMessage("a command was rejected: its incident is not there or cannot do that")
          .addKeyValue("cluster", of.cluster())
          .addKeyValue("command", of.command().id())
          .addKeyValue("incident", of.command().incidentId())
          .addKeyValue("action", of.command().action().word())
          .log();
    }
  }

  private void bury(
      Task on,
      Record<byte[], byte[]> record,
      RecordMetadata origin,
      String kind,
      BadRecordException why) {
    Instant now = Instant.ofEpochMilli(on.context().currentSystemTimeMs());
    on.context()
        .forward(DeadLetter.of(record, origin, why, now), CorrelatorTopology.DEAD_LETTERS_SINK);
    parts.metrics().deadLetter(kind, why.fault());
    log.atWarn()
        .setMessage("a record cannot be used and goes to the dead letters")
        .addKeyValue("topic", origin.topic())
        .addKeyValue("partition", origin.partition())
        .addKeyValue("offset", origin.offset())
        .addKeyValue("fault", why.fault().word())
        .addKeyValue("reason", why.getMessage())
        .log();
  }

  @Override
  public void close() {
    if (task != null) {
      task.ticks().stop();
      task.publisher().close();
      parts.metrics().taskClosed(task.context().taskId().toString());
      task = null;
    }
  }

  private Task current() {
    if (task == null) {
      throw new IllegalStateException("not initialised");
    }
    return task;
  }
}
