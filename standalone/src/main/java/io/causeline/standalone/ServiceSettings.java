package io.causeline.standalone;

import io.causeline.bridge.BridgeSettings;
import io.causeline.bridge.BridgeSettingsCheck;
import io.causeline.collector.CollectorSettings;
import io.causeline.collector.SettingsCheck;
import io.causeline.correlator.CorrelatorSettings;
import io.causeline.correlator.CorrelatorSettingsCheck;
import io.causeline.service.SettingsLoader;

/**
 * Each service's settings, from a file and an environment that all of them may share: what is
 * another service's own is not unknown. They must agree on Kafka and on the cluster's name, which
 * is easiest in one file.
 */
public final class ServiceSettings {

  private ServiceSettings() {}

  /**
   * Those of the event-collector.
   *
   * @throws io.causeline.service.SettingsException naming every fault
   */
  public static CollectorSettings collector(SettingsLoader loader) {
    return loader.load(
        CollectorSettings.class,
        SettingsCheck::faults,
        CorrelatorSettings.class,
        BridgeSettings.class);
  }

  /**
   * Those of the correlator.
   *
   * @throws io.causeline.service.SettingsException naming every fault
   */
  public static CorrelatorSettings correlator(SettingsLoader loader) {
    return loader.load(
        CorrelatorSettings.class,
        CorrelatorSettingsCheck::faults,
        CollectorSettings.class,
        BridgeSettings.class);
  }

  /**
   * Those of the alert-bridge.
   *
   * @throws io.causeline.service.SettingsException naming every fault
   */
  public static BridgeSettings bridge(SettingsLoader loader) {
    return loader.load(
        BridgeSettings.class,
        BridgeSettingsCheck::faults,
        CollectorSettings.class,
        CorrelatorSettings.class);
  }
}
