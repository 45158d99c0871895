package io.causeline.bridge;

import io.causeline.bridge.alertmanager.AlertmanagerSettings;
import io.causeline.bridge.chat.slack.SlackChannels;
import io.causeline.service.SettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the types of the bridge's settings can't say. */
public final class BridgeSettingsCheck {

  /** A body below this is never refused for its size: a group of thousands of alerts is legal. */
  static final int LEAST_MAX_BODY_BYTES = 10 * 1024 * 1024;

  /** Alertmanager gives a notification at least this long, its retries included. */
  static final Duration LONGEST_DEADLINE = Duration.ofSeconds(10);

  private BridgeSettingsCheck() {}

  /** Every contradiction, each with the way out; for {@code SettingsLoader.load}. */
  public static List<String> faults(BridgeSettings settings) {
    List<String> faults = new ArrayList<>();
    int maxBody = settings.http().maxBodyBytes();
    if (maxBody < LEAST_MAX_BODY_BYTES) {
      faults.add(
          "causeline.http.max-body-bytes = "
              + maxBody
              + ": Alertmanager gives up on what gets 413, so the bridge takes at least "
              + LEAST_MAX_BODY_BYTES);
    }
    AlertmanagerSettings alerts = settings.alertmanager();
    if (alerts.maxInFlightBytes() < maxBody) {
      faults.add(
          "causeline.alertmanager.max-in-flight-bytes = "
              + alerts.maxInFlightBytes()
              + ": a body as large as causeline.http.max-body-bytes ("
              + maxBody
              + ") could never be taken; raise the one or lower the other");
    }
    if (alerts.deadline().isZero() || alerts.deadline().compareTo(LONGEST_DEADLINE) >= 0) {
      faults.add(
          "causeline.alertmanager.deadline = "
              + alerts.deadline()
              + ": use more than nothing and less than "
              + LONGEST_DEADLINE.toSeconds()
              + " s, or Alertmanager gives up before it hears the answer");
    }
    if (alerts.heartbeatInterval().compareTo(Duration.ofMillis(100)) < 0
        || alerts.heartbeatInterval().compareTo(Duration.ofSeconds(30)) > 0) {
      faults.add(
          "causeline.alertmanager.heartbeat-interval = "
              + alerts.heartbeatInterval()
              + ": use 100 ms to 30 s; a feed that is silent for a minute counts as lost");
    }
    faults.addAll(SlackChannels.faults(settings.chat()));
    return faults;
  }

  static void require(BridgeSettings settings) {
    List<String> faults = faults(settings);
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
  }
}
