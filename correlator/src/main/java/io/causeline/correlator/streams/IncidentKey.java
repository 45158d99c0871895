package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import io.causeline.model.Topics;

/** An incident's two names: by its cluster in topics, by its id in {@code publications}. */
record IncidentKey(String cluster, String id) {

  static IncidentKey of(Incident incident) {
    return new IncidentKey(incident.cluster(), incident.id());
  }

  /** Key in the topic and store {@code incidents}. */
  String byCluster() {
    return Topics.incidentKey(cluster, id);
  }

  /** Key in the store {@code publications}: a query knows the id alone. */
  String byId() {
    return id + "/" + cluster;
  }

  static IncidentKey parseById(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      throw new StoredStateException("not a key of publications: " + key);
    }
    return new IncidentKey(key.substring(slash + 1), key.substring(0, slash));
  }
}
