package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPropertiesTest {

  @TempDir Path folder;

  @Test
  void shouldTakePasswordsFromFiles() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cr3t\n");

    Map<String, Object> properties =
        KafkaProperties.of(
            settings(
                Map.of(
                    "kafka.properties.\"security.protocol\"",
                    "SSL",
                    "kafka.property-files.\"ssl.key.password\"",
                    secret.toString())));

    assertThat(properties)
        .containsOnly(
            Map.entry("bootstrap.servers", "kafka.test:9092"),
            Map.entry("security.protocol", "SSL"),
            Map.entry("ssl.key.password", "s3cr3t"));
  }

  @Test
  void shouldNameEveryFault() {
    assertThatThrownBy(
            () ->
                KafkaProperties.of(
                    settings(
                        Map.of(
                            "kafka.properties.acks", "1",
                            "kafka.properties.\"bootstrap.servers\"", "x",
                            "kafka.property-files.\"ssl.key.password\"", "/no/such"))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("\"acks\": is not free to choose")
        .hasMessageContaining("set causeline.kafka.bootstrap-servers")
        .hasMessageContaining("/no/such");
  }

  private static KafkaSettings settings(Map<String, String> overrides) {
    return TestSettings.of(overrides).kafka();
  }
}
