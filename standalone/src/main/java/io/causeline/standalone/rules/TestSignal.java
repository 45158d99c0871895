package io.causeline.standalone.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.EntityRef;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a test's story. */
sealed interface TestSignal {

  /** When it comes, after the start. */
  Duration at();

  /**
   * A Kubernetes Event.
   *
   * @param on what it is about; null for an Event without a subject
   * @param count how often it has happened by now
   * @param over how long before {@code at} it happened for the first time; its repeats are seen one
   *     by one. Null where it is first seen with its count
   */
  record Event(
      Duration at,
      String reason,
      @Nullable EntityRef on,
      String message,
      boolean warning,
      int count,
      @Nullable Duration over,
      @Nullable String by,
      @Nullable String host,
      @Nullable String container)
      implements TestSignal {}

  /**
   * An alert that fires or is over.
   *
   * @param labels with its name and severity
   */
  record Alert(
      Duration at, boolean firing, Map<String, String> labels, Map<String, String> annotations)
      implements TestSignal {}

  /** An object as it is from now on. */
  record Present(Duration at, ObjectNode object) implements TestSignal {}

  /** An object that is deleted. */
  record Gone(Duration at, EntityRef entity) implements TestSignal {}
}
