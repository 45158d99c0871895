package io.causeline.bridge.chat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.causeline.model.EntityRef;
import io.causeline.model.Hashes;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Affected;
import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Fix;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.Source;
import io.causeline.model.Incident.State;
import io.causeline.model.Incident.TimelineEntry;
import io.causeline.model.Json;
import io.causeline.model.Text;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a message says of an incident, before a channel puts it into its own form: chosen, cleaned
 * of control characters and cut, but not escaped. Two incidents with equal cards look alike, so the
 * card's hash tells whether a message has to be edited; what changes with every repeat of a signal
 * (counts, the last time) is left out on purpose.
 *
 * @param rival the second hypothesis
 * @param affected the first of what is hit, without the place of the cause
 * @param moreAffected how many more there are
 * @param next the first check with a command, else the first check
 * @param fix the first fix
 * @param alerts the first of its alerts, the most severe first, one for each name
 * @param moreAlerts how many more names there are
 * @param startedAt event time of its first signal
 * @param page its own page; null where no external address is set
 * @param mergedPage the page of the incident that took it over
 */
public record IncidentCard(
    String id,
    String cluster,
    State state,
    Severity severity,
    String title,
    Likely best,
    @Nullable Likely rival,
    List<Affected> affected,
    int moreAffected,
    int services,
    int pods,
    int nodes,
    @Nullable Step next,
    @Nullable Step fix,
    List<AlertLine> alerts,
    int moreAlerts,
    List<String> gaps,
    Instant startedAt,
    @Nullable Instant resolvedAt,
    int reopened,
    @Nullable String mergedInto,
    @Nullable WebLink page,
    @Nullable WebLink mergedPage) {

  static final String ROLE_CAUSE = "cause";

  private static final int MAX_HYPOTHESES = 2;
  private static final int MAX_AFFECTED = 10;
  private static final int MAX_ALERTS = 3;
  private static final int MAX_GAPS = 3;
  private static final int TITLE_BYTES = 400;
  private static final int TEXT_BYTES = 800;
  private static final int COMMAND_CHARACTERS = 1000;

  /** A hypothesis in words; the confidence in whole percent. */
  public record Likely(String cause, String title, String place, int percent) {

    /** Whether it says that nothing known fits. */
    @JsonIgnore
    public boolean unknown() {
      return cause.equals("unknown");
    }
  }

  /** What to look at, or to do. A command is all there or not at all: half of one is a trap. */
  public record Step(String text, @Nullable String command, @Nullable String risk) {}

  /**
   * An alert of the incident.
   *
   * @param source where its expression can be seen; not in the hash, since each of two Prometheus
   *     servers writes its own
   */
  public record AlertLine(
      String name,
      String place,
      @Nullable String summary,
      @Nullable WebLink runbook,
      @JsonIgnore @Nullable WebLink source) {}

  public IncidentCard {
    affected = List.copyOf(affected);
    alerts = List.copyOf(alerts);
    gaps = List.copyOf(gaps);
  }

  /**
   * The card of an incident.
   *
   * @param external the address that people reach Causeline at, if they do
   */
  public static IncidentCard of(Incident incident, @Nullable WebLink external) {
    List<Affected> hit =
        incident.impact().entities().stream().filter(e -> !e.role().equals(ROLE_CAUSE)).toList();
    Map<String, TimelineEntry> alerts = alertsByName(incident);
    return new IncidentCard(
        incident.id(),
        incident.cluster(),
        incident.state(),
        incident.severity(),
        Text.cut(Text.clean(incident.title()), TITLE_BYTES),
        likely(incident.best()),
        incident.hypotheses().size() > 1 ? likely(incident.hypotheses().get(1)) : null,
        hit.stream().limit(MAX_AFFECTED).map(IncidentCard::cleaned).toList(),
        Math.max(0, hit.size() - MAX_AFFECTED),
        incident.impact().services(),
        incident.impact().pods(),
        incident.impact().nodes(),
        nextStep(incident.best().checks()),
        firstFix(incident.best().fixes()),
        alerts.values().stream().limit(MAX_ALERTS).map(IncidentCard::alertLine).toList(),
        Math.max(0, alerts.size() - MAX_ALERTS),
        incident.feed().complete()
            ? List.of()
            : incident.feed().gaps().stream().limit(MAX_GAPS).map(Text::label).toList(),
        incident.firstSignalAt(),
        incident.resolvedAt(),
        incident.reopened(),
        incident.mergedInto(),
        WebLink.incidentPage(external, incident.id()).orElse(null),
        WebLink.incidentPage(external, incident.mergedInto()).orElse(null));
  }

  /**
   * The incident with only what a card can show of its timeline and hypotheses, so that many
   * incidents can wait for a chat that is out.
   */
  static Incident trimmed(Incident incident) {
    return new Incident(
        incident.id(),
        incident.cluster(),
        incident.state(),
        incident.severity(),
        incident.title(),
        incident.firstSignalAt(),
        incident.lastSignalAt(),
        incident.openedAt(),
        incident.updatedAt(),
        incident.resolvedAt(),
        incident.reopened(),
        incident.mergedInto(),
        incident.revision(),
        incident.hypotheses().stream()
            .limit(MAX_HYPOTHESES)
            .map(IncidentCard::withoutEvidence)
            .toList(),
        incident.impact(),
        List.copyOf(alertsByName(incident).values()),
        incident.feed());
  }

  private static Hypothesis withoutEvidence(Hypothesis hypothesis) {
    return new Hypothesis(
        hypothesis.rank(),
        hypothesis.cause(),
        hypothesis.title(),
        hypothesis.locus(),
        hypothesis.confidence(),
        List.of(),
        List.of(),
        List.of(),
        hypothesis.checks(),
        hypothesis.fixes(),
        List.of());
  }

  /** How long it lasted, or has lasted for as far as is known. */
  static Duration lasted(Incident incident) {
    Instant end = incident.resolvedAt() == null ? incident.lastSignalAt() : incident.resolvedAt();
    Duration lasted = Duration.between(incident.firstSignalAt(), end);
    return lasted.isNegative() ? Duration.ZERO : lasted;
  }

  /** How long it lasted; zero while it goes on. */
  public Duration lasted() {
    if (resolvedAt == null || resolvedAt.isBefore(startedAt)) {
      return Duration.ZERO;
    }
    return Duration.between(startedAt, resolvedAt);
  }

  /** 16 hex digits that differ where the cards do. */
  public String hash() {
    return Hashes.id(new String(Json.bytes(this), StandardCharsets.UTF_8));
  }

  static int percent(Hypothesis hypothesis) {
    return (int) Math.round(100 * Math.min(1, Math.max(0, hypothesis.confidence())));
  }

  private static Likely likely(Hypothesis hypothesis) {
    return new Likely(
        hypothesis.cause(),
        Text.cut(Text.clean(hypothesis.title()), TITLE_BYTES),
        place(hypothesis.locus()),
        percent(hypothesis));
  }

  /** {@code Pod shop/checkout-1}, {@code Node worker-3}, {@code ControlPlane}. */
  private static String place(EntityRef entity) {
    if (entity.namespace() != null) {
      return entity.kind() + " " + entity.namespace() + "/" + entity.name();
    }
    return entity.name().equals(EntityRef.SINGLETON)
        ? entity.kind()
        : entity.kind() + " " + entity.name();
  }

  private static @Nullable Step nextStep(List<Check> checks) {
    if (checks.isEmpty()) {
      return null;
    }
    Check check =
        checks.stream().filter(c -> command(c.command()) != null).findFirst().orElse(checks.get(0));
    return new Step(text(check.text()), command(check.command()), null);
  }

  private static @Nullable Step firstFix(List<Fix> fixes) {
    if (fixes.isEmpty()) {
      return null;
    }
    Fix fix = fixes.get(0);
    String risk = fix.risk() == null ? "" : text(fix.risk());
    return new Step(text(fix.text()), command(fix.command()), risk.isEmpty() ? null : risk);
  }

  private static String text(String raw) {
    return Text.cut(Text.clean(raw), TEXT_BYTES);
  }

  private static @Nullable String command(@Nullable String raw) {
    if (raw == null || raw.length() > COMMAND_CHARACTERS) {
      return null;
    }
    String cleaned =
        raw.lines().map(Text::clean).filter(l -> !l.isEmpty()).collect(Collectors.joining("\n"));
    return cleaned.isEmpty() ? null : cleaned;
  }

  private static Affected cleaned(Affected entity) {
    return new Affected(
        Text.label(entity.kind()),
        entity.namespace() == null || entity.namespace().isBlank()
            ? null
            : Text.label(entity.namespace()),
        Text.label(entity.name()),
        Text.label(entity.role()));
  }

  private static Map<String, TimelineEntry> alertsByName(Incident incident) {
    List<TimelineEntry> entries =
        new ArrayList<>(incident.timeline() == null ? List.of() : incident.timeline());
    entries.removeIf(e -> e.source() != Source.ALERT || e.role() == Incident.Role.RECOVERY);
    entries.sort(
        Comparator.<TimelineEntry>comparingInt(e -> severityRank(e.severity()))
            .thenComparing(TimelineEntry::at)
            .thenComparing(TimelineEntry::id));
    Map<String, TimelineEntry> byName = new LinkedHashMap<>();
    for (TimelineEntry entry : entries) {
      byName.putIfAbsent(entry.what(), entry);
    }
    return byName;
  }

  private static int severityRank(@Nullable String severity) {
    return switch (severity == null ? "" : severity.toLowerCase(Locale.ROOT)) {
      case "critical" -> 0;
      case "warning" -> 1;
      default -> 2;
    };
  }

  private static AlertLine alertLine(TimelineEntry entry) {
    String summary = text(entry.summary() == null ? "" : entry.summary());
    return new AlertLine(
        Text.label(entry.what()),
        place(entry.entity()),
        summary.isEmpty() ? null : summary,
        WebLink.of(entry.runbookUrl()).orElse(null),
        WebLink.of(entry.generatorUrl()).orElse(null));
  }
}
