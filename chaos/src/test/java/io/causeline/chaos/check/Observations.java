package io.causeline.chaos.check;

import io.causeline.chaos.check.Observation.DeadLetter;
import io.causeline.chaos.check.Observation.Poisoned;
import io.causeline.chaos.check.Observation.Published;
import io.causeline.chaos.check.Observation.SeenEntry;
import io.causeline.chaos.check.Observation.SeenIncident;
import io.causeline.chaos.check.Observation.SeenMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small system in which all is well, to be spoilt by a test. */
final class Observations {

  static final String EVENT = "event alpha e1 x7";
  static final String ALERT = "alert alpha {alertname=KubePodCrashLooping} firing T";
  static final Told TOLD = new Told(Set.of(EVENT), Set.of(ALERT), Set.of());

  final Map<String, Integer> signals = new HashMap<>(Map.of(EVENT, 1, ALERT, 2));
  final List<SeenIncident> incidents = new ArrayList<>();
  final Map<String, Published> published = new HashMap<>();
  final List<SeenMessage> messages = new ArrayList<>();
  final List<Poisoned> poison = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();
  final List<String> troubles = new ArrayList<>();

  /**
   * Two incidents, of which one is resolved.
   *
   * @param run makes ids, which are each run's own
   */
  static Observations of(String run) {
    Observations all = new Observations();
    all.incident(run + "1", "open", "application-crash", "Deployment/shop/web", 7);
    all.incident(run + "2", "resolved", "node-down", "Node/-/n1", 1);
    all.poison.add(new Poisoned("signals", "causeline.signals-0@7", "bad JSON"));
    all.deadLetters.add(new DeadLetter("causeline.signals-0@7", true, "not JSON"));
    return all;
  }

  private void incident(String id, String state, String cause, String locus, int count) {
    String title = "It is " + cause;
    incidents.add(
        new SeenIncident(
            id,
            "alpha",
            state,
            "warning",
            title,
            cause,
            locus,
            List.of(new SeenEntry("event " + locus + " Told as cause", "PT1S to PT9S", count))));
    published.put(id, new Published("alpha", state, title, true, 0));
    messages.add(
        new SeenMessage(
            id, "message", false, state.toUpperCase(java.util.Locale.ROOT) + ": *" + title + "*"));
  }

  Observation seen() {
    return new Observation(signals, incidents, published, messages, poison, deadLetters, troubles);
  }
}
