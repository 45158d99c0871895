package io.causeline.chaos.check;

import io.causeline.chaos.check.Observation.SeenIncident;
import io.causeline.chaos.check.Observation.SeenMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** A fault that is put into what was seen, so that it shows whether the checker finds it. */
public enum Plant {
  /** A signal is not there. */
  LOSS {
    @Override
    public Observation in(Observation seen, Told told, Random random) {
      List<String> keys = new ArrayList<>(new TreeSet<>(told.states()));
      keys.addAll(new TreeSet<>(told.alerts()));
      Map<String, Integer> signals = new HashMap<>(seen.signals());
      signals.remove(keys.get(random.nextInt(keys.size())));
      return new Observation(
          signals,
          seen.incidents(),
          seen.published(),
          seen.messages(),
          seen.poison(),
          seen.deadLetters(),
          seen.troubles());
    }
  },

  /** A message is in the chat twice. */
  DUPLICATE {
    @Override
    public Observation in(Observation seen, Told told, Random random) {
      List<SeenMessage> messages = new ArrayList<>(seen.messages());
      messages.add(messages.get(random.nextInt(messages.size())));
      return new Observation(
          seen.signals(),
          seen.incidents(),
          seen.published(),
          messages,
          seen.poison(),
          seen.deadLetters(),
          seen.troubles());
    }
  },

  /** An incident has another cause. */
  DIFFERENCE {
    @Override
    public Observation in(Observation seen, Told told, Random random) {
      List<SeenIncident> incidents = new ArrayList<>(seen.incidents());
      int at = random.nextInt(incidents.size());
      SeenIncident was = incidents.get(at);
      incidents.set(
          at,
          new SeenIncident(
              was.id(),
              was.cluster(),
              was.state(),
              was.severity(),
              was.title(),
              was.cause() + "-planted",
              was.locus(),
              was.timeline()));
      return new Observation(
          seen.signals(),
          incidents,
          seen.published(),
          seen.messages(),
          seen.poison(),
          seen.deadLetters(),
          seen.troubles());
    }
  };

  /**
   * What would have been seen with the fault.
   *
   * @param seen with at least one incident and one message
   */
  public abstract Observation in(Observation seen, Told told, Random random);
}
