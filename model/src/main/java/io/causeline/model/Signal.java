package io.causeline.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What a collector or a bridge saw: one record of the {@code signals} topic. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = KubernetesEvent.class, name = "kubernetes-event"),
  @JsonSubTypes.Type(value = AlertSignal.class, name = "alert"),
  @JsonSubTypes.Type(value = Heartbeat.class, name = "heartbeat")
})
public sealed interface Signal permits KubernetesEvent, AlertSignal, Heartbeat {

  /** The feed of Events and objects: the collector's. */
  String FEED_KUBERNETES = "kubernetes";

  /** The feed of alerts: the bridge's. */
  String FEED_ALERTMANAGER = "alertmanager";

  /** The cluster's name; see {@link ClusterName}. */
  String cluster();

  /**
   * When its collector or bridge saw it, by that process' clock: what moves the cluster's clock.
   */
  Instant observedAt();

  /** The feed whose clock this signal moves. */
  @JsonIgnore
  String feedName();
}
