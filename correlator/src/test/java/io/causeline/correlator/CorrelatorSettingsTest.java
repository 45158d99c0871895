package io.causeline.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.LocalText.Language;
import io.causeline.correlator.streams.RocksDbMemory;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class CorrelatorSettingsTest {

  @Test
  void shouldHaveDefaultsThatWork() {
    CorrelatorSettings settings = TestSettings.correlator(Map.of());

    assertThat(settings.retention()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.language()).isEqualTo(Language.EN);
    assertThat(CorrelatorSettingsCheck.faults(settings)).isEmpty();
    assertThat(ApplicationServer.of(settings, 4711)).isEqualTo("127.0.0.1:4711");
  }

  @Test
  void shouldTakeChineseAndAnAddress() {
    CorrelatorSettings settings =
        TestSettings.correlator(
            Map.of(
                "causeline.language", "zh", "causeline.application-server", "correlator-0.c:8080"));

    assertThat(settings.language()).isEqualTo(Language.ZH);
    assertThat(ApplicationServer.of(settings, 4711)).isEqualTo("correlator-0.c:8080");
  }

  @Test
  void shouldNameEveryContradictionAtOnce() {
    CorrelatorSettings settings =
        TestSettings.correlator(
            Map.of(
                "causeline.retention", "1h",
                "causeline.commit-interval", "1m",
                "causeline.standby-replicas", "-1",
                "causeline.query-timeout", "0ms",
                "causeline.store-memory-mib", "1",
                "causeline.application-server", "nowhere"));

    assertThat(CorrelatorSettingsCheck.faults(settings))
        .hasSize(6)
        .allMatch(fault -> fault.startsWith("causeline.") && fault.contains("use "));
  }

  @Test
  void shouldConfigureStreamsForExactlyOnce() {
    try (RocksDbMemory memory = new RocksDbMemory(32 * 1024 * 1024)) {
      Map<String, Object> config =
          StreamsConfiguration.of(TestSettings.correlator(Map.of()), "127.0.0.1:80", memory);
      StreamsConfig parsed = new StreamsConfig(config);

      assertThat(parsed.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
          .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
      assertThat(parsed.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(100);
      assertThat(parsed.getString(StreamsConfig.APPLICATION_ID_CONFIG))
          .isEqualTo("causeline.correlator");
      assertThat(parsed.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG)).isEqualTo(1);
      assertThat(parsed.getMainConsumerConfigs("g", "c", 0))
          .containsEntry("session.timeout.ms", 15_000)
          .containsEntry("isolation.level", "read_committed");
    }
  }
}
