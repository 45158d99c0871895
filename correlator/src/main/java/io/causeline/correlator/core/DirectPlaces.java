package io.causeline.correlator.core;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.Cause;
import io.causeline.model.EntityRef;
import io.causeline.model.Relation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where an object leads by itself, for a kind of place, without a way that names relations. */
final class DirectPlaces {

  /** As the kubelet and the container runtimes write it. */
  private static final Pattern IMAGE =
      Pattern.compile("(?i)image(?: name| tag)? \\\\?\"([a-z0-9][a-z0-9._:/@-]{0,252})\\\\?\"");

  private static final Pattern CLAIM =
      Pattern.compile("(?i)persistentvolumeclaims? \\\\?\"([a-z0-9.-]{1,253})\\\\?\"");
  private static final Pattern PROVISIONED =
      Pattern.compile("\\bpvc-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");

  /** What a controller appends to the name of the object that it makes another for. */
  private static final Pattern GENERATED =
      Pattern.compile("^(.+)-(?:\\d{1,10}|[bcdfghjklmnpqrstvwxz2456789]{5})$");

  /** As the AWS load balancer controller names its bindings. */
  private static final Pattern BINDING =
      Pattern.compile("^k8s-([a-z0-9]{1,8})-([a-z0-9]{1,8})-[0-9a-f]{10}$");

  private static final int BINDING_PART = 8;

  private final Topology topology;
  private final NamedPlaces named;

  DirectPlaces(Topology topology, NamedPlaces named) {
    this.topology = topology;
    this.named = named;
  }

  /**
   * The places.
   *
   * @param message what the signal says about {@code start}; empty for an object on the way
   */
  Set<EntityRef> of(String locusKind, EntityRef start, Instant time, String message) {
    if (Kinds.SINGLETONS.contains(locusKind)) {
      return Set.of(EntityRef.singleton(locusKind));
    }
    String kind = start.kind();
    return switch (locusKind) {
      case LocusFinder.ANY -> Set.of(fold(start, time));
      case Cause.WORKLOAD -> workload(start, time);
      case Kinds.REGISTRY -> registry(start, time, message);
      case Kinds.KUBE_PROXY -> kubeProxy(start, time);
      case "Namespace" -> namespace(start);
      case "Service" -> service(start, time);
      case Kinds.VOLUME -> volume(start, time, message);
      case "Certificate" -> certificate(start);
      case "AdmissionWebhook" ->
          kind.endsWith("WebhookConfiguration") || kind.equals(locusKind)
              ? Set.of(EntityRef.of(locusKind, null, start.name()))
              : Set.of();
      default -> kind.equals(locusKind) ? Set.of(start) : other(locusKind, start);
    };
  }

  /** Pods and ReplicaSets fold into their top owner. */
  EntityRef fold(EntityRef entity, Instant time) {
    return isWorkload(entity) ? topology.topOwner(entity, time) : entity;
  }

  static boolean isWorkload(EntityRef entity) {
    return entity.kind().equals("Pod") || Kinds.WORKLOADS.contains(entity.kind());
  }

  private static boolean namesWorkload(EntityRef entity) {
    return entity.kind().equals("HorizontalPodAutoscaler")
        || entity.kind().equals("PodDisruptionBudget");
  }

  private Set<EntityRef> workload(EntityRef start, Instant time) {
    if (isWorkload(start)) {
      return Set.of(topology.topOwner(start, time));
    }
    return namesWorkload(start)
        ? Set.of(named.knownWorkload(start.namespace(), start.name()).orElse(start))
        : Set.of();
  }

  /** Most messages quote nothing, and an expression need not run to see that. */
  private static boolean quotes(String message) {
    return message.indexOf('"') >= 0;
  }

  /** An autoscaler or a budget, for one kind of workload. */
  private Set<EntityRef> other(String locusKind, EntityRef start) {
    return namesWorkload(start) && Kinds.WORKLOADS.contains(locusKind)
        ? Set.of(named.known(List.of(locusKind), start.namespace(), start.name()).orElse(start))
        : Set.of();
  }

  private Set<EntityRef> registry(EntityRef start, Instant time, String message) {
    if (start.kind().equals(Kinds.REGISTRY)) {
      return Set.of(start);
    }
    Matcher image = IMAGE.matcher(message);
    if (quotes(message) && image.find()) {
      Optional<EntityRef> registry = NamedPlaces.registry(image.group(1));
      if (registry.isPresent()) {
        return Set.of(registry.get());
      }
    }
    return start.kind().equals("Pod") ? topology.step(start, Relation.PULLS_FROM, time) : Set.of();
  }

