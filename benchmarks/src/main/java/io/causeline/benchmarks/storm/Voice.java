package io.causeline.benchmarks.storm;

import java.util.List;

/**
 * Something that a kubelet or the scheduler says of a pod again and again. The words are those of
 * Kubernetes 1.36, with {@code {pod}}, {@code {app}} and {@code {uid}} for names.
 */
record Voice(boolean warning, String reason, String component, String message) {

  private static Voice kubelet(boolean warning, String reason, String message) {
    return new Voice(warning, reason, "kubelet", message);
  }

  /** Ways to be ill, each with what is heard then; the first of each opens an incident. */
  static final List<List<Voice>> ILLNESSES =
      List.of(
          List.of(
              kubelet(
                  true,
                  "BackOff",
                  "Back-off restarting failed container {app} in pod {pod}_shop({uid})"),
              kubelet(
                  true,
                  "Unhealthy",
                  "Liveness probe failed: HTTP probe failed with statuscode: 500"),
              kubelet(
                  true,
                  "Unhealthy",
                  "Readiness probe failed: HTTP probe failed with statuscode: 503"),
              kubelet(false, "Started", "Container started"),
              kubelet(
                  false, "Killing", "Container {app} failed liveness probe, will be restarted")),
          List.of(
              kubelet(
                  true,
                  "Failed",
                  "Failed to pull image \"registry.example.com/{app}:2.4.1\": rpc error: code = NotFound"
                      + " desc = failed to pull and unpack image \"registry.example.com/{app}:2.4.1\":"
                      + " failed to resolve reference: registry.example.com/{app}:2.4.1: not found"),
              kubelet(true, "Failed", "Error: ErrImagePull"),
              kubelet(
                  true, "BackOff", "Back-off pulling image \"registry.example.com/{app}:2.4.1\""),
              kubelet(true, "Failed", "Error: ImagePullBackOff"),
              kubelet(false, "Pulling", "Pulling image \"registry.example.com/{app}:2.4.1\"")),
          List.of(
              kubelet(
                  true,
                  "Unhealthy",
                  "Readiness probe failed: Get \"http://10.42.3.17:8080/ready\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"),
              kubelet(
                  true,
                  "Unhealthy",
                  "Readiness probe failed: HTTP probe failed with statuscode: 503"),
              kubelet(
                  true,
                  "ProbeWarning",
                  "Readiness probe warning: Probe terminated redirects, Response body: moved"),
              kubelet(false, "Created", "Container created"),
              kubelet(false, "Started", "Container started")),
          List.of(
              kubelet(
                  true,
                  "FailedMount",
                  "MountVolume.SetUp failed for volume \"settings\" : configmap \"{app}-settings\" not found"),
              kubelet(
                  true,
                  "FailedMount",
                  "Unable to attach or mount volumes: unmounted volumes=[settings], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition"),
              kubelet(
                  false,
                  "Pulled",
                  "Container image \"registry.example.com/{app}:2.4.1\" already present on machine"),
              kubelet(
                  true,
                  "FailedMount",
                  "MountVolume.SetUp failed for volume \"settings\" : object \"shop\"/\"{app}-settings\" not registered"),
              kubelet(
                  false,
                  "SuccessfulMountVolume",
                  "MountVolume.SetUp succeeded for volume \"data\"")));

  String about(String app, String pod, String uid) {
    return message.replace("{app}", app).replace("{pod}", pod).replace("{uid}", uid);
  }
}
