package io.causeline.correlator.knowledge;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cause that Causeline knows.
 *
 * @param id such as {@code node-down}
 * @param title with placeholders
 * @param locus kind of the place where it sits; {@link #WORKLOAD} stands for any workload kind
 * @param follows so long after the first symptom its own evidence may come and still be its cause
 * @param evidence speaks for it directly
 * @param symptoms it would bring about
 * @param against speaks against it
 * @param recovery tells that it is over, where it happens
 * @param outranks causes that, where this one has strong evidence at the same place, are its effect
 *     or its wrapping and come after it
 */
public record Cause(
    String id,
    LocalText title,
    String locus,
    Prior prior,
    Duration follows,
    List<Matcher> evidence,
    List<Matcher> symptoms,
    List<Matcher> against,
    List<Matcher> recovery,
    Set<String> outranks,
    List<Advice> checks,
    List<Advice> fixes,
    List<LocalText> prevention,
    List<String> references,
    String source) {

  /**
   * How long after the first symptom a cause's own evidence may come, where its pack says nothing.
   */
  public static final Duration FOLLOWS = Duration.ofMinutes(2);

  /** The locus of a cause that sits in a workload of any kind. */
  public static final String WORKLOAD = "Workload";

  /** The cause of which nothing is known. */
  public static final String UNKNOWN = "unknown";

  /** How often it happens, before anything is seen. */
  public enum Prior {
    COMMON(0.0),
    OCCASIONAL(-0.4),
    RARE(-1.0);

    private final double logOdds;

    Prior(double logOdds) {
      this.logOdds = logOdds;
    }

    /** In log-odds. */
    public double logOdds() {
      return logOdds;
    }
  }

  /** A check (without risk) or a fix (with its risk); the command may hold placeholders. */
  public record Advice(LocalText text, @Nullable String command, @Nullable LocalText risk) {}
}
