package io.causeline.chaos.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.standalone.recording.Recorded.Watch;
import java.util.Optional;

/** One thing that happens in a story. */
public sealed interface Step {

  /**
   * The cluster's API server tells a new state of an object or an Event.
   *
   * @param key by which it is known in Kafka, as {@link SignalKeys} makes them
   * @param after what must be in Kafka before: a state that follows too soon on another may hide it
   *     from a collector that was away, which is the API's nature and no fault
   */
  record Tell(Watch watch, String key, Optional<String> after) implements Step {}

  /**
   * Alertmanager notifies of a group.
   *
   * @param cluster in whose name
   * @param body without {@code externalURL}, which is each replica's own
   */
  record Notify(String cluster, ObjectNode body) implements Step {}
}
