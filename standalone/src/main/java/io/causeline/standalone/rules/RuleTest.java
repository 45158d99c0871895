package io.causeline.standalone.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A story, and the incidents that must come of it.
 *
 * @param source {@code file:line}
 * @param cause whom it tests; null for a scenario that is about no single cause
 * @param kind null for a scenario
 * @param objects there since before the start
 * @param signals in the order of the file
 * @param until when it is judged, after the start
 * @param expect all incidents there must be; null where their number does not matter
 * @param never causes that must stand first nowhere
 */
public record RuleTest(
    String name,
    String source,
    @Nullable String cause,
    @Nullable Kind kind,
    List<ObjectNode> objects,
    List<TestSignal> signals,
    Duration until,
    @Nullable List<Expectation> expect,
    List<String> never) {

  /** What a test is to show of its cause. */
  public enum Kind {
    /** It is found where it is the fault. */
    POSITIVE,
    /** Signals of another cause do not look like it. */
    NEGATIVE,
    /** What is no fault at all is not taken for it. */
    LOOK_ALIKE;

    /** The word in files. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
