package io.causeline.standalone.rules;

import io.causeline.collector.normalise.WatchedKind;
import io.causeline.model.EntityRef;

/** Places as tests write them: {@code Kind/namespace/name} or {@code Kind/name}. */
final class Places {

  private Places() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what would be right
   */
  static EntityRef parse(String text) {
    String[] parts = text.split("/", 3);
    for (String part : parts) {
      if (part.isBlank()) {
        throw new IllegalArgumentException(fault(text));
      }
    }
    if (parts.length < 2 || !parts[0].matches("[A-Z][A-Za-z0-9]*")) {
      throw new IllegalArgumentException(fault(text));
    }
    boolean needsNamespace =
        WatchedKind.ofKind(parts[0]).map(WatchedKind::namespaced).orElse(parts.length == 3);
    if (needsNamespace != (parts.length == 3)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "': a "
              + parts[0]
              + (needsNamespace
                  ? " lies in a namespace: write " + parts[0] + "/<namespace>/" + parts[1]
                  : " lies in no namespace: write " + parts[0] + "/" + parts[2]));
    }
    return parts.length == 3
        ? EntityRef.of(parts[0], parts[1], parts[2])
        : EntityRef.of(parts[0], null, parts[1]);
  }

  /** As {@link #parse} reads it. */
  static String text(EntityRef place) {
    String namespace = place.namespace();
    return place.kind() + "/" + (namespace == null ? "" : namespace + "/") + place.name();
  }

  private static String fault(String text) {
    return "'"
        + text
        + "' is no object: write Pod/shop/web-1, or Node/n1 for one without namespace";
  }
}
