package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Json;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is kept of a Pod. */
final class PodTrimmer {

  private PodTrimmer() {}

  static void fill(JsonNode pod, SnapshotDraft draft) {
    JsonNode metadata = pod.path("metadata");
    JsonNode spec = pod.path("spec");
    JsonNode status = pod.path("status");
    draft.labels(metadata.path("labels"));
    Conditions.ready(pod, draft);
    JsonNode scheduled = Conditions.of(pod, "PodScheduled");
    if (Fields.raw(scheduled, "status").equals("False")) {
      draft.attribute(Attributes.UNSCHEDULABLE_REASON, Fields.label(scheduled, "reason"));
    }
    draft.attribute(Attributes.PHASE, Fields.label(status, "phase"));
    draft.attribute(Attributes.IP, Fields.label(status, "podIP"));
    draft.list(Attributes.IMAGES, PodSpecReader.images(spec));
    containers(status, draft);
    PodSpecReader.ports(spec, draft);
    draft.edge(Relation.RUNS_ON, "Node", null, Fields.raw(spec, "nodeName"));
    PodSpecReader.registries(spec, draft);
    PodSpecReader.mounts(spec, Fields.label(metadata, "name"), draft);
  }

  private static void containers(JsonNode status, SnapshotDraft draft) {
    List<String> waiting = new ArrayList<>();
    List<String> terminated = new ArrayList<>();
    int restarts = 0;
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode container : status.path(list)) {
        String name = Fields.label(container, "name");
        restarts += Math.max(0, Fields.number(container, "restartCount"));
        String reason = Fields.label(container.path("state").path("waiting"), "reason");
        if (!reason.isEmpty()) {
          waiting.add(name + "=" + reason);
        }
        JsonNode end = container.path("state").path("terminated");
        if (!end.isObject()) {
          end = container.path("lastState").path("terminated");
        }
        if (end.isObject()) {
          terminated.add(name + "=" + termination(end));
        }
      }
    }
    Collections.sort(waiting);
    Collections.sort(terminated);
    draft.list(Attributes.WAITING, waiting);
    draft.list(Attributes.TERMINATED, terminated);
    if (status.path("containerStatuses").isArray()) {
      draft.attribute(Attributes.RESTARTS, restarts);
    }
  }

  private static String termination(JsonNode end) {
    Instant finished = Fields.time(end, "finishedAt");
    return Fields.label(end, "reason")
        + ":"
        + Fields.number(end, "exitCode")
        + (finished == null ? "" : "@" + Json.time(finished));
  }
}
