package io.causeline.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What every Kafka client of a process is configured with, from its settings. */
public final class KafkaProperties {

  /** What correctness rests on, so that no setting may change it. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "acks",
          "enable.idempotence",
          "max.in.flight.requests.per.connection",
          "retries",
          "transactional.id",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer",
          "partitioner.class",
          "processing.guarantee",
          "isolation.level",
          "enable.auto.commit",
          "max.block.ms",
          "max.request.size",
          "delivery.timeout.ms",
          "request.timeout.ms");

  private KafkaProperties() {}

  /**
   * Bootstrap servers and what is passed through, the contents of property files among it.
   *
   * @throws SettingsException naming each file that cannot be read and each key that is not free
   */
  public static Map<String, Object> of(KafkaSettings settings) {
    List<String> faults = new ArrayList<>();
    Map<String, Object> properties = new HashMap<>(settings.properties());
    new TreeMap<>(settings.propertyFiles())
        .forEach(
            (key, file) -> {
              try {
                if (properties.put(key, Files.readString(file).strip()) != null) {
                  faults.add(
                      name("property-files", key)
                          + ": given as a property too; remove one of the two");
                }
              } catch (IOException e) {
                faults.add(fileFault(key, file, e));
              }
            });
    properties.keySet().stream()
        .filter(OURS::contains)
        .sorted()
        .forEach(
            key ->
                faults.add(
                    name("properties", key)
                        + ": is not free to choose; remove it"
                        + (key.equals("bootstrap.servers")
                            ? " and set causeline.kafka.bootstrap-servers"
                            : "")));
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
    properties.put("bootstrap.servers", settings.bootstrapServers());
    return properties;
  }

  private static String fileFault(String key, Path file, IOException e) {
    return name("property-files", key) + " = \"" + file + "\": cannot be read (" + e + ")";
  }

  private static String name(String group, String key) {
    return "causeline.kafka." + group + ".\"" + key + "\"";
  }
}
