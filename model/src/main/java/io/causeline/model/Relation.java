package io.causeline.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How one object depends on, or belongs to, another. The words are those of the knowledge base. */
public enum Relation {
  /** Ingress → Service. */
  ROUTES,
  /** Service → Pod, by selector or through its EndpointSlices. */
  SELECTS,
  /**
   * Service → the workloads whose pod template carries the labels of its selector, whether they
   * have pods or not.
   */
  BACKED_BY,
  /** EndpointSlice → Service. */
  SLICE_OF,
  /** EndpointSlice → Pod. */
  ENDPOINT,
  /** Pod → Node. */
  RUNS_ON,
  /**
   * Pod → the nodes where it, under the same name, or others that mount the same claims ran shortly
   * before.
   */
  RAN_ON,
  /** Pod → ReplicaSet → Deployment, Pod → StatefulSet, Job → CronJob: the controlling owner. */
  OWNED_BY,
  /** Pod → Registry. */
  PULLS_FROM,
  /** Pod, workload → Secret, ConfigMap or PersistentVolumeClaim; Ingress → its TLS Secret. */
  MOUNTS,
  /** Service of type LoadBalancer → CloudProvider. */
  PROVIDED_BY,
  /** Anything → ControlPlane. */
  CONTROLLED_BY;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in JSON and in knowledge packs, such as {@code runs-on}. */
  @JsonValue
  public String word() {
    return word;
  }

  /**
   * The relation of this word.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Relation ofWord(String word) {
    for (Relation relation : values()) {
      if (relation.word.equals(word)) {
        return relation;
      }
    }
    throw new IllegalArgumentException("unknown relation '" + word + "'");
  }
}
