package io.causeline.correlator;

import io.causeline.correlator.core.CoreSettings;
import io.causeline.service.SettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.state.HostInfo;

/** What the types of the correlator's settings can't say. */
public final class CorrelatorSettingsCheck {

  private static final Duration LEAST_COMMIT_INTERVAL = Duration.ofMillis(10);

  /** A transaction lasts at most 10 s. */
  private static final Duration MOST_COMMIT_INTERVAL = Duration.ofSeconds(5);

  private static final int LEAST_MEMORY_MIB = 32;

  private CorrelatorSettingsCheck() {}

  /** Every contradiction, each with the way out; for {@code SettingsLoader.load}. */
  public static List<String> faults(CorrelatorSettings settings) {
    List<String> faults = new ArrayList<>();
    Duration least = CoreSettings.defaults().forgetAfter();
    if (settings.retention().compareTo(least) < 0) {
      faults.add(
          "causeline.retention = "
              + settings.retention()
              + ": use at least "
              + least.toHours()
              + "h, since an incident can be reopened that long after its end");
    }
    if (settings.commitInterval().compareTo(LEAST_COMMIT_INTERVAL) < 0
        || settings.commitInterval().compareTo(MOST_COMMIT_INTERVAL) > 0) {
      faults.add("causeline.commit-interval = " + settings.commitInterval() + ": use 10ms to 5s");
    }
    if (settings.standbyReplicas() < 0) {
      faults.add("causeline.standby-replicas = " + settings.standbyReplicas() + ": use 0 or more");
    }
    if (settings.queryTimeout().toMillis() < 1) {
      faults.add("causeline.query-timeout = " + settings.queryTimeout() + ": use 1ms or more");
    }
    if (settings.storeMemoryMib() < LEAST_MEMORY_MIB) {
      faults.add(
          "causeline.store-memory-mib = "
              + settings.storeMemoryMib()
              + ": use "
              + LEAST_MEMORY_MIB
              + " or more");
    }
    settings
        .applicationServer()
        .filter(address -> !isAddress(address))
        .ifPresent(
            address ->
                faults.add(
                    "causeline.application-server = \""
                        + address
                        + "\": use host:port, such as correlator-0.correlator:8080"));
    return faults;
  }

  private static boolean isAddress(String address) {
    try {
      return HostInfo.buildFromEndpoint(address) != null;
    } catch (ConfigException e) {
      return false;
    }
  }

  static void require(CorrelatorSettings settings) {
    List<String> faults = faults(settings);
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
  }
}
