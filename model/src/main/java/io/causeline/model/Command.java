package io.causeline.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
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
 * @param about what else it needs; null for actions that need nothing else
 */
public record Command(
    String cluster,
    String id,
    Instant at,
    String incidentId,
    Action action,
    String actor,
    @Nullable String text,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable About about) {

  /**
   * What an action is about, beside its incident.
   *
   * @param into merge: the incident that goes on
   * @param entries split: ids of the timeline entries that become an incident of their own; empty
   *     where a merged incident is to stand alone again
   * @param cause confirm-cause, reject-cause: id of the cause
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record About(@Nullable String into, List<String> entries, @Nullable String cause) {

    public About {
      entries = entries == null ? List.of() : List.copyOf(entries);
    }
  }

  /** A command that needs nothing else. */
  public Command(
      String cluster,
      String id,
      Instant at,
      String incidentId,
      Action action,
      String actor,
      @Nullable String text) {
    this(cluster, id, at, incidentId, action, actor, text, null);
  }

  /** What can be done to an incident. */
  public enum Action {
    @JsonProperty("acknowledge")
    ACKNOWLEDGE,
    @JsonProperty("resolve")
    RESOLVE,
    @JsonProperty("reopen")
    REOPEN,
    @JsonProperty("comment")
    COMMENT,
    /** Into another incident: one fault is behind both. */
    @JsonProperty("merge")
    MERGE,
    /** Some entries, or an incident that was merged, stand alone. */
    @JsonProperty("split")
    SPLIT,
    @JsonProperty("confirm-cause")
    CONFIRM_CAUSE,
    @JsonProperty("reject-cause")
    REJECT_CAUSE;

    /** The word in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  public Command {
    ClusterName.require(cluster);
    actor = Text.label(actor);
    text = text == null ? null : Text.message(text);
  }
}
