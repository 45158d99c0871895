package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Cause;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import java.util.Optional;

/** Where a cause that a person names for an incident would sit. Pure. */
public final class ConfirmedPlace {

  private ConfirmedPlace() {}

  /**
   * The place: that of the incident's own hypothesis of this cause, else its best one's, else one
   * of the objects that it hits, whichever the cause can sit in.
   *
   * @param locusKind the cause's
   * @return empty if nothing of the incident is of such a kind
   */
  public static Optional<EntityRef> of(String cause, String locusKind, Incident incident) {
    Optional<EntityRef> own =
        incident.hypotheses().stream()
            .filter(hypothesis -> hypothesis.cause().equals(cause))
            .map(Incident.Hypothesis::locus)
            .findFirst();
    if (own.isPresent()) {
      return own.map(place -> singleton(place.kind()).orElse(place));
    }
    Optional<EntityRef> single = singleton(locusKind);
    if (single.isPresent()) {
      return single;
    }
    EntityRef best = incident.best().locus();
    return fits(locusKind, best.kind())
        ? Optional.of(best)
        : incident.impact().entities().stream()
            .filter(hit -> fits(locusKind, hit.kind()))
            .findFirst()
            .map(hit -> EntityRef.of(hit.kind(), hit.namespace(), hit.name()));
  }

  private static Optional<EntityRef> singleton(String kind) {
    return Kinds.SINGLETONS.contains(kind)
        ? Optional.of(EntityRef.singleton(kind))
        : Optional.empty();
  }

  private static boolean fits(String locusKind, String kind) {
    return locusKind.equals("Any")
        || locusKind.equals(kind)
        || (locusKind.equals(Cause.WORKLOAD)
            && (kind.equals("Pod") || Kinds.WORKLOADS.contains(kind)))
        || (locusKind.equals("Volume") && kind.startsWith("PersistentVolume"))
        || (locusKind.equals(Kinds.KUBE_PROXY) && kind.equals(Kinds.KUBE_PROXY));
  }
}
