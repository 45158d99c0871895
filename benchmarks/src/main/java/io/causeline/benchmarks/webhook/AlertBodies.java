package io.causeline.benchmarks.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Webhook bodies as Alertmanager sends them for kube-prometheus' rules: about 1 kB an alert, with
 * the labels of the scraped exporter among those of the object. The same number makes the same
 * alert.
 */
final class AlertBodies {

  private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

  private static final String GROUP =
      """
      {"receiver":"causeline","status":"firing","alerts":[%s],"groupLabels":{"namespace":"shop"},\
      "commonLabels":{"namespace":"shop","prometheus":"monitoring/k8s"},"commonAnnotations":{},\
      "externalURL":"http://alertmanager-main-0:9093","version":"4",\
      "groupKey":"{}:{namespace=\\"shop\\"}","truncatedAlerts":0}""";

  private static final String ALERT =
      """
      {"status":"firing","labels":{"alertname":"%s",%s"endpoint":"https-main",\
      "instance":"10.42.7.31:8443","job":"kube-state-metrics","namespace":"shop",%s\
      "prometheus":"monitoring/k8s","service":"kube-state-metrics","severity":"%s"},\
      "annotations":{"description":"%s","runbook_url":\
      "https://runbooks.prometheus-operator.dev/runbooks/kubernetes/%s","summary":"%s"},\
      "startsAt":"%s","endsAt":"0001-01-01T00:00:00Z","generatorURL":\
      "http://prometheus-k8s-0:9090/graph?g0.expr=max_over_time%%28kube_pod_container_status_waiting\
      _reason%%7Bjob%%3D%%22kube-state-metrics%%22%%7D%%5B5m%%5D%%29+%%3E%%3D+1&g0.tab=1",\
      "fingerprint":"%016x"}""";

  private AlertBodies() {}

  /** Bodies of so many alerts each, all of different objects. */
  static List<byte[]> of(int bodies, int alerts) {
    List<byte[]> out = new ArrayList<>(bodies);
    for (int body = 0; body < bodies; body++) {
      out.add(body(body * alerts, alerts));
    }
    return out;
  }

  private static byte[] body(int first, int alerts) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < alerts; i++) {
      all.append(i == 0 ? "" : ",").append(alert(first + i));
    }
    return GROUP.formatted(all).getBytes(StandardCharsets.UTF_8);
  }

  private static String alert(int number) {
    String app = "app-" + number / 3 % 100_000;
    String pod = app + "-7d9f8c6b5-" + Integer.toString(46_656 + number % 1_600_000, 36);
    return switch (number % 4) {
      case 0 ->
          alert(
              number,
              "KubePodCrashLooping",
              "\"container\":\"%s\",".formatted(app),
              "\"pod\":\"%s\",\"reason\":\"CrashLoopBackOff\",\"uid\":\"%s\",".formatted(pod, pod),
              "warning",
              "Pod shop/%s (%s) is in waiting state (reason: \\\"CrashLoopBackOff\\\")."
                  .formatted(pod, app),
              "Pod is crash looping.");
      case 1 ->
          alert(
              number,
              "KubePodNotReady",
              "",
              "\"pod\":\"%s\",".formatted(pod),
              "warning",
              "Pod shop/%s has been in a non-ready state for longer than 15 minutes."
                  .formatted(pod),
              "Pod has been in a non-ready state for more than 15 minutes.");
      case 2 ->
          alert(
              number,
              "KubeDeploymentReplicasMismatch",
              "\"container\":\"kube-rbac-proxy-main\",\"deployment\":\"%s\",".formatted(app),
              "\"pod\":\"kube-state-metrics-7d9f8c6b5-x2x7k\",",
              "warning",
              "Deployment shop/%s has not matched the expected number of replicas.".formatted(app),
              "Deployment has not matched the expected number of replicas.");
      default ->
          alert(
              number,
              "ErrorRateOfRequests",
              "",
              "\"pod\":\"%s\",\"route\":\"/cart/%d\",".formatted(pod, number % 50),
              "critical",
              "More than 5 %% of the requests to %s failed in the last 5 minutes.".formatted(app),
              "Requests fail.");
    };
  }

  private static String alert(
      int number,
      String name,
      String labelsBefore,
      String labelsAfter,
      String severity,
      String description,
      String summary) {
    return ALERT.formatted(
        name,
        labelsBefore,
        labelsAfter,
        severity,
        description,
        name.toLowerCase(Locale.ROOT),
        summary,
        BEGIN.plusMillis(number % 3_600_000),
        number * 0x9E3779B97F4A7C15L);
  }
}
