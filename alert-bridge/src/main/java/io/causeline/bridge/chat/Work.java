package io.causeline.bridge.chat;

import io.causeline.model.Incident;

/** What a channel has to do about an incident. */
sealed interface Work {

  /**
   * To bring the channel up to this.
   *
   * @param incident the latest, with no more of its timeline than a card can show
   * @param wasNews whether it, or a revision that it replaced unseen, is worth a message
   */
  record Show(Incident incident, boolean wasNews) implements Work {}

  /** To forget it: its retention is over. */
  record Forget() implements Work {}

  /** What is left to do when this comes after {@code earlier}. */
  default Work after(Work earlier) {
    return this instanceof Show now && earlier instanceof Show before && before.wasNews()
        ? new Show(now.incident(), true)
        : this;
  }
}
