package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.Cause;
import io.causeline.model.EntityRef;
import io.causeline.model.ImageReference;
import io.causeline.model.ObjectSnapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which place a name means, for a kind of place. */
final class NamedPlaces {

  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\\d{1,5})?");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  /** Provisioners name a volume after the uid of the claim that it was made for. */
  private static final String PROVISIONED = "pvc-";

  /** In the order in which a bare name most likely means one. */
  private static final List<String> WORKLOADS =
      List.of("Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "ReplicaSet");

  private final Topology topology;

  NamedPlaces(Topology topology) {
    this.topology = topology;
  }

  /**
   * The place.
   *
   * @param namespace of the signal's object, where the name came without one
   * @return empty where nothing of this kind can have the name
   */
  Optional<EntityRef> of(String locusKind, NamedPlace named, @Nullable String namespace) {
    if (Kinds.SINGLETONS.contains(locusKind)) {
      return Optional.empty();
    }
    if (locusKind.equals(Kinds.REGISTRY)) {
      return registry(named.name());
    }
    if (locusKind.equals(Kinds.NODE) || locusKind.equals(Kinds.KUBE_PROXY)) {
      return node(named).map(node -> EntityRef.of(locusKind, null, node));
    }
    return named
        .ofObject()
        .map(
            object -> {
              String space = object.namespace() != null ? object.namespace() : namespace;
              return switch (locusKind) {
                case Kinds.VOLUME -> volume(object.name(), space);
                case Cause.WORKLOAD -> workload(object.name(), space);
                default ->
                    EntityRef.of(
                        locusKind,
                        Kinds.CLUSTER_SCOPED.contains(locusKind) ? null : space,
                        object.name());
              };
            });
  }

  /** Of an image, or a registry's own host. */
  static Optional<EntityRef> registry(String text) {
    String host = ImageReference.registryOrHost(text);
    return HOST.matches(host)
        ? Optional.of(EntityRef.of(Kinds.REGISTRY, null, host))
        : Optional.empty();
  }

  /** Metrics tell a node by its address and port. */
  private Optional<String> node(NamedPlace named) {
    String name = PORT.matcher(named.name()).replaceFirst("");
    return topology
        .nodeByAddress(name)
        .map(EntityRef::name)
        .or(() -> new NamedPlace(name, null).ofObject().map(NamedPlace::name));
  }

  /** A claim; a volume that was provisioned for a claim that is not known. */
  EntityRef volume(String name, @Nullable String namespace) {
    if (!name.startsWith(PROVISIONED)) {
      return namespace == null
          ? EntityRef.of("PersistentVolume", null, name)
          : EntityRef.of(Kinds.CLAIM, namespace, name);
    }
    String uid = name.substring(PROVISIONED.length());
    for (EntityRef claim : topology.inNamespace(Kinds.CLAIM, namespace)) {
      ObjectSnapshot known = topology.latest(claim);
      if (known != null && known.uid().equals(uid)) {
        return claim;
      }
    }
    return EntityRef.of("PersistentVolume", null, name);
  }

  private EntityRef workload(String name, @Nullable String namespace) {
    for (String kind : WORKLOADS) {
      EntityRef candidate = EntityRef.of(kind, namespace, name);
      if (topology.latest(candidate) != null) {
        return candidate;
      }
    }
    return EntityRef.of("Deployment", namespace, name);
  }

  /**
   * The object of these kinds in a namespace whose name {@code name} is, or begins with: {@code
   * web} for {@code web-hpa}. The longest counts.
   */
  Optional<EntityRef> known(List<String> kinds, @Nullable String namespace, String name) {
    EntityRef best = null;
    for (String kind : kinds) {
      for (EntityRef candidate : topology.inNamespace(kind, namespace)) {
        boolean fits = name.equals(candidate.name()) || name.startsWith(candidate.name() + "-");
        if (fits && (best == null || isBetter(candidate, best))) {
          best = candidate;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** The workload that an object is named after. */
  Optional<EntityRef> knownWorkload(@Nullable String namespace, String name) {
    return known(WORKLOADS.subList(0, 3), namespace, name);
  }

  private static boolean isBetter(EntityRef a, EntityRef b) {
    int longer = Integer.compare(a.name().length(), b.name().length());
    return longer > 0 || (longer == 0 && a.compareTo(b) < 0);
  }
}
