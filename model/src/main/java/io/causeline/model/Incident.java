package io.causeline.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The footprint of one cause at one place: the same shape in the CLI, the HTTP API and the {@code
 * incidents} topic.
 *
 * @param id stable; embeds a hash of the cluster's name, see {@link IncidentId}
 * @param severity the highest label among its firing alerts, else warning
 * @param firstSignalAt event time of its first symptom or evidence
 * @param lastSignalAt event time of its last one
 * @param openedAt cluster time at which it opened; never changes
 * @param updatedAt cluster time of its last material change
 * @param resolvedAt cluster time at which it resolved, dated by its deadline; null unless resolved
 * @param reopened how often it came back within the reopen window
 * @param mergedInto id of the incident that took it over; null unless merged
 * @param revision rises with every published change
 * @param hypotheses best first; never empty
 * @param timeline oldest first; empty in lists
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
  "id",
  "cluster",
  "state",
  "severity",
  "title",
  "firstSignalAt",
  "lastSignalAt",
  "openedAt",
  "updatedAt",
  "resolvedAt",
  "reopened",
  "mergedInto",
  "revision",
  "hypotheses",
  "impact",
  "timeline",
  "feed"
})
public record Incident(
    String id,
    String cluster,
    State state,
    Severity severity,
    String title,
    Instant firstSignalAt,
    Instant lastSignalAt,
    Instant openedAt,
    Instant updatedAt,
    @Nullable Instant resolvedAt,
    int reopened,
    @Nullable String mergedInto,
    int revision,
    List<Hypothesis> hypotheses,
    Impact impact,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TimelineEntry> timeline,
    Feed feed) {

  /** Where it is in its life. */
  public enum State {
    @JsonProperty("open")
    OPEN,
    @JsonProperty("acknowledged")
    ACKNOWLEDGED,
    @JsonProperty("resolved")
    RESOLVED,
    @JsonProperty("merged")
    MERGED;

    /** Whether people still have to do with it. */
    public boolean active() {
      return this == OPEN || this == ACKNOWLEDGED;
    }

    /** The word in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** How bad, the worst first. */
  public enum Severity {
    @JsonProperty("critical")
    CRITICAL,
    @JsonProperty("warning")
    WARNING,
    @JsonProperty("info")
    INFO;

    /** The word in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public Incident {
    hypotheses = hypotheses == null ? List.of() : List.copyOf(hypotheses);
    if (hypotheses.isEmpty()) {
      throw new IllegalArgumentException("incident " + id + " has no hypothesis");
    }
    timeline = timeline == null ? null : List.copyOf(timeline);
  }

  /** The best hypothesis. */
  public Hypothesis best() {
    return hypotheses.get(0);
  }

  /** As it stands in a list: without its timeline. */
  public Incident withoutTimeline() {
    return with(null, feed);
  }

  /** With what is known of the feed as it is read. */
  public Incident withFeed(Feed current) {
    return with(timeline, current);
  }

  private Incident with(@Nullable List<TimelineEntry> entries, Feed current) {
    return new Incident(
        id,
        cluster,
        state,
        severity,
        title,
        firstSignalAt,
        lastSignalAt,
        openedAt,
        updatedAt,
        resolvedAt,
        reopened,
        mergedInto,
        revision,
        hypotheses,
        impact,
        entries,
        current);
  }

  /**
   * A cause at a place.
   *
   * @param rank from 1
   * @param cause id in the knowledge base; {@code unknown} is one
   * @param confidence 0..1; of the answers given at 0.8, about 80 % are right
   * @param explains ids of timeline entries that speak for it or that it would bring about
   * @param contradicts ids of timeline entries that speak against it
   * @param missing what would decide it
   */
  @JsonPropertyOrder({
    "rank",
    "cause",
    "title",
    "locus",
    "confidence",
    "explains",
    "contradicts",
    "missing",
    "checks",
    "fixes",
    "references"
  })
  public record Hypothesis(
      int rank,
      String cause,
      String title,
      EntityRef locus,
      double confidence,
      List<String> explains,
      List<String> contradicts,
      List<String> missing,
      List<Check> checks,
      List<Fix> fixes,
      List<String> references) {

    public Hypothesis {
      explains = List.copyOf(explains);
      contradicts = List.copyOf(contradicts);
      missing = List.copyOf(missing);
      checks = List.copyOf(checks);
      fixes = List.copyOf(fixes);
      references = List.copyOf(references);
    }
  }

  /** What to look at next; the command, where there is one, is filled in with real names. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Check(String text, @Nullable String command) {}

  /** What to do, and what could go wrong when doing it. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Fix(String text, @Nullable String command, @Nullable String risk) {}

  /**
   * What is hit.
   *
   * @param services how many distinct Services; pods and nodes likewise
   */
  public record Impact(List<Affected> entities, int services, int pods, int nodes) {

    public Impact {
      entities = List.copyOf(entities);
    }
  }

  /**
   * An entity that is hit, and how: {@code cause} for the best hypothesis' locus, else affected.
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Affected(String kind, @Nullable String namespace, String name, String role) {}

  /** Whether the feeds behind it may have missed something; joined when it is read. */
  public record Feed(boolean complete, List<String> gaps) {

    /** Nothing is known to be missing. */
    public static final Feed COMPLETE = new Feed(true, List.of());

    public Feed {
      gaps = List.copyOf(gaps);
    }
  }

  /**
   * Something that was seen or done.
   *
   * @param id unique within the incident, the same for the same signals
   * @param at event time of the first time that this incident saw it
   * @param lastAt event time of the last
   * @param count how often it was seen in this incident
   * @param what reason, alert name, kind of change, or action
   */
  @JsonPropertyOrder({
    "id",
    "at",
    "lastAt",
    "count",
    "source",
    "entity",
    "what",
    "message",
    "role",
    "severity",
    "summary",
    "description",
    "runbook_url",
    "generatorURL"
  })
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TimelineEntry(
      String id,
      Instant at,
      Instant lastAt,
      int count,
      Source source,
      EntityRef entity,
      String what,
      String message,
      Role role,
      @Nullable String severity,
      @Nullable String summary,
      @Nullable String description,
      @JsonProperty("runbook_url") @Nullable String runbookUrl,
      @JsonProperty("generatorURL") @Nullable String generatorUrl) {}

  /** Where an entry comes from. */
  public enum Source {
    @JsonProperty("kubernetes-event")
    KUBERNETES_EVENT,
    @JsonProperty("alert")
    ALERT,
    @JsonProperty("change")
    CHANGE,
    @JsonProperty("action")
    ACTION
  }

  /** What an entry means to its incident. */
  public enum Role {
    @JsonProperty("cause")
    CAUSE,
    @JsonProperty("symptom")
    SYMPTOM,
    @JsonProperty("change")
    CHANGE,
    @JsonProperty("recovery")
    RECOVERY,
    @JsonProperty("context")
    CONTEXT,
    @JsonProperty("action")
    ACTION
  }
}
