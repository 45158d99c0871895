package io.causeline.bridge;

import io.causeline.bridge.alertmanager.AlertmanagerSettings;
import io.causeline.bridge.chat.ChatSettings;
import io.causeline.service.ClusterNameConverter;
import io.causeline.service.HttpSettings;
import io.causeline.service.KafkaSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** The alert bridge's settings. */
@ConfigMapping(prefix = "causeline")
public interface BridgeSettings {

  /**
   * The cluster of alerts for which neither the webhook's path nor a label {@code cluster} names
   * one. It has heartbeats whether or not there are such alerts. Where Prometheus sets a label
   * {@code cluster}, it must be the name that the event-collector has for the cluster; a name in
   * the webhook's path outranks it.
   */
  @WithDefault("default")
  @WithConverter(ClusterNameConverter.class)
  String cluster();

  KafkaSettings kafka();

  HttpSettings http();

  /** Alerts in. */
  AlertmanagerSettings alertmanager();

  /** Incidents out. */
  ChatSettings chat();
}
