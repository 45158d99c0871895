package io.causeline.correlator.knowledge;

import java.util.Locale;
import java.util.Optional;

/** What can change about an observed object; the words of {@code change:} in packs. */
public enum ChangeKind {
  /**
   * A workload's pod template: a rollout. Attributes: {@code images} (from → to) where they differ.
   */
  TEMPLATE_CHANGED,
  /** A workload's desired replicas. Attributes: {@code from}, {@code to}. */
  REPLICAS_CHANGED,
  /** A Service's selector. Attributes: {@code from}, {@code to}. */
  SELECTOR_CHANGED,
  /**
   * Another field of a Service. Attributes: {@code field} (type, ports, externalTrafficPolicy,
   * internalTrafficPolicy, sessionAffinity, loadBalancerIP, loadBalancerClass,
   * loadBalancerSourceRanges, externalName, externalIPs, publishNotReadyAddresses, annotations),
   * {@code from}, {@code to}.
   */
  SERVICE_CHANGED,
  /**
   * The content of a ConfigMap, NetworkPolicy, IngressClass, ResourceQuota, LimitRange or Ingress.
   * Attributes: {@code field} (data; spec; of an Ingress rules, tls, class, annotations; of an
   * IngressClass controller, default too), {@code from}, {@code to} where they are short.
   */
  CONFIG_CHANGED,
  /** A Service has no ready endpoint any more. */
  ENDPOINTS_EMPTY,
  /** A Service has ready endpoints again. */
  ENDPOINTS_RESTORED,
  /** A Service got an address from its load balancer. */
  LOAD_BALANCER_ASSIGNED,
  /** A Service lost the address of its load balancer. Attributes: {@code address}. */
  LOAD_BALANCER_REMOVED,
  /**
   * A node's Ready condition. Attributes: {@code Ready} (True, False, Unknown), {@code reason},
   * {@code message} (digits as {@code #}; while not ready).
   */
  NODE_CONDITION,
  /**
   * A node's condition that is bad news when True. Attributes: {@code pressure} (MemoryPressure,
   * DiskPressure, PIDPressure, NetworkUnavailable, KernelDeadlock, ReadonlyFilesystem), {@code
   * value} (True, False).
   */
  NODE_PRESSURE,
  /** A node was cordoned or uncordoned. Attributes: {@code unschedulable} (true, false). */
  NODE_CORDON,
  /** A node started anew: its bootID is another. */
  NODE_REBOOTED,
  /** A node's taints. Attributes: {@code added}, {@code removed} (keys). */
  TAINTS_CHANGED,
  /** A Node's or a Pod's labels. Attributes: {@code keys}. */
  LABELS_CHANGED,
  /** A pod became ready. */
  POD_READY,
  /** A pod was ready and is no more. */
  POD_UNREADY,
  /** A container ended. Attributes: {@code container}, {@code reason}, {@code exitCode}. */
  CONTAINER_TERMINATED,
  /** A container waits. Attributes: {@code container}, {@code reason}. */
  CONTAINER_WAITING,
  /**
   * An object appeared while its kind was watched; not what the first listing found. Attributes:
   * none.
   */
  CREATED,
  /** The object is gone. */
  DELETED,
  /**
   * The object is there: only in {@code diagnose}, once for each object, so that a state can be
   * found where nothing was seen to change.
   */
  OBSERVED;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in packs, such as {@code template-changed}. */
  public String word() {
    return word;
  }

  /** The kind of this word. */
  public static Optional<ChangeKind> ofWord(String word) {
    for (ChangeKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
