package io.causeline.standalone.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * A report with the cause that was found in the end.
 *
 * @param id the file's name without its ending
 * @param events rows as the person saw them: reason, kind, name, message, age, count
 * @param accepted ids of causes that are right
 */
record LabelledCase(String id, List<JsonNode> events, Clue clue, Set<String> accepted) {

  /** How much the events give away. */
  enum Clue {
    /** A message names the cause. */
    NAMED("named"),
    /** A message names the step that fails, and so the class of the cause. */
    CLASS_ONLY("class-only"),
    /** The literal reading leads elsewhere. */
    MISLEADING("misleading"),
    /** They say nothing about it. */
    SILENT("silent"),
    /** There is no fault. */
    BENIGN("benign");

    private final String word;

    Clue(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    /** Whether an engineer who reads the messages could name the cause. */
    boolean telling() {
      return this == NAMED || this == CLASS_ONLY;
    }
  }
}
