package io.causeline.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided: a record of the {@code commands} topic. Identity: {@code id}; the same
 * command twice is one.
 *
 * @param id given by who sent it (an Idempotency-Key), else random
 * @param at when it was accepted
 * @param incidentId what it is about
 * @param actor who did it, as told; for people, never a permission
 * @param text the comment; null where there is none
 */
public record Command(
    String cluster,
    String id,
    Instant at,
    String incidentId,
    Action action,
    String actor,
    @Nullable String text) {

  /** What can be done to an incident. */
  public enum Action {
    @JsonProperty("acknowledge")
    ACKNOWLEDGE,
    @JsonProperty("resolve")
    RESOLVE,
    @JsonProperty("reopen")
    REOPEN,
    @JsonProperty("comment")
    COMMENT;

    /** The word in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public Command {
    ClusterName.require(cluster);
    actor = Text.label(actor);
    text = text == null ? null : Text.message(text);
  }
}
