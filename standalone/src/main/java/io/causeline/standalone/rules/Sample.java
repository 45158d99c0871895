package io.causeline.standalone.rules;

import io.causeline.correlator.core.DirectEvidence;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.Matcher;
import io.causeline.model.Text;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is on the wire, and whether it speaks for a cause.
 *
 * @param source {@code file:line}
 * @param eitherType whether it may be of either type, since its type was not told
 * @param match whether a line of at least medium weight must match it, or none may
 */
record Sample(
    String source, String cause, TestSignal.Event event, boolean eitherType, boolean match) {

  /** What is wrong; null where it is as it must be. */
  @Nullable String fault(Knowledge knowledge) {
    if (knowledge.cause(cause).isEmpty()) {
      return Verdict.noSuchCause(cause, knowledge);
    }
    Optional<Matcher.OnEvent> line =
        Stream.of(event.warning(), !event.warning())
            .limit(eitherType ? 2 : 1)
            .flatMap(warning -> StoryEvents.single(event, warning).stream())
            .flatMap(seen -> DirectEvidence.carrying(knowledge, cause, seen).stream())
            .findFirst();
    if (line.isPresent() == match) {
      return null;
    }
    return match
        ? "expected a line of evidence of at least medium weight to match, but got none"
        : "expected no line of evidence of at least medium weight to match, but got "
            + line.map(Matcher::source).orElse("one");
  }

  /** How reports call it. */
  String name() {
    return cause
        + (match ? " is named by " : " is not named by ")
        + event.reason()
        + ": "
        + Text.cut(event.message(), 100);
  }
}
