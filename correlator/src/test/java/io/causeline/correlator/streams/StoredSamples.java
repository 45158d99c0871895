package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import io.causeline.model.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Stores in memory that hold incidents, as the topology writes them. */
public final class StoredSamples {

  private StoredSamples() {}

  /** A reader of such stores. */
  public static IncidentReader reader(List<Incident> incidents, ClusterTroubles troubles) {
    Map<String, KeyValueStore<String, byte[]>> stores = new HashMap<>();
    MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    for (String name :
        List.of(
            CorrelatorStores.STATE,
            CorrelatorStores.INCIDENTS,
            CorrelatorStores.INCIDENTS_BY_TIME,
            CorrelatorStores.PUBLICATIONS)) {
      KeyValueStore<String, byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      stores.put(name, store);
    }
    KeyValueStore<String, byte[]> state = stores.get(CorrelatorStores.STATE);
    StoredIncidents stored =
        new StoredIncidents(
            stores.get(CorrelatorStores.INCIDENTS),
            stores.get(CorrelatorStores.INCIDENTS_BY_TIME),
            stores.get(CorrelatorStores.PUBLICATIONS));
    for (Incident incident : incidents) {
      stored.keep(Snapshot.of(incident));
      state.put(
          incident.cluster() + "/" + IncidentReader.INCIDENT_KEY + incident.id(),
          StoredValue.of(Json.bytes(incident)));
    }
    return new IncidentReader(
        stores.get(CorrelatorStores.INCIDENTS),
        stores.get(CorrelatorStores.INCIDENTS_BY_TIME),
        stores.get(CorrelatorStores.PUBLICATIONS),
        state,
        troubles);
  }
}
