package io.causeline.standalone.allinone;

import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.model.Topics;
import io.causeline.service.KafkaProperties;
import io.causeline.service.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads committed incidents from now on, for a person who looks on. */
final class IncidentFeed implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(IncidentFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration JOIN = Duration.ofSeconds(5);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Consumer<Incident> listener;
  private final Thread thread;
  private volatile boolean closed;

  private IncidentFeed(KafkaConsumer<String, byte[]> consumer, Consumer<Incident> listener) {
    this.consumer = consumer;
    this.listener = listener;
    this.thread = new Thread(this::run, "incident-feed");
    this.thread.setDaemon(true);
  }

  static IncidentFeed start(KafkaSettings kafka, Consumer<Incident> listener) {
    Map<String, Object> properties = KafkaProperties.of(kafka);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.INCIDENTS.name(kafka.topicPrefix())).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    IncidentFeed feed = new IncidentFeed(consumer, listener);
    feed.thread.start();
    return feed;
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          if (record.value() != null) {
            listener.accept(Json.read(record.value(), Incident.class));
          }
        }
      }
    } catch (WakeupException e) {
      log.debug("incident feed ends");
    } catch (KafkaException | IllegalArgumentException e) {
      log.error("incidents are no longer shown here; the API still tells them", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(JOIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
