package io.causeline.correlator.core;

import io.causeline.correlator.core.Partitioner.Footprint;
import io.causeline.correlator.core.Scorer.Scored;
import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Command;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Affected;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes a footprint as an Incident. */
final class IncidentWriter {

  private static final int MOST_HYPOTHESES = 5;
  private static final int LEAST_HYPOTHESES = 3;
  private static final double NEGLIGIBLE = 0.01;
  private static final int MOST_SUSPECTS = 3;

  /** What was missed shortly before the first symptom may have been its cause. */
  private static final Duration BEFORE = Duration.ofMinutes(5);

  private static final String AFFECTED = "affected";

  private final String cluster;
  private final Knowledge knowledge;
  private final CoreSettings settings;
  private final Topology topology;
  private final EpisodeStore episodes;
  private final Gaps gaps;
  private final Advices advices;

  /** What the feeds may have missed in a time. */
  interface Gaps {
    List<String> between(Instant from, Instant to);
  }

  IncidentWriter(
      String cluster,
      Knowledge knowledge,
      CoreSettings settings,
      Topology topology,
      EpisodeStore episodes,
      Gaps gaps) {
    this.gaps = gaps;
    this.advices = new Advices(settings.language());
    this.cluster = cluster;
    this.knowledge = knowledge;
    this.settings = settings;
    this.topology = topology;
    this.episodes = episodes;
  }

  /** With revision 0 and {@code updatedAt} now: who publishes it says which. */
  Incident write(
      Head head, Footprint found, Decisions life, boolean flapping, int reopened, Instant now) {
    List<Episode> members = found.members();
    Instant last = members.get(0).last();
    for (Episode member : members) {
      last = member.last().isAfter(last) ? member.last() : last;
    }
    List<String> missed = gaps.between(members.get(0).first().minus(BEFORE), last);
    Footprint footprint =
        found.with(Ranking.of(found.hypotheses(), head.rulings(), !missed.isEmpty()));
    List<Scored> shown = shown(footprint.hypotheses());
    head.told().begin();
    Map<Episode, Set<EntityRef>> services = services(members);
    Wording wording =
        new Wording(knowledge, settings, topology, footprint, services, advices, head.told());
    Set<Episode> context = context(footprint, shown, life);
    EntityRef subject = wording.place(footprint.best());
    List<TimelineEntry> timeline =
        Timeline.of(
            footprint.component(),
            footprint.best(),
            footprint.hypotheses().get(0).explains(),
            members,
            context,
            head.commands(),
            subject);
    Incident.Impact hit = impact(footprint, wording, services);
    Set<String> ids = new HashSet<>();
    timeline.forEach(entry -> ids.add(entry.id()));
    List<Hypothesis> hypotheses = new ArrayList<>();
    for (Scored scored : shown) {
      hypotheses.add(
          wording.hypothesis(
              hypotheses.size() + 1,
              scored,
              keys(scored.explains(), ids),
              keys(scored.contradicts(), ids),
              hypotheses.isEmpty() ? missed : List.of(),
              suspects(scored, members.get(0).first(), context)));
    }
    return new Incident(
        head.id(),
        cluster,
        life.state(),
        severity(members),
        wording.title(hypotheses.get(0), hit, flapping),
        members.get(0).first(),
        last,
        head.openedAt(),
        now,
        life.resolvedAt(),
        reopened,
        null,
        0,
        hypotheses,
        hit,
        timeline,
        Incident.Feed.COMPLETE);
  }

  /** The incident that was merged, closed with a pointer. */
  Incident merged(Incident last, String into, Instant now) {
    return closed(
        last,
        Incident.State.MERGED,
        into,
        action(
            last,
            now,
            "merged-into-" + into,
            "merged",
            "merged into " + into + ": one cause explains both"),
        now);
  }

  /** The incident whose entries turned out to be none. */
  Incident withdrawn(Incident last, Instant now) {
    return closed(
        last,
        Incident.State.RESOLVED,
        null,
        action(
            last,
            now,
            "withdrawn",
            "withdrawn",
            "withdrawn: what was seen later shows that the state that opened it did not hold"),
        now);
  }

  private static TimelineEntry action(
      Incident last, Instant now, String id, String what, String message) {
    return new TimelineEntry(
        id,
        now,
        now,
        1,
        Incident.Source.ACTION,
        last.best().locus(),
        what,
        message,
        Incident.Role.ACTION,
        null,
        null,
        null,
        null,
        null);
  }

  private Incident closed(
      Incident last, Incident.State state, @Nullable String into, TimelineEntry why, Instant now) {
    List<TimelineEntry> timeline =
        new ArrayList<>(last.timeline() == null ? List.of() : last.timeline());
    timeline.add(why);
    return new Incident(
        last.id(),
        cluster,
        state,
        last.severity(),
        last.title(),
        last.firstSignalAt(),
        last.lastSignalAt(),
        last.openedAt(),
        now,
        state == Incident.State.RESOLVED ? now : null,
        last.reopened(),
        into,
        0,
        last.hypotheses(),
        last.impact(),
        timeline,
        Incident.Feed.COMPLETE);
  }

