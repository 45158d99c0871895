package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What changed between two snapshots of one object. Pure. */
final class ObjectChanges {

  private static final Set<String> ROLLING =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob");

  /**
   * An object that is seen so soon after its creation was created while we were watching; one that
   * a first list finds is older. Creation times are whole seconds, cut off.
   */
  private static final Duration SEEN_AT_ONCE = Duration.ofSeconds(30);

  private ObjectChanges() {}

  /**
   * The changes from {@code before} to {@code after}.
   *
   * @param before null when the object is seen for the first time: then only what the object itself
   *     dates (its creation, the end of a container) is told
   */
  static List<ObservedChange> between(@Nullable ObjectSnapshot before, ObjectSnapshot after) {
    ChangeDraft diff = new ChangeDraft(before == null ? after : before, after);
    String kind = after.entity().kind();
    if (before == null) {
      created(diff);
      if (kind.equals("Pod")) {
        PodChanges.endings(Set.copyOf(ChangeDraft.items(after, Attributes.TERMINATED)), diff);
      }
      return diff.changes();
    }
    switch (kind) {
      case "Node" -> NodeChanges.find(diff);
      case "Pod" -> PodChanges.find(diff);
      case "Service" -> ServiceChanges.find(diff);
      case "Ingress", "IngressClass", "ConfigMap", "NetworkPolicy", "ResourceQuota", "LimitRange" ->
          content(diff);
      default -> {
        if (ROLLING.contains(kind)) {
          workload(diff);
        }
      }
    }
    return diff.changes();
  }

  /** The object is gone. */
  static ObservedChange deleted(EntityRef entity, String uid, Instant observedAt) {
    return new ObservedChange(
        uid + "/deleted",
        entity,
        ChangeKind.DELETED,
        observedAt,
        observedAt,
        Map.of(),
        entity.kind() + " " + entity.name() + " is gone");
  }

  /** The object is there: since {@code since}, or since its creation if that was later. */
  static ObservedChange observed(ObjectSnapshot snapshot, Instant since, Instant now) {
    Instant created = snapshot.createdAt();
    Instant at = created != null && created.isAfter(since) ? created : since;
    EntityRef entity = snapshot.entity();
    return new ObservedChange(
        snapshot.uid() + "/observed",
        entity,
        ChangeKind.OBSERVED,
        at.isAfter(now) ? now : at,
        now,
        Map.of(),
        entity.kind() + " " + entity.name() + " is there");
  }

  private static void created(ChangeDraft diff) {
    ObjectSnapshot object = diff.after();
    Instant created = object.createdAt();
    if (created != null
        && Duration.between(created, object.observedAt()).abs().compareTo(SEEN_AT_ONCE) <= 0) {
      EntityRef entity = object.entity();
      diff.addOnce(ChangeKind.CREATED, created, entity.kind() + " " + entity.name() + " is new");
    }
  }

  private static void workload(ChangeDraft diff) {
    if (diff.differs(Attributes.TEMPLATE)) {
      String from = diff.from(Attributes.IMAGES);
      String to = diff.to(Attributes.IMAGES);
      diff.add(
          ChangeKind.TEMPLATE_CHANGED,
          from.equals(to) ? Map.of() : Map.of("images", from + " → " + to, "from", from, "to", to),
          from.equals(to) ? "pod template changed" : "image " + from + " → " + to);
    }
    if (diff.differs(Attributes.REPLICAS)) {
      String from = diff.from(Attributes.REPLICAS);
      String to = diff.to(Attributes.REPLICAS);
      diff.add(
          ChangeKind.REPLICAS_CHANGED,
          Map.of("from", from, "to", to),
          "replicas " + from + " → " + to);
    }
  }

  /** What is kept as a hash tells that it changed, not how. */
  private static void content(ChangeDraft diff) {
    hashed(diff, Attributes.RULES);
    hashed(diff, Attributes.TLS);
    hashed(diff, Attributes.DATA);
    if (diff.differs(Attributes.INGRESS_CLASS)) {
      diff.field(ChangeKind.CONFIG_CHANGED, Attributes.INGRESS_CLASS, "class");
    }
    if (diff.differs(Attributes.ANNOTATIONS)) {
      annotations(diff);
    }
    if (diff.differs(Attributes.CONTROLLER)) {
      diff.field(ChangeKind.CONFIG_CHANGED, Attributes.CONTROLLER, "controller");
    } else {
      hashed(diff, Attributes.SPEC);
    }
    if (diff.differs(Attributes.DEFAULT)) {
      diff.field(ChangeKind.CONFIG_CHANGED, Attributes.DEFAULT, "default");
    }
  }

  private static void hashed(ChangeDraft diff, String attribute) {
    if (diff.differs(attribute)) {
      diff.add(ChangeKind.CONFIG_CHANGED, Map.of("field", attribute), attribute + " changed");
    }
  }

  /** By their keys: of the values only hashes are known. */
  private static void annotations(ChangeDraft diff) {
    String from = keys(diff.removed(Attributes.ANNOTATIONS));
    String to = keys(diff.added(Attributes.ANNOTATIONS));
    diff.add(
        ChangeKind.CONFIG_CHANGED,
        Map.of("field", "annotations", "from", from, "to", to),
        "annotations changed: " + (to.isEmpty() ? from : to));
  }

  private static String keys(Set<String> items) {
    return ChangeDraft.cut(
        String.join(
            ",",
            items.stream()
                .map(item -> item.substring(0, Math.max(0, item.lastIndexOf('='))))
                .toList()));
  }
}
