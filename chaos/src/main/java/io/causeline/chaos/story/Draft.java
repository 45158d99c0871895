package io.causeline.chaos.story;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One fault while it is being written: what was there, and what happens in which order. */
final class Draft {

  /**
   * What happens; of the two one is null.
   *
   * @param object a new state of an object, or of an Event
   * @param body a webhook's
   */
  record Scene(@Nullable ObjectNode object, boolean first, @Nullable ObjectNode body) {}

  /** An alert of a fault. */
  record Alert(Map<String, String> labels, Instant startsAt) {}

  /** A time without end, as Alertmanager writes it while an alert fires. */
  private static final String FIRING_END = "0001-01-01T00:00:00Z";

  final String cluster;
  final Objects objects;
  final List<ObjectNode> atStart = new ArrayList<>();
  final List<Scene> scenes = new ArrayList<>();
  private final Instant base;
  private final String name;
  private int events;

  /**
   * A fault.
   *
   * @param base when the story begins, by its own clock
   * @param name unlike that of any other fault
   */
  Draft(String cluster, Instant base, String name, Objects objects) {
    this.cluster = cluster;
    this.base = base;
    this.name = name;
    this.objects = objects;
  }

  Instant at(int seconds) {
    return base.plus(Duration.ofSeconds(seconds));
  }

  /** An object that is there from the beginning. */
  ObjectNode there(ObjectNode object) {
    atStart.add(object);
    return object;
  }

  /** A new state of an object. */
  void changes(ObjectNode object) {
    scenes.add(new Scene(object.deepCopy(), false, null));
  }

  /** Something that happened once. */
  void once(int at, ObjectNode on, String type, String reason, String message, String by) {
    ObjectNode event = event(on, type, reason, message, by);
    state(event, at, at, 1);
    scenes.add(new Scene(event, true, null));
  }

  /** Something that happened again and again, told first and last. */
  void often(int from, int to, int count, ObjectNode on, String reason, String message, String by) {
    ObjectNode first = event(on, "Warning", reason, message, by);
    state(first, from, from, 1);
    scenes.add(new Scene(first, true, null));
    ObjectNode last = first.deepCopy();
    state(last, from, to, count);
    scenes.add(new Scene(last, false, null));
  }

  private ObjectNode event(ObjectNode on, String type, String reason, String message, String by) {
    Objects.Subject subject = Objects.subject(on);
    String namespace = subject.namespace().isEmpty() ? "default" : subject.namespace();
    String id = name + "-" + ++events;
    ObjectNode event = objects.object("v1", "Event", namespace, subject.name() + "." + id);
    ((ObjectNode) event.path("metadata")).put("uid", "event-" + id);
    ObjectNode involved = event.putObject("involvedObject");
    involved.put("apiVersion", subject.apiVersion()).put("kind", subject.kind());
    involved.put("name", subject.name()).put("uid", subject.uid());
    if (!subject.namespace().isEmpty()) {
      involved.put("namespace", subject.namespace());
    }
    event.put("type", type).put("reason", reason).put("message", message);
    event.putObject("source").put("component", by);
    return event;
  }

  private void state(ObjectNode event, int first, int last, int count) {
    ((ObjectNode) event.path("metadata")).put("creationTimestamp", Objects.seconds(at(first)));
    event.put("firstTimestamp", Objects.seconds(at(first)));
    event.put("lastTimestamp", Objects.seconds(at(last))).put("count", count);
  }

  /** An alert of a Prometheus with kube-state-metrics. */
  Alert alert(int startsAt, String alertname, String severity, Map<String, String> labels) {
    Map<String, String> all = new java.util.TreeMap<>(labels);
    all.put("alertname", alertname);
    all.put("severity", severity);
    all.put("job", "kube-state-metrics");
    return new Alert(all, at(startsAt).plusMillis(623));
  }

  /** Alertmanager tells that they fire. */
  void fire(Alert... alerts) {
    notify(List.of(alerts), List.of(), 0);
  }

  /** Alertmanager tells that they are over. */
  void resolve(int endsAt, Alert... alerts) {
    notify(List.of(), List.of(alerts), endsAt);
  }

  /** Alertmanager tells of a whole group. */
  void notify(List<Alert> firing, List<Alert> resolved, int endsAt) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("version", "4").put("groupKey", "{}:{fault=\"" + name + "\"}");
    body.put("receiver", "causeline").put("status", firing.isEmpty() ? "resolved" : "firing");
    body.put("truncatedAlerts", 0);
    body.putObject("groupLabels");
    body.putObject("commonLabels");
    body.putObject("commonAnnotations");
    ArrayNode alerts = body.putArray("alerts");
    firing.forEach(alert -> add(alerts, alert, "firing", FIRING_END));
    resolved.forEach(
        alert -> add(alerts, alert, "resolved", at(endsAt).plusMillis(623).toString()));
    scenes.add(new Scene(null, false, body));
  }

  private static void add(ArrayNode alerts, Alert alert, String status, String endsAt) {
    ObjectNode json = alerts.addObject().put("status", status);
    ObjectNode labels = json.putObject("labels");
    alert.labels().forEach(labels::put);
    json.putObject("annotations").put("summary", "Told by " + alert.labels().get("alertname"));
    json.put("startsAt", alert.startsAt().toString()).put("endsAt", endsAt);
    json.put("fingerprint", Integer.toHexString(alert.labels().hashCode()));
  }
}
