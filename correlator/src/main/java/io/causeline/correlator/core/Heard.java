package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.Matcher;
import io.causeline.correlator.knowledge.TextIndex;
import io.causeline.model.EntityRef;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lines and rules ask of an event, but for its reason. Looks at a text when it is asked. */
final class Heard {

  private final TextIndex texts;
  private final EntityRef entity;
  private final boolean warning;
  private final TextIndex.Text message;
  private final @Nullable String component;
  private TextIndex.@Nullable Text ofNamespace;
  private TextIndex.@Nullable Text ofName;
  private TextIndex.@Nullable Text ofComponent;

  Heard(
      TextIndex texts,
      EntityRef entity,
      boolean warning,
      String message,
      @Nullable String component) {
    this.texts = texts;
    this.entity = entity;
    this.warning = warning;
    this.message = texts.look(message);
    this.component = component;
  }

  /** Whether a line means such an event. */
  boolean isMeantBy(Matcher.OnEvent matcher) {
    return isMeantButForNameBy(matcher) && isNamed(matcher);
  }

  /** Whether a line means such an event of some object of this kind and namespace. */
  boolean isMeantButForNameBy(Matcher.OnEvent matcher) {
    return onKind(matcher.kinds(), entity.kind())
        && (matcher.warning() == null || matcher.warning() == warning)
        && (matcher.message() == null || message.holds(matcher.message()))
        && (matcher.not() == null || !message.holds(matcher.not()))
        && isIn(matcher.namespace())
        && comesFrom(matcher.component());
  }

  private boolean isIn(@Nullable Pattern pattern) {
    String namespace = entity.namespace();
    if (pattern == null || namespace == null) {
      return pattern == null;
    }
    TextIndex.Text text = ofNamespace == null ? texts.look(namespace) : ofNamespace;
    ofNamespace = text;
    return text.holds(pattern);
  }

  private boolean comesFrom(@Nullable Pattern pattern) {
    if (pattern == null || component == null) {
      return pattern == null;
    }
    TextIndex.Text text = ofComponent == null ? texts.look(component) : ofComponent;
    ofComponent = text;
    return text.holds(pattern);
  }

  private boolean isNamed(Matcher.OnEvent matcher) {
    Pattern pattern = matcher.name();
    if (pattern == null) {
      return true;
    }
    TextIndex.Text text = ofName == null ? texts.look(entity.name()) : ofName;
    ofName = text;
    return text.holds(pattern);
  }

  /** Whether a line that names these kinds, or none, means one. */
  static boolean onKind(Set<String> kinds, String kind) {
    return kinds.isEmpty()
        || kinds.contains(kind)
        || (kinds.contains(Cause.WORKLOAD) && Kinds.WORKLOADS.contains(kind));
  }
}
