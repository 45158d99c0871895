package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.EntityRef;
import io.causeline.model.Hashes;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An Event's JSON, of {@code v1} or {@code events.k8s.io/v1}, as a signal. The two are views of one
 * stored object, so a field is read under whichever name it has.
 *
 * @see <a href="https://github.com/kubernetes/api/blob/master/core/v1/types.go">core/v1 Event</a>
 * @see <a href="https://github.com/kubernetes/api/blob/master/events/v1/types.go">events/v1</a>
 */
public final class EventNormaliser {

  /** What client-go puts before the message once ten variants of it have been sent. */
  private static final String COMBINED = "(combined from similar events): ";

  private static final String NODE = "Node";

  private EventNormaliser() {}

  /**
   * Reads an Event. Never throws, whatever the JSON is.
   *
   * @param observedAt when it was seen; no event happens after it
   */
  public static NormalisedEvent normalise(String cluster, JsonNode event, Instant observedAt) {
    if (event == null || !event.isObject()) {
      return new NormalisedEvent.Rejected("not-an-object");
    }
    JsonNode metadata = event.path("metadata");
    JsonNode subject = either(event, "involvedObject", "regarding");
    JsonNode source = either(event, "source", "deprecatedSource");
    String namespace = Fields.labelOrNull(metadata, "namespace");
    EntityRef entity = Entities.referenced(subject, namespace).orElse(Entities.CLUSTER);
    String reason = Fields.label(event, "reason");
    String text = Fields.raw(event, "message");
    if (text.isEmpty()) {
      text = Fields.raw(event, "note");
    }
    boolean combined = text.startsWith(COMBINED);
    String message = Text.message(combined ? text.substring(COMBINED.length()) : text);
    String component = component(event, source);
    return new NormalisedEvent.Accepted(
        new KubernetesEvent(
            cluster,
            uid(metadata, namespace, entity, reason, message),
            observedAt,
            at(event, metadata, observedAt),
            entity,
            entityUid(entity, subject),
            reason,
            Fields.raw(event, "type").equals("Warning"),
            message,
            combined,
            count(event),
            component,
            host(event, source, component),
            Fields.labelOrNull(subject, "fieldPath"),
            Entities.referenced(event.path("related"), namespace).orElse(null)));
  }

  private static JsonNode either(JsonNode event, String name, String otherName) {
    JsonNode value = event.path(name);
    return value.isObject() && !value.isEmpty() ? value : event.path(otherName);
  }

  /** The Event's uid; else one made of what stays the same from one of its states to the next. */
  private static String uid(
      JsonNode metadata,
      @Nullable String namespace,
      EntityRef entity,
      String reason,
      String message) {
    String uid = Fields.label(metadata, "uid");
    return uid.isEmpty()
        ? "derived-"
            + Hashes.id(
                namespace == null ? "" : namespace,
                Fields.label(metadata, "name"),
                entity.path(),
                reason,
                message)
        : uid;
  }

  /**
   * The kubelet gives a Node's name as its uid, others give its uid or none: for nodes it tells
   * nothing.
   */
  private static @Nullable String entityUid(EntityRef entity, JsonNode subject) {
    return entity.kind().equals(NODE) ? null : Fields.labelOrNull(subject, "uid");
  }

  private static Instant at(JsonNode event, JsonNode metadata, Instant observedAt) {
    Instant at = Fields.time(event.path("series"), "lastObservedTime");
    at = at != null ? at : Fields.time(event, "lastTimestamp");
    at = at != null ? at : Fields.time(event, "deprecatedLastTimestamp");
    at = at != null ? at : Fields.time(event, "eventTime");
    at = at != null ? at : Fields.time(event, "firstTimestamp");
    at = at != null ? at : Fields.time(event, "deprecatedFirstTimestamp");
    at = at != null ? at : Fields.time(metadata, "creationTimestamp");
    return at != null ? at : observedAt;
  }

  private static int count(JsonNode event) {
    int count = Fields.number(event.path("series"), "count");
    count = count > 0 ? count : Fields.number(event, "count");
    count = count > 0 ? count : Fields.number(event, "deprecatedCount");
    return Math.max(1, count);
  }

  private static @Nullable String component(JsonNode event, JsonNode source) {
    String component = Fields.labelOrNull(source, "component");
    component = component != null ? component : Fields.labelOrNull(event, "reportingComponent");
    return component != null ? component : Fields.labelOrNull(event, "reportingController");
  }

  /**
   * The newer recorder writes {@code reportingInstance: <component>-<host>}, the kubelet the node's
   * name; what others write there is a Pod's name as likely as a host's, and is left.
   */
  private static @Nullable String host(
      JsonNode event, JsonNode source, @Nullable String component) {
    String host = Fields.labelOrNull(source, "host");
    if (host != null || component == null) {
      return host;
    }
    String instance = Fields.label(event, "reportingInstance");
    if (instance.startsWith(component + "-") && instance.length() > component.length() + 1) {
      return instance.substring(component.length() + 1);
    }
    return component.equals("kubelet") && !instance.isEmpty() ? instance : null;
  }
}
