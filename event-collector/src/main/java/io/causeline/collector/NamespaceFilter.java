package io.causeline.collector;

import io.causeline.model.EntityRef;
import java.util.Set;

/**
 * Which namespaces are told of. What belongs to none, such as a node, always is: its troubles are
 * everyone's.
 *
 * @param namespaces empty for all
 */
record NamespaceFilter(Set<String> namespaces) {

  NamespaceFilter {
    namespaces = Set.copyOf(namespaces);
  }

  boolean admits(EntityRef entity) {
    String namespace = entity.namespace();
    return namespaces.isEmpty() || namespace == null || namespaces.contains(namespace);
  }
}
