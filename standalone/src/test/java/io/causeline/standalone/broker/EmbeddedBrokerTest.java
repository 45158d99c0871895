package io.causeline.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.causeline.service.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @TempDir Path folder;

  @Test
  void shouldKeepCommittedRecordsOnlyWhenTransactionsCommitAndAbort() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder)) {
      createTopic(broker, "words");

      try (KafkaProducer<String, String> producer =
          producer(broker, Map.of("transactional.id", "writer"))) {
        producer.initTransactions();
        producer.beginTransaction();
        write(producer, "kept");
        producer.commitTransaction();
        producer.beginTransaction();
        write(producer, "dropped");
        producer.abortTransaction();
        producer.beginTransaction();
        write(producer, "kept too");
        producer.commitTransaction();
      }

      assertThat(read(broker, "words", 2)).containsExactly("kept", "kept too");
    }
  }

  @Test
  void shouldServeItsRecordsAgainWhenRestartedOnTheSameFolder() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder)) {
      createTopic(broker, "words");
      try (KafkaProducer<String, String> producer = producer(broker, Map.of())) {
        write(producer, "before");
      }
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder)) {
      try (KafkaProducer<String, String> producer = producer(broker, Map.of())) {
        write(producer, "after");
      }
      assertThat(read(broker, "words", 2)).containsExactly("before", "after");
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenClosed() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    DataFolder data = DataFolder.open(Optional.empty());
    EmbeddedBroker broker = EmbeddedBroker.start(0, data.path().resolve("kafka"));
    int port = portOf(broker);
    createTopic(broker, "words");

    broker.close();
    data.close();

    assertThat(data.path()).doesNotExist();
    try (ServerSocket freed = new ServerSocket()) {
      freed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      assertThat(freed.isBound()).isTrue();
    }
    await().pollInSameThread().untilAsserted(() -> assertThat(threadsSince(before)).isEmpty());
  }

  @Test
  void shouldListenOnTheGivenPortWhenItIsFree() throws Exception {
    int port;
    try (ServerSocket probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(port, folder)) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      createTopic(broker, "words");
    }
  }

  @Test
  void shouldNameThePortWhenItIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      assertThatThrownBy(() -> EmbeddedBroker.start(taken.getLocalPort(), folder))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " is in use");
    }
  }

  @Test
  void shouldSayWhichFolderWhenItsContentIsNotABrokers() throws IOException {
    Files.writeString(folder.resolve("meta.properties"), "version=7\n");

    assertThatThrownBy(() -> EmbeddedBroker.start(0, folder))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(folder.toString());
  }

  private static void write(KafkaProducer<String, String> producer, String word) throws Exception {
    producer.send(new ProducerRecord<>("words", word)).get();
  }

  private static int portOf(EmbeddedBroker broker) {
    return Integer.parseInt(broker.bootstrapServers().replace("127.0.0.1:", ""));
  }

  /** Kafka's process-wide metrics clock lives as long as its class. */
  private static List<String> threadsSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive())
        .map(Thread::getName)
        .filter(name -> !name.startsWith("metrics-meter-tick-thread"))
        .collect(Collectors.toList());
  }

  private static void createTopic(EmbeddedBroker broker, String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  private static KafkaProducer<String, String> producer(
      EmbeddedBroker broker, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("acks", "all");
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static List<String> read(EmbeddedBroker broker, String topic, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "group.id", "reader",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(100))) {
                  values.add(record.value());
                }
                return values.size() >= count;
              });
    }
    return values;
  }
}
