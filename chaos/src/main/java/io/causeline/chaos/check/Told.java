package io.causeline.chaos.check;

import java.util.Set;

/**
 * What the world told the system, and what it may therefore not lose.
 *
 * @param states the last state of each Event and object at the API server, by the story's keys
 * @param alerts each alert and status of a webhook that was answered 200
 * @param refused webhooks that were refused for good
 */
public record Told(Set<String> states, Set<String> alerts, Set<String> refused) {

  public Told {
    states = Set.copyOf(states);
    alerts = Set.copyOf(alerts);
    refused = Set.copyOf(refused);
  }
}
