package io.causeline.standalone.deploy;

import io.causeline.bridge.BridgeSettings;
import io.causeline.collector.CollectorSettings;
import io.causeline.correlator.CorrelatorSettings;
import io.causeline.service.HttpSettings;
import io.causeline.service.KafkaSettings;
import io.causeline.service.SettingsLoader;
import io.causeline.standalone.ServiceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The services that are deployed, and how each reads the settings that all of them share. */
enum DeployedService {
  EVENT_COLLECTOR("event-collector") {
    @Override
    Common load(SettingsLoader loader) {
      CollectorSettings settings = ServiceSettings.collector(loader);
      return new Common(settings.http(), settings.kafka());
    }
  },
  CORRELATOR("correlator") {
    @Override
    Common load(SettingsLoader loader) {
      CorrelatorSettings settings = ServiceSettings.correlator(loader);
      return new Common(settings.http(), settings.kafka());
    }
  },
  ALERT_BRIDGE("alert-bridge") {
    @Override
    Common load(SettingsLoader loader) {
      BridgeSettings settings = ServiceSettings.bridge(loader);
      return new Common(settings.http(), settings.kafka());
    }
  };

  /** What every service has. */
  record Common(HttpSettings http, KafkaSettings kafka) {}

  private final String command;

  DeployedService(String command) {
    this.command = command;
  }

  /** Its command of the launcher, which it is named by everywhere. */
  String command() {
    return command;
  }

  static List<String> commands() {
    return List.of(values()).stream().map(DeployedService::command).toList();
  }

  /** Its settings; a fault of any kind is a failure. */
  abstract Common load(SettingsLoader loader);

  static SettingsLoader loader(Path file, Map<String, String> environment) {
    return SettingsLoader.of(file, environment, Map.of());
  }
}
