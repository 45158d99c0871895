package io.causeline.service;

import io.smallrye.config.ConfigMapping;
import java.util.HashMap;
import java.util.Map;

/** Settings for tests, by the loader itself. */
@ConfigMapping(prefix = "causeline")
interface TestSettings {

  KafkaSettings kafka();

  HttpSettings http();

  /** With the given overrides, such as {@code http.host}. */
  static TestSettings of(Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>();
    all.put("causeline.kafka.bootstrap-servers", "kafka.test:9092");
    all.put("causeline.http.port", "0");
    overrides.forEach((key, value) -> all.put("causeline." + key, value));
    return SettingsLoader.of(null, Map.of(), all).load(TestSettings.class);
  }
}
