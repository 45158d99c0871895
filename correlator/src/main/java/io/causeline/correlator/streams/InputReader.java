package io.causeline.correlator.streams;

import io.causeline.model.ClusterName;
import io.causeline.model.Command;
import io.causeline.model.Json;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import io.causeline.model.Text;
import io.causeline.model.Topics;
import io.causeline.model.TopologyRecord;
import io.causeline.service.ClusterPartitioner;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Parses and validates what comes in. Thread-safe. */
final class InputReader {

  /** Far above what the collector and the bridge write, far below what topics accept. */
  static final int MAX_VALUE_BYTES = Topics.MAX_RECORD_BYTES / 2;

  private static final int MAX_KEY_BYTES = 4096;

  private final String topicPrefix;
  private final int partitions;
  private final RequiredFields required = new RequiredFields();

  /**
   * A reader.
   *
   * @param partitions how many each topic has
   */
  InputReader(String topicPrefix, int partitions) {
    this.topicPrefix = topicPrefix;
    this.partitions = partitions;
  }

  /**
   * Reads a record.
   *
   * @throws BadRecordException if it can never be used
   * @throws io.causeline.service.NewerSchemaException if a newer Causeline wrote it: good data
   */
  Input read(
      String topic,
      int partition,
      Headers headers,
      byte @Nullable [] keyBytes,
      byte @Nullable [] value) {
    Schema.require(headers);
    String key = key(keyBytes);
    String cluster = Topics.clusterOf(key);
    if (!ClusterName.isValid(cluster)) {
      throw new BadRecordException(
          RecordFault.KEY, "key '" + Text.label(key) + "' does not begin with a cluster's name");
    }
    int owner = ClusterPartitioner.partition(cluster, partitions);
    if (owner != partition) {
      throw new BadRecordException(
          RecordFault.WRONG_PARTITION,
          "cluster '"
              + cluster
              + "' belongs to partition "
              + owner
              + ": partition records by murmur2 of the cluster's name alone");
    }
    String suffix = suffix(topic);
    if (suffix.equals(Topics.TOPOLOGY.suffix())) {
      return value == null
          ? new Input.Tombstone(cluster)
          : same(cluster, parse(value, TopologyRecord.class, Input.OfTopology::new));
    }
    if (!key.equals(cluster)) {
      throw new BadRecordException(
          RecordFault.KEY, "key '" + Text.label(key) + "' is not a cluster's name alone");
    }
    return same(
        cluster,
        suffix.equals(Topics.COMMANDS.suffix())
            ? parse(value, Command.class, Input.OfCommand::new)
            : signal(value));
  }

  private Input signal(byte @Nullable [] value) {
    if (value != null && value.length <= MAX_VALUE_BYTES) {
      Optional<KubernetesEvent> event = Json.usualEvent(value);
      if (event.isPresent()) {
        return new Input.OfSignal(event.get());
      }
    }
    return parse(value, Signal.class, Input.OfSignal::new);
  }

  /** A topic's name without the prefix. */
  String suffix(String topic) {
    return topic.startsWith(topicPrefix) ? topic.substring(topicPrefix.length()) : topic;
  }

  private static String key(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      throw new BadRecordException(RecordFault.KEY, "no key");
    }
    if (bytes.length > MAX_KEY_BYTES) {
      throw new BadRecordException(RecordFault.KEY, "key of " + bytes.length + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadRecordException(RecordFault.KEY, "the key is not UTF-8", e);
    }
  }

  private <T> Input parse(byte @Nullable [] value, Class<T> type, Function<T, Input> input) {
    if (value == null || value.length == 0) {
      throw new BadRecordException(RecordFault.EMPTY, "no value");
    }
    if (value.length > MAX_VALUE_BYTES) {
      throw new BadRecordException(
          RecordFault.TOO_LARGE,
          "a value of " + value.length + " bytes; at most " + MAX_VALUE_BYTES + " are read");
    }
    T read;
    try {
      read = Json.read(value, type);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      throw new BadRecordException(
          RecordFault.UNDECODABLE, message == null ? "not JSON" : message, e);
    }
    required
        .missing(read)
        .ifPresent(
            field -> {
              throw new BadRecordException(
                  RecordFault.UNDECODABLE, "a " + type.getSimpleName() + " without " + field);
            });
    return input.apply(read);
  }

  private static Input same(String cluster, Input input) {
    if (!input.cluster().equals(cluster)) {
      throw new BadRecordException(
          RecordFault.WRONG_CLUSTER,
          "the key names cluster '" + cluster + "', the value '" + input.cluster() + "'");
    }
    return input;
  }
}
