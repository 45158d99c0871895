package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.ObjectSnapshot.Attributes;

/** What is kept of a workload: its selector, its pod template's labels, images and hash, counts. */
final class WorkloadTrimmer {

  private static final String REVISION = "deployment.kubernetes.io/revision";

  private WorkloadTrimmer() {}

  static void deployment(JsonNode deployment, SnapshotDraft draft) {
    template(deployment, draft);
    replicas(deployment, draft);
    draft.attribute(
        Attributes.REPLICAS_UPDATED, Fields.number(deployment.path("status"), "updatedReplicas"));
    draft.attribute(
        Attributes.PROGRESSING, Fields.label(Conditions.of(deployment, "Progressing"), "reason"));
  }

  static void replicaSet(JsonNode replicaSet, SnapshotDraft draft) {
    template(replicaSet, draft);
    replicas(replicaSet, draft);
    draft.attribute(
        Attributes.REVISION,
        Fields.label(replicaSet.path("metadata").path("annotations"), REVISION));
  }

  static void statefulSet(JsonNode statefulSet, SnapshotDraft draft) {
    template(statefulSet, draft);
    replicas(statefulSet, draft);
    draft.attribute(
        Attributes.REPLICAS_UPDATED, Fields.number(statefulSet.path("status"), "updatedReplicas"));
  }

  /** Its desired count is the number of nodes that it fits, which only its status tells. */
  static void daemonSet(JsonNode daemonSet, SnapshotDraft draft) {
    template(daemonSet, draft);
    JsonNode status = daemonSet.path("status");
    if (status.has("desiredNumberScheduled")) {
      draft.attribute(Attributes.REPLICAS, Fields.number(status, "desiredNumberScheduled"));
    }
    draft.attribute(Attributes.REPLICAS_READY, Fields.number(status, "numberReady"));
    draft.attribute(Attributes.REPLICAS_UPDATED, Fields.number(status, "updatedNumberScheduled"));
  }

  /** Counts are left out: a Job that is done has no ready pods, and nothing is wrong. */
  static void job(JsonNode job, SnapshotDraft draft) {
    template(job, draft);
  }

  /** When it ran last is not kept: its Jobs tell. */
  static void cronJob(JsonNode cronJob, SnapshotDraft draft) {
    podTemplate(cronJob.path("spec").path("jobTemplate").path("spec").path("template"), draft);
  }

  private static void template(JsonNode workload, SnapshotDraft draft) {
    JsonNode spec = workload.path("spec");
    draft.selector(spec.path("selector").path("matchLabels"));
    podTemplate(spec.path("template"), draft);
  }

  private static void podTemplate(JsonNode template, SnapshotDraft draft) {
    draft.labels(template.path("metadata").path("labels"));
    draft.list(Attributes.IMAGES, PodSpecReader.images(template.path("spec")));
    if (template.isObject()) {
      PodSpecReader.ports(template.path("spec"), draft);
      PodSpecReader.mounts(template.path("spec"), "", draft);
      draft.attribute(Attributes.TEMPLATE, CanonicalJson.hash(template));
    }
  }

  /** A count that is zero is left out on the wire; the desired one defaults to 1. */
  private static void replicas(JsonNode workload, SnapshotDraft draft) {
    JsonNode spec = workload.path("spec");
    draft.attribute(
        Attributes.REPLICAS,
        spec.path("replicas").isNumber() ? Fields.number(spec, "replicas") : 1);
    draft.attribute(
        Attributes.REPLICAS_READY, Fields.number(workload.path("status"), "readyReplicas"));
  }
}
