package io.causeline.correlator;

import io.causeline.service.HttpSettings;
import io.causeline.service.SettingsLoader;
import java.util.Map;

/** Settings for tests. */
public final class TestSettings {

  private TestSettings() {}

  /** A server on loopback, on any free port. */
  public static HttpSettings http() {
    return correlator(Map.of()).http();
  }

  /** The correlator's, for a Kafka that is not there. */
  public static CorrelatorSettings correlator(Map<String, String> overrides) {
    Map<String, String> settings =
        new java.util.HashMap<>(
            Map.of(
                "causeline.kafka.bootstrap-servers",
                "127.0.0.1:1",
                "causeline.http.port",
                "0",
                "causeline.kafka.partitions",
                "2"));
    settings.putAll(overrides);
    return SettingsLoader.of(null, Map.of(), settings).load(CorrelatorSettings.class);
  }
}
