package io.causeline.standalone.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good the diagnosis was; the shape of {@code evaluate --output json}. Shares are 0..1, null
 * where there was nothing to judge.
 *
 * @param recordings over all labelled recordings; null without any
 * @param cases by which half ({@code tuned}, {@code unseen}, or {@code all}) and what the events
 *     gave away
 * @param calibration of the first answers that claim a cause
 * @param causes by the cause that was true
 * @param confusion what was said first instead
 * @param wrong each wrong first answer
 * @param baseline the same without topology: events and alerts alone
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Report(
    @Nullable Recordings recordings,
    List<Group> cases,
    Calibration calibration,
    List<PerCause> causes,
    List<Confusion> confusion,
    List<Wrong> wrong,
    @Nullable Recordings baseline) {

  /**
   * What came of recordings.
   *
   * @param falseIncidents told, but there were none
   * @param compression 1 − incidents / signals
   * @param criticalAlertsKept share of critical alerts that an incident holds
   * @param medianSecondsToRight from the first fault to the right answer
   * @param greatestSecondsToRight likewise
   */
  record Recordings(
      int recordings,
      int expected,
      int found,
      int missed,
      int falseIncidents,
      @Nullable Double causeTop1,
      @Nullable Double causeTop3,
      @Nullable Double locusTop1,
      @Nullable Double locusTop3,
      @Nullable Double compression,
      @Nullable Double criticalAlertsKept,
      @Nullable Double medianSecondsToRight,
      @Nullable Double greatestSecondsToRight) {}

  /**
   * What came of cases of one kind.
   *
   * @param falseClaims wrong first answers above 0.6 confidence
   * @param quiet benign ones that opened nothing, or said that they are benign or unknown
   */
  record Group(
      String half, String evidence, int cases, int top1, int top3, int falseClaims, int quiet) {}

  /**
   * Whether of the answers given at 0.8, 80 % are right.
   *
   * @param error the mean distance of confidence from truth, weighed by the number of answers
   */
  record Calibration(int answers, @Nullable Double error, List<Bin> bins) {}

  /** Answers of about the same confidence. */
  record Bin(double from, double to, int answers, double confidence, double right) {}

  /** By cause. */
  record PerCause(String cause, int expected, int top1, int top3) {}

  /** What was said instead of a cause. */
  record Confusion(String expected, String said, int times) {}

  /** A wrong first answer, and what would have been right. */
  record Wrong(String id, String half, String evidence, List<String> accepted, List<Told> said) {}

  /** A hypothesis that was told. */
  record Told(String cause, double confidence) {}
}
