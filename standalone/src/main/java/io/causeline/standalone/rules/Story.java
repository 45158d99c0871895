package io.causeline.standalone.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.bridge.alertmanager.AlertNormaliser;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.replay.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a test's story as a recording, and replays it: through the same normalisers and the same
 * core, with the settings of a service.
 */
final class Story {

  static final String CLUSTER = "test";

  /** When every story starts, for those that name times. */
  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  /** So long before anything happens the objects are listed. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final StoryEvents events = new StoryEvents();
  private final StoryObjects objects = new StoryObjects();
  private final Map<Map<String, String>, Instant> firing = new HashMap<>();
  private final List<Recorded> records = new ArrayList<>();

  private Story() {}

  /**
   * Replays a test's story.
   *
   * @return the incidents there are in the end, without merged ones
   */
  static List<Incident> incidents(RuleTest test, Knowledge knowledge, AlertNormaliser alerts) {
    Story story = new Story();
    story.tell(test);
    Instant last =
        story.records.isEmpty() ? START : story.records.get(story.records.size() - 1).at();
    Duration settle = Duration.between(last, START.plus(test.until()));
    return new Replay(CLUSTER, knowledge, CoreSettings.defaults(), alerts, incident -> {})
        .run(story.records.iterator(), settle).stream()
            .filter(incident -> incident.state() != Incident.State.MERGED)
            .toList();
  }

  private void tell(RuleTest test) {
    List<TestSignal> signals =
        test.signals().stream().sorted(Comparator.comparing(TestSignal::at)).toList();
    Instant begin = START;
    for (TestSignal signal : signals) {
      if (signal instanceof TestSignal.Event event && event.over() != null) {
        Instant first = START.plus(event.at()).minus(event.over());
        begin = first.isBefore(begin) ? first : begin;
      }
    }
    Instant listed = begin.minus(AHEAD);
    test.objects().forEach(object -> objects.old(object, listed).ifPresent(records::add));
    signals.forEach(this::tell);
    // Repeats of one line come before what other lines tell in between.
    records.sort(Comparator.comparing(Recorded::at));
  }

  private void tell(TestSignal signal) {
    Instant at = START.plus(signal.at());
    if (signal instanceof TestSignal.Event event) {
      for (StoryEvents.State state : events.states(event, START, objects.uid(event.on()))) {
        records.add(
            new Recorded.Watch(state.at(), "events", Recorded.Watch.Type.MODIFIED, state.json()));
      }
    } else if (signal instanceof TestSignal.Alert alert) {
      records.add(new Recorded.Webhook(at, webhook(alert, at)));
    } else if (signal instanceof TestSignal.Present present) {
      objects.told(present.object(), at).ifPresent(records::add);
    } else if (signal instanceof TestSignal.Gone gone) {
      objects.gone(gone.entity(), at).ifPresent(records::add);
    }
  }

  /** An alert that fires already goes on firing: it keeps its start. */
  private ObjectNode webhook(TestSignal.Alert alert, Instant at) {
    Instant since = firing.computeIfAbsent(alert.labels(), labels -> at);
    if (!alert.firing()) {
      firing.remove(alert.labels());
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("version", "4");
    ObjectNode each = body.putArray("alerts").addObject();
    each.put("status", alert.firing() ? "firing" : "resolved");
    ObjectNode labels = each.putObject("labels");
    alert.labels().forEach(labels::put);
    ObjectNode annotations = each.putObject("annotations");
    alert.annotations().forEach(annotations::put);
    each.put("startsAt", Json.time(since));
    each.put("endsAt", alert.firing() ? "0001-01-01T00:00:00Z" : Json.time(at));
    return body;
  }
}
