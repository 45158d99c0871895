package io.causeline.standalone.recording;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** One line of a recording. The JSON in it is the reader's own copy; nobody changes it. */
public sealed interface Recorded {

  /** When it arrived at the recorder. */
  Instant at();

  /**
   * What a watch of the API server said.
   *
   * @param resource plural and lower case, as in the API's paths, such as {@code endpointslices}
   * @param object with apiVersion and kind
   */
  record Watch(Instant at, String resource, Type type, ObjectNode object) implements Recorded {

    /** What happened to the object. */
    public enum Type {
      ADDED,
      MODIFIED,
      DELETED
    }

    /** Whether it is a core/v1 or events.k8s.io/v1 Event. */
    public boolean isEvent() {
      return resource.equals("events");
    }
  }

  /** A webhook's body, as Alertmanager sent it. */
  record Webhook(Instant at, ObjectNode body) implements Recorded {}
}
