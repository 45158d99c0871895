package io.causeline.correlator.streams;

import io.causeline.model.Command;
import io.causeline.model.Heartbeat;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Records for tests. */
final class Samples {

  static final String CLUSTER = "c1";
  static final Instant T0 = Instant.parse("2026-01-02T03:00:00Z");

  private Samples() {}

  static KubernetesEvent event(String uid, String pod, String reason, Instant at) {
    return event(CLUSTER, uid, pod, reason, at);
  }

  static KubernetesEvent event(String cluster, String uid, String pod, String reason, Instant at) {
    return new KubernetesEvent(
        cluster,
        uid,
        at,
        at,
        FakeCorrelation.pod(pod),
        null,
        reason,
        true,
        "message of " + uid,
        false,
        1,
        "kubelet",
        null,
        null,
        null);
  }

  static Heartbeat heartbeat(Instant at) {
    return heartbeat(at, List.of());
  }

  static Heartbeat heartbeat(Instant at, List<Heartbeat.Gap> gaps) {
    return new Heartbeat(CLUSTER, Signal.FEED_KUBERNETES, at, Duration.ofMillis(1500), gaps);
  }

  static Command acknowledge(String incident, Instant at) {
    return new Command(CLUSTER, "command-1", at, incident, Command.Action.ACKNOWLEDGE, "ada", null);
  }
}