  /** A remembered incident whose entries are not computed again: only people did something. */
  Incident commented(Incident last, Decisions life, List<Command> commands, Instant now) {
    EntityRef subject = last.best().locus();
    List<TimelineEntry> timeline = new ArrayList<>();
    for (TimelineEntry entry :
        last.timeline() == null ? List.<TimelineEntry>of() : last.timeline()) {
      if (commands.stream().noneMatch(command -> command.id().equals(entry.id()))) {
        timeline.add(entry);
      }
    }
    timeline.addAll(Timeline.actions(commands, subject));
    return new Incident(
        last.id(),
        cluster,
        last.state() == Incident.State.MERGED ? Incident.State.MERGED : life.state(),
        last.severity(),
        last.title(),
        last.firstSignalAt(),
        last.lastSignalAt(),
        last.openedAt(),
        now,
        last.state() == Incident.State.MERGED ? null : life.resolvedAt(),
        last.reopened(),
        last.mergedInto(),
        0,
        last.hypotheses(),
        last.impact(),
        timeline,
        Incident.Feed.COMPLETE);
  }

  private static List<Scored> shown(List<Scored> ranked) {
    List<Scored> shown = new ArrayList<>();
    for (Scored scored : ranked) {
      if (shown.size() < LEAST_HYPOTHESES
          || (shown.size() < MOST_HYPOTHESES && scored.confidence() >= NEGLIGIBLE)) {
        shown.add(scored);
      }
    }
    return shown;
  }

  /**
   * What happened to the objects concerned and opens nothing by itself: changes, normal events,
   * recoveries, from some time before the first symptom to the end.
   */
  private Set<Episode> context(Footprint footprint, List<Scored> shown, Decisions life) {
    Instant from = footprint.members().get(0).first().minus(settings.contextWindow());
    Instant to = life.resolvedAt() == null ? Instant.MAX : life.resolvedAt();
    Set<EntityRef> concerned = new LinkedHashSet<>();
    concerned.add(footprint.best().locus());
    footprint.members().forEach(member -> concerned.add(member.entity()));
    Set<Episode> context = new LinkedHashSet<>();
    for (EntityRef entity : concerned) {
      for (Episode episode : episodes.about(entity)) {
        if (!episode.isMember()
            && episode.source() != Incident.Source.ALERT
            && episode.state().change() != ChangeKind.OBSERVED
            && !episode.last().isBefore(from)
            && !episode.first().isAfter(to)) {
          context.add(episode);
        }
      }
    }
    for (Scored scored : shown) {
      for (Episode episode : scored.explains()) {
        if (!episode.isMember()) {
          context.add(episode);
        }
      }
    }
    return context;
  }

  /** Changes shortly before the first symptom, the latest first: who else could it have been? */
  private static List<Episode> suspects(Scored scored, Instant began, Set<Episode> context) {
    return scored.hypothesis().cause().equals(Cause.UNKNOWN)
        ? context.stream()
            .filter(e -> e.source() == Incident.Source.CHANGE && !e.first().isAfter(began))
            .sorted(Comparator.comparing(Episode::first).reversed().thenComparing(Episode::id))
            .limit(MOST_SUSPECTS)
            .toList()
        : List.of();
  }

  private static List<String> keys(Collection<Episode> episodes, Set<String> known) {
    Set<String> keys = new TreeSet<>();
    for (Episode episode : episodes) {
      if (known.contains(episode.key())) {
        keys.add(episode.key());
      }
    }
    return List.copyOf(keys);
  }

  /** The highest label among its alerts, else warning. */
  private static Severity severity(List<Episode> members) {
    Severity highest = null;
    for (Episode member : members) {
      Episode.Alert alert = member.state().alert();
      if (alert != null) {
        Severity severity = severity(alert.severity());
        highest = highest == null || severity.compareTo(highest) < 0 ? severity : highest;
      }
    }
    return highest == null ? Severity.WARNING : highest;
  }

  private static Severity severity(@Nullable String label) {
    if (label == null) {
      return Severity.WARNING;
    }
    return switch (label) {
      case "critical", "page", "error", "fatal", "emergency" -> Severity.CRITICAL;
      case "info", "information", "informational", "notice" -> Severity.INFO;
      default -> Severity.WARNING;
    };
  }

  /** The Services that select the pods that these entries are about. */
  private Map<Episode, Set<EntityRef>> services(List<Episode> members) {
    Map<Episode, Set<EntityRef>> services = new HashMap<>();
    for (Episode member : members) {
      if (member.entity().kind().equals("Pod")) {
        services.put(member, topology.servicesOf(member.entity(), member.first()));
      }
    }
    return services;
  }

  private static Incident.Impact impact(
      Footprint footprint, Wording wording, Map<Episode, Set<EntityRef>> selecting) {
    Map<EntityRef, String> roles = new LinkedHashMap<>();
    roles.put(wording.place(footprint.best()), "cause");
    Set<EntityRef> hit = new TreeSet<>();
    for (Episode member : footprint.members()) {
      hit.add(member.entity());
      hit.addAll(selecting.getOrDefault(member, Set.of()));
    }
    hit.removeIf(entity -> Kinds.SINGLETONS.contains(entity.kind()));
    hit.forEach(entity -> roles.putIfAbsent(entity, AFFECTED));
    List<Affected> entities = new ArrayList<>();
    int services = 0;
    int pods = 0;
    int nodes = 0;
    for (Map.Entry<EntityRef, String> entry : roles.entrySet()) {
      EntityRef entity = entry.getKey();
      entities.add(
          new Affected(entity.kind(), entity.namespace(), entity.name(), entry.getValue()));
      switch (entity.kind()) {
        case "Service" -> services++;
        case "Pod" -> pods++;
        case "Node" -> nodes++;
        default -> {}
      }
    }
    return new Incident.Impact(entities, services, pods, nodes);
  }
}
