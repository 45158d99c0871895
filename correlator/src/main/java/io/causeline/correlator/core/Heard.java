package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.Matcher;
import io.causeline.correlator.knowledge.TextIndex;
import java.util.Set;

/** What lines and rules ask of an event, but for its reason. */
final class Heard {

  private final String kind;
  private final boolean warning;
  private final Looked message;
  private final Looked namespace;
  private final Looked name;
  private final Looked component;

  Heard(TextIndex texts, Hearing.Event event) {
    this.kind = event.entity().kind();
    this.warning = event.warning();
    this.message = new Looked(texts, event.message());
    this.namespace = new Looked(texts, event.entity().namespace());
    this.name = new Looked(texts, event.entity().name());
    this.component = new Looked(texts, event.component());
  }

  /** Whether a line means such an event. */
  boolean isMeantBy(Matcher.OnEvent matcher) {
    return isMeantButForNameBy(matcher) && name.holds(matcher.name());
  }

  /** Whether a line means such an event of some object of this kind and namespace. */
  boolean isMeantButForNameBy(Matcher.OnEvent matcher) {
    return onKind(matcher.kinds(), kind)
        && (matcher.warning() == null || matcher.warning() == warning)
        && message.holds(matcher.message())
        && (matcher.not() == null || !message.holds(matcher.not()))
        && namespace.holds(matcher.namespace())
        && component.holds(matcher.component());
  }

  /** Whether a line that names these kinds, or none, means one. */
  static boolean onKind(Set<String> kinds, String kind) {
    return kinds.isEmpty()
        || kinds.contains(kind)
        || (kinds.contains(Cause.WORKLOAD) && Kinds.WORKLOADS.contains(kind));
  }
}
