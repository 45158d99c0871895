package io.causeline.benchmarks.latency;

import io.causeline.model.Json;
import java.time.Instant;

/**
 * One alert of its own: critical, about a pod that nothing else speaks of, so that an incident of
 * its own must come of it.
 *
 * @param cluster whose incident it becomes
 * @param dueNanos when its request was to be sent
 * @param startsAt when the alert began to fire, by the product's clock
 */
record Probe(int number, String cluster, long dueNanos, Instant startsAt) {

  static final String NAMESPACE = "probes";

  /** The pod's name, which no other text holds. */
  String pod() {
    return "probe-%06d-x".formatted(number);
  }

  /** What is posted. */
  String body() {
    return """
        {"receiver":"causeline","status":"firing","alerts":[{"status":"firing","labels":\
        {"alertname":"ProbeFails","namespace":"%s","pod":"%s","severity":"critical"},\
        "annotations":{"summary":"The probe fails."},"startsAt":"%s",\
        "endsAt":"0001-01-01T00:00:00Z","fingerprint":"%016x"}],"version":"4",\
        "truncatedAlerts":0}"""
        .formatted(NAMESPACE, pod(), Json.time(startsAt), number);
  }
}