  private Set<EntityRef> kubeProxy(EntityRef start, Instant time) {
    Set<EntityRef> nodes =
        switch (start.kind()) {
          case Kinds.KUBE_PROXY, Kinds.NODE -> Set.of(start);
          case "Pod" -> topology.step(start, Relation.RUNS_ON, time);
          default -> Set.of();
        };
    return nodes.isEmpty()
        ? Set.of(EntityRef.of(Kinds.KUBE_PROXY, null, Vote.SOMEWHERE))
        : nodes.stream()
            .map(node -> EntityRef.of(Kinds.KUBE_PROXY, null, node.name()))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<EntityRef> namespace(EntityRef start) {
    if (start.kind().equals("Namespace")) {
      return Set.of(start);
    }
    return start.namespace() == null
        ? Set.of()
        : Set.of(EntityRef.of("Namespace", null, start.namespace()));
  }

  private Set<EntityRef> service(EntityRef start, Instant time) {
    return switch (start.kind()) {
      case "Service" -> Set.of(start);
      case "Endpoints" -> Set.of(EntityRef.of("Service", start.namespace(), start.name()));
      case "EndpointSlice" -> {
        Set<EntityRef> services = topology.step(start, Relation.SLICE_OF, time);
        yield services.isEmpty()
            ? Set.of(EntityRef.of("Service", start.namespace(), stem(start.name(), 1)))
            : services;
      }
      case "TargetGroupBinding" -> Set.of(bound(start));
      default -> Set.of();
    };
  }

  /** The Service behind a binding: its name is in the binding's, without dashes and cut. */
  private EntityRef bound(EntityRef binding) {
    Matcher generated = BINDING.matcher(binding.name());
    if (!generated.find()) {
      return named.known(List.of("Service"), binding.namespace(), binding.name()).orElse(binding);
    }
    String part = generated.group(2);
    Set<EntityRef> fitting = new TreeSet<>();
    for (EntityRef service : topology.inNamespace("Service", binding.namespace())) {
      String plain = service.name().replace("-", "");
      boolean fits = part.length() < BINDING_PART ? plain.equals(part) : plain.startsWith(part);
      if (fits) {
        fitting.add(service);
      }
    }
    return fitting.size() == 1 ? fitting.iterator().next() : binding;
  }

  private Set<EntityRef> volume(EntityRef start, Instant time, String message) {
    if (start.kind().equals(Kinds.CLAIM) || start.kind().equals("PersistentVolume")) {
      return Set.of(start);
    }
    if (!start.kind().equals("Pod")) {
      return Set.of();
    }
    Matcher claim = CLAIM.matcher(message);
    if (quotes(message) && claim.find()) {
      return Set.of(EntityRef.of(Kinds.CLAIM, start.namespace(), claim.group(1)));
    }
    Matcher provisioned = PROVISIONED.matcher(message);
    if (message.contains("pvc-") && provisioned.find()) {
      return Set.of(named.volume(provisioned.group(), start.namespace()));
    }
    Set<EntityRef> claims =
        topology.step(start, Relation.MOUNTS, time).stream()
            .filter(mounted -> mounted.kind().equals(Kinds.CLAIM))
            .collect(Collectors.toCollection(TreeSet::new));
    return claims.size() == 1 ? claims : Set.of();
  }

  /** cert-manager's chain: Certificate → CertificateRequest → Order → Challenge, each by name. */
  private static Set<EntityRef> certificate(EntityRef start) {
    int generations =
        switch (start.kind()) {
          case "Certificate", "Secret" -> 0;
          case "CertificateRequest" -> 1;
          case "Order" -> 2;
          case "Challenge" -> 3;
          default -> -1;
        };
    if (generations <= 0) {
      return generations == 0 ? Set.of(start) : Set.of();
    }
    return Set.of(EntityRef.of("Certificate", start.namespace(), stem(start.name(), generations)));
  }

  /** A name without what {@code generations} controllers appended to it. */
  private static String stem(String name, int generations) {
    String stem = name;
    for (int i = 0; i < generations; i++) {
      Matcher generated = GENERATED.matcher(stem);
      if (!generated.find()) {
        return stem;
      }
      stem = generated.group(1);
    }
    return stem;
  }
}
