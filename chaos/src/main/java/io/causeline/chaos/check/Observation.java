package io.causeline.chaos.check;

import java.util.List;
import java.util.Map;

/**
 * What was seen of a system: in its topics, at its API, in the chat. Only what can be compared
 * between two runs of one story is in it, beside ids.
 *
 * @param signals how often each state was found in {@code signals} and {@code topology}, by the
 *     story's keys
 * @param incidents as the API serves them, but for the merged
 * @param published what the topic of incidents says, by incident id
 * @param messages of the chat
 * @param poison places of the records that nobody can use
 * @param deadLetters places of the records that dead letters name
 * @param troubles what did not answer, or is not ready
 */
public record Observation(
    Map<String, Integer> signals,
    List<SeenIncident> incidents,
    Map<String, Published> published,
    List<SeenMessage> messages,
    List<Poisoned> poison,
    List<DeadLetter> deadLetters,
    List<String> troubles) {

  /** Nothing was seen. */
  public static final Observation NOTHING =
      new Observation(Map.of(), List.of(), Map.of(), List.of(), List.of(), List.of(), List.of());

  public Observation {
    signals = Map.copyOf(signals);
    incidents = List.copyOf(incidents);
    published = Map.copyOf(published);
    messages = List.copyOf(messages);
    poison = List.copyOf(poison);
    deadLetters = List.copyOf(deadLetters);
    troubles = List.copyOf(troubles);
  }

  /**
   * An incident.
   *
   * @param locus kind, namespace and name
   */
  public record SeenIncident(
      String id,
      String cluster,
      String state,
      String severity,
      String title,
      String cause,
      String locus,
      List<SeenEntry> timeline) {

    public SeenIncident {
      timeline = List.copyOf(timeline);
    }

    /** What it is an incident of. */
    public String subject() {
      return cluster + ": " + cause + " on " + locus;
    }
  }

  /**
   * An entry of a timeline.
   *
   * @param what source, entity, what happened and in which role
   * @param when first and last time since the story's beginning, where it has times of its own
   */
  public record SeenEntry(String what, String when, int count) {}

  /**
   * An incident as it was published.
   *
   * @param state the last
   * @param everActive whether any revision of it was open or acknowledged
   * @param revisionsAgain how many records did not raise the revision
   */
  public record Published(
      String cluster, String state, String title, boolean everActive, int revisionsAgain) {}

  /**
   * A message in the chat.
   *
   * @param incident id of the incident that it is about
   * @param operation which of the incident's messages it is
   * @param reply whether it is in a thread
   * @param text all that a person sees
   */
  public record SeenMessage(String incident, String operation, boolean reply, String text) {}

  /**
   * A record that nobody can use.
   *
   * @param topic without the prefix
   */
  public record Poisoned(String topic, String place, String name) {}

  /**
   * A dead letter.
   *
   * @param place of the record that it was
   * @param transactional whether it was written exactly once, with the rest of what was done
   */
  public record DeadLetter(String place, boolean transactional, String why) {}
}
