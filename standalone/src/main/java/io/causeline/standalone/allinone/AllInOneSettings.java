package io.causeline.standalone.allinone;

import io.causeline.bridge.BridgeSettings;
import io.causeline.collector.CollectorSettings;
import io.causeline.correlator.CorrelatorSettings;
import io.causeline.service.SettingsLoader;
import io.causeline.standalone.ServiceSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The three services' settings from one file and one environment, with what living in one process
 * decides: the broker, one HTTP port, no rivals.
 */
record AllInOneSettings(
    CollectorSettings collector, CorrelatorSettings correlator, BridgeSettings bridge) {

  static AllInOneSettings load(
      @Nullable Path file,
      Map<String, String> environment,
      String bootstrapServers,
      Path stateFolder,
      int port,
      String cluster) {
    Map<String, String> decided = new HashMap<>();
    decided.put("causeline.kafka.bootstrap-servers", bootstrapServers);
    decided.put("causeline.kafka.partitions", String.valueOf(AllInOne.PARTITIONS));
    decided.put("causeline.kafka.replication", "1");
    decided.put("causeline.http.port", String.valueOf(port));
    decided.put("causeline.cluster", cluster);
    decided.put("causeline.collector.lease.enabled", "false");
    decided.put("causeline.state-dir", stateFolder.toString());
    decided.put("causeline.standby-replicas", "0");
    SettingsLoader loader = SettingsLoader.of(file, environment, decided);
    return new AllInOneSettings(
        ServiceSettings.collector(loader),
        ServiceSettings.correlator(loader),
        ServiceSettings.bridge(loader));
  }
}
