package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.LocalText.Language;
import java.time.Duration;

/**
 * How the core behaves.
 *
 * @param language of titles, checks and fixes
 * @param openAtOnce whether everything that can open an incident does so without waiting whether it
 *     heals: for {@code diagnose}, where a person asks about these very events
 * @param tellBenign whether what is benign is told, too, if it speaks for a cause: for {@code
 *     diagnose}, where there is nothing else to tell
 * @param resolveHold all symptoms must be over for so long
 * @param reopenWindow what comes back within this time is the same incident
 * @param feedTimeout a feed silent for so long drops out of the clock
 * @param structureHold a split or merge is published once it has held for so long
 * @param contextWindow how long changes and normal events wait for an incident that touches them,
 *     and ended edges and late re-reading are kept
 * @param absorbFor an incident takes in new objects for so long after its first symptom
 * @param flapWindow what comes and goes three times within it is held open
 * @param forgetAfter how long a resolved incident can still be reopened or commented by people
 */
public record CoreSettings(
    Language language,
    boolean openAtOnce,
    boolean tellBenign,
    Duration resolveHold,
    Duration reopenWindow,
    Duration feedTimeout,
    Duration structureHold,
    Duration contextWindow,
    Duration absorbFor,
    Duration flapWindow,
    Duration forgetAfter) {

  /** The defaults. */
  public static CoreSettings defaults() {
    return new CoreSettings(
        Language.EN,
        false,
        false,
        Duration.ofSeconds(60),
        Duration.ofMinutes(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofMinutes(30),
        Duration.ofHours(24),
        Duration.ofMinutes(30),
        Duration.ofHours(24));
  }

  /** For {@code diagnose}. */
  public CoreSettings openingAtOnce() {
    return with(language, true, tellBenign);
  }

  /** Where there is nothing else to tell. */
  public CoreSettings tellingBenign() {
    return with(language, openAtOnce, true);
  }

  /** In another language. */
  public CoreSettings in(Language other) {
    return with(other, openAtOnce, tellBenign);
  }

  private CoreSettings with(Language inLanguage, boolean atOnce, boolean benign) {
    return new CoreSettings(
        inLanguage,
        atOnce,
        benign,
        resolveHold,
        reopenWindow,
        feedTimeout,
        structureHold,
        contextWindow,
        absorbFor,
        flapWindow,
        forgetAfter);
  }
}
