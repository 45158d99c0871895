package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Stand-ins, among the objects that a reading looked at, for all that a state depends on: a
 * Service's states on any pod of its namespace and on nodes, a cluster's on anything. No object can
 * have their name.
 */
final class Watch {

  private static final String ANY = "*";
  private static final EntityRef EVERYTHING = EntityRef.of(ANY, null, ANY);
  private static final EntityRef NODES = EntityRef.of(Kinds.NODE, null, ANY);

  private Watch() {}

  /** What the states of an object or place depend on. */
  static Set<EntityRef> over(EntityRef locus) {
    return locus.namespace() == null
        ? Set.of(EVERYTHING)
        : Set.of(EntityRef.of(ANY, locus.namespace(), ANY), NODES);
  }

  /** What a change of this object bears on. */
  static Set<EntityRef> touchedBy(EntityRef entity) {
    Set<EntityRef> touched = new LinkedHashSet<>();
    touched.add(EVERYTHING);
    if (entity.namespace() != null) {
      touched.add(EntityRef.of(ANY, entity.namespace(), ANY));
    } else if (entity.kind().equals(Kinds.NODE)) {
      touched.add(NODES);
    }
    return touched;
  }
}
