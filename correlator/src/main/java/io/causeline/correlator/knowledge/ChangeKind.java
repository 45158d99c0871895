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
  /** Another field of a Service. Attributes: {@code field}, {@code from}, {@code to}. */
  SERVICE_CHANGED,
  /** A Service has no ready endpoint any more. */
  ENDPOINTS_EMPTY,
  /** A Service has ready endpoints again. */
  ENDPOINTS_RESTORED,
  /** A Service got an address from its load balancer. */
  LOAD_BALANCER_ASSIGNED,
  /** A node's Ready condition. Attributes: {@code Ready} (True, False, Unknown), {@code reason}. */
  NODE_CONDITION,
  /** A node's pressure condition. Attributes: {@code pressure}, {@code value} (True, False). */
  NODE_PRESSURE,
  /** A node was cordoned or uncordoned. Attributes: {@code unschedulable} (true, false). */
  NODE_CORDON,
  /** A pod became ready. */
  POD_READY,
  /** A pod was ready and is no more. */
  POD_UNREADY,
  /** A container ended. Attributes: {@code container}, {@code reason}, {@code exitCode}. */
  CONTAINER_TERMINATED,
  /** A container waits. Attributes: {@code container}, {@code reason}. */
  CONTAINER_WAITING,
  /** The object is gone. */
  DELETED;

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
