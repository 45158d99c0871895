package io.causeline.bridge;

import io.causeline.bridge.alertmanager.RecordSink;
import io.causeline.model.Topics;
import io.causeline.model.Topics.Topic;
import io.causeline.service.Health;
import io.causeline.service.KafkaSettings;
import io.causeline.service.Metrics;
import io.causeline.service.RecordWriter;
import io.causeline.service.StartupException;
import io.causeline.service.TopicAdmin;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge's way to Kafka. It verifies the topics in the background, for as long as it takes, and
 * opens a writer then; until then nothing can be sent, and {@link #readiness()} says why. So the
 * bridge listens, and tells Alertmanager to come back, while Kafka can't be reached.
 */
final class KafkaLink implements RecordSink, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaLink.class);

  private final KafkaSettings settings;
  private final Metrics metrics;
  private final TopicAdmin topics;
  private final Thread opener;
  private final Acknowledgements acknowledgements;
  private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
  private volatile @Nullable RecordWriter writer;
  private volatile Health.@Nullable Result fatal;
  private boolean closed;

  KafkaLink(KafkaSettings settings, Metrics metrics, InstantSource clock) {
    this.settings = settings;
    this.metrics = metrics;
    this.topics = new TopicAdmin(settings, Topics.ALL);
    this.acknowledgements = new Acknowledgements(clock);
    this.opener = new Thread(this::open, "kafka-link");
    this.opener.setDaemon(true);
  }

  /** Begins to connect. */
  void start() {
    opener.start();
  }

  /**
   * Completes with true once records can be sent, with false when closed before, and exceptionally,
   * with a {@link StartupException}, when Kafka is such that only a person can mend it.
   */
  CompletableFuture<Boolean> connected() {
    return connected.copy();
  }

  @Override
  public void send(Topic topic, String key, byte[] value, Map<String, String> headers, Fate fate) {
    RecordWriter open = writer;
    if (open == null) {
      fate.settled(new IllegalStateException("no connection to Kafka: " + readiness().detail()));
      return;
    }
    acknowledgements.sent();
    open.send(
        topic,
        key,
        value,
        headers,
        (stored, e) -> {
          acknowledgements.settled(e);
          fate.settled(e);
        });
  }

  @Override
  public Health.Result readiness() {
    Health.Result dead = fatal;
    if (dead != null) {
      return dead;
    }
    return writer == null ? topics.readiness() : acknowledgements.readiness();
  }

  @Override
  public void close() {
    topics.close();
    opener.interrupt();
    RecordWriter open;
    synchronized (this) {
      closed = true;
      open = writer;
    }
    if (open != null) {
      open.close();
    }
    connected.complete(false);
  }

  private void open() {
    try {
      if (!topics.ensure()) {
        connected.complete(false);
        return;
      }
      RecordWriter opened = new RecordWriter(settings, "alert-bridge", metrics);
      boolean late;
      synchronized (this) {
        late = closed;
        writer = late ? null : opened;
      }
      if (late) {
        opened.close();
      }
      connected.complete(!late);
    } catch (StartupException | KafkaException e) {
      StartupException why =
          e instanceof StartupException known
              ? known
              : new StartupException("Kafka's client cannot be made: " + e.getMessage(), e);
      log.error("the bridge cannot use Kafka: {}", why.getMessage());
      fatal = Health.Result.down(String.valueOf(why.getMessage()));
      connected.completeExceptionally(why);
    }
  }
}
