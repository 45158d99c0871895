package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object's JSON, as the little of it that correlation needs. What an object repeats every few
 * seconds without meaning anything (a node's heartbeats and image list) is left out, so that two
 * snapshots differ only if something has changed.
 */
public final class ObjectTrimmer {

  private ObjectTrimmer() {}

  /**
   * Trims an object that tells its kind. Never throws, whatever the JSON is.
   *
   * @param epoch of the list or watch that it came from
   * @param observedAt when it was seen
   * @return empty if it is not of a {@link WatchedKind}, or has no name
   */
  public static Optional<ObjectSnapshot> trim(
      String cluster, JsonNode object, long epoch, Instant observedAt) {
    return trim(cluster, null, object, epoch, observedAt, loss -> {});
  }

  /**
   * Trims an object.
   *
   * @param kind what it is, since items of a list do not tell; null to take what it says
   * @param losses told of what did not fit into the bounds of a snapshot
   * @return empty if it is not of a {@link WatchedKind}, or has no name
   */
  public static Optional<ObjectSnapshot> trim(
      String cluster,
      @Nullable WatchedKind kind,
      JsonNode object,
      long epoch,
      Instant observedAt,
      Consumer<String> losses) {
    if (object == null || !object.isObject()) {
      return Optional.empty();
    }
    WatchedKind known =
        kind != null ? kind : WatchedKind.ofKind(Fields.raw(object, "kind")).orElse(null);
    if (known == null) {
      return Optional.empty();
    }
    JsonNode metadata = object.path("metadata");
    Optional<EntityRef> entity =
        Entities.of(
            known.kind(),
            known.namespaced() ? Fields.labelOrNull(metadata, "namespace") : null,
            Fields.raw(metadata, "name"));
    if (entity.isEmpty()) {
      return Optional.empty();
    }
    SnapshotDraft draft = new SnapshotDraft(entity.get(), losses);
    fill(known, object, metadata, draft);
    return Optional.of(draft.build(cluster, metadata, epoch, observedAt));
  }

  private static void fill(
      WatchedKind kind, JsonNode object, JsonNode metadata, SnapshotDraft draft) {
    switch (kind) {
      case NODE -> NodeTrimmer.fill(object, draft);
      case POD -> PodTrimmer.fill(object, draft);
      case SERVICE -> ServiceTrimmer.fill(object, draft);
      case ENDPOINT_SLICE -> EndpointSliceTrimmer.fill(object, draft);
      case DEPLOYMENT -> WorkloadTrimmer.deployment(object, draft);
      case REPLICA_SET -> WorkloadTrimmer.replicaSet(object, draft);
      case STATEFUL_SET -> WorkloadTrimmer.statefulSet(object, draft);
      case DAEMON_SET -> WorkloadTrimmer.daemonSet(object, draft);
      case JOB -> WorkloadTrimmer.job(object, draft);
      case INGRESS -> IngressTrimmer.fill(object, draft);
      case CRON_JOB -> WorkloadTrimmer.cronJob(object, draft);
      case INGRESS_CLASS -> ConfigTrimmer.ingressClass(object, draft);
      case CONFIG_MAP -> ConfigTrimmer.configMap(object, draft);
      case NETWORK_POLICY, RESOURCE_QUOTA, LIMIT_RANGE -> ConfigTrimmer.spec(object, draft);
      case PERSISTENT_VOLUME_CLAIM, NAMESPACE -> ConfigTrimmer.phase(object, draft);
    }
    if (kind != WatchedKind.ENDPOINT_SLICE) { // its owner is the Service that it is a slice of
      draft.owner(metadata);
    }
  }
}
