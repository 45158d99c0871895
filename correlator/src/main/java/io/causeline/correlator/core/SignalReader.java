package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import io.causeline.correlator.core.Reading.Opening;
import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.correlator.knowledge.EventRule;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.Knowledge.Line;
import io.causeline.correlator.knowledge.Matcher;
import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an entry by the knowledge, in the topology as of its own time. */
final class SignalReader {

  /**
   * States are read as of so long after the signal: its time may be cut to whole seconds, and the
   * object is seen a little later than the event about it.
   */
  static final Duration STATE_SLACK = Duration.ofSeconds(2);

  private final Knowledge knowledge;
  private final Hearing hearing;
  private final LocusFinder loci;
  private final LocusStates states;
  private final ChangeJudge changes;
  private final boolean tellBenign;
  private final Pool<Vote> sameVotes = new Pool<>();
  private final Pool<EntityRef> sameObjects = new Pool<>();

  SignalReader(
      Knowledge knowledge,
      LocusFinder loci,
      LocusStates states,
      ChangeJudge changes,
      boolean tellBenign) {
    this.tellBenign = tellBenign;
    this.knowledge = knowledge;
    this.hearing = new Hearing(knowledge);
    this.loci = loci;
    this.states = states;
    this.changes = changes;
  }

  /** The first rule for such events, or the defaults. */
  Rule rule(Hearing.Event event) {
    return hearing
        .rule(event)
        .map(rule -> new Rule(rule.openCount(), rule.openAfter(), rule.quiet(), rule.benign()))
        .orElse(Rule.DEFAULT);
  }

  /** How such events live. */
  record Rule(int openCount, Duration openAfter, Duration quiet, boolean benign) {
    static final Rule DEFAULT =
        new Rule(
            EventRule.DEFAULT_OPEN_COUNT,
            EventRule.DEFAULT_OPEN_AFTER,
            EventRule.DEFAULT_QUIET,
            false);

    static final Rule BENIGN =
        new Rule(DEFAULT.openCount(), DEFAULT.openAfter(), DEFAULT.quiet(), true);
  }

  /** What the entry says now. */
  Reading read(Episode episode) {
    Episode.State s = episode.state();
    Votes votes = new Votes(episode);
    Rule rule = Rule.DEFAULT;
    ChangeJudge.Judgement judgement = ChangeJudge.Judgement.NONE;
    switch (s.source()) {
      case KUBERNETES_EVENT -> {
        Hearing.Event event =
            new Hearing.Event(s.entity(), s.what(), s.warning(), s.message(), s.component());
        rule = rule(event);
        hearing.lines(event).forEach(votes::addEvent);
      }
      case ALERT -> {
        for (Line<Matcher.OnAlert> line : knowledge.alertLines(s.what())) {
          votes.addAlert(line);
        }
        if (knowledge.benignAlerts(s.what()).stream().anyMatch(alert -> matches(alert, s))) {
          rule = Rule.BENIGN;
        }
      }
      case CHANGE -> {
        if (s.change() != null) {
          for (Line<Matcher.OnChange> line : knowledge.changeLines(s.change())) {
            votes.addChange(line);
          }
        }
        judgement = changes.judge(s);
      }
      case ACTION -> {}
    }
    Opening opening = judgement.opening();
    if (s.source() != Source.CHANGE || opening != null) {
      votes.addStates(opening == null ? s.first().plus(STATE_SLACK) : opening.from());
    }
    votes.visited.addAll(judgement.visited());
    loci.seeOwners(s.entity(), s.first(), votes.visited);
    if (s.entity().kind().equals("Pod")) {
      votes.visited.add(Scope.selectors(s.entity().namespace()));
    }
    boolean unread = votes.supporting.isEmpty();
    if (unread && (s.source() == Source.ALERT || s.warning() || opening != null)) {
      EntityRef place = loci.fold(s.entity(), s.first());
      votes.visited.add(s.entity());
      votes.all.add(
          new Vote(
              Cause.UNKNOWN,
              place,
              Knowledge.Role.SYMPTOM,
              Weight.WEAK,
              s.entity().kind() + "/" + s.what(),
              null,
              false));
    }
    return new Reading(
        knowledge.version(),
        sameVotes.all(votes.all),
        sameObjects.all(votes.visited),
        rule.benign() && !(tellBenign && s.warning() && votes.carried()),
        opening == null ? rule.openCount() : Integer.MAX_VALUE,
        opening == null ? rule.openAfter() : Duration.between(s.first(), opening.from()),
        opening,
        judgement.next());
  }

  /** Collects an entry's votes. */
  private final class Votes {
    private final Episode.State s;
    private final Set<Vote> all = new LinkedHashSet<>();
    private final Set<Vote.Hypothesis> supporting = new LinkedHashSet<>();
    private final Set<EntityRef> visited = new LinkedHashSet<>();
    private final Map<LocusFinder.Way, List<EntityRef>> ways = new HashMap<>();

    Votes(Episode episode) {
      this.s = episode.state();
    }

    void addEvent(Hearing.Said said) {
      add(said.line(), said.place(), said.line().matcher().within());
    }

    void addAlert(Line<Matcher.OnAlert> line) {
      Episode.Alert alert = s.alert();
      if (alert != null && matches(line.matcher(), s)) {
        add(line, NamedPlace.in(line.matcher().placeLabel(), alert.labels()), null);
      }
    }

    void addChange(Line<Matcher.OnChange> line) {
      if (matches(line.matcher(), s)) {
        // What was merely found to be there tells nothing about when it came about.
        boolean timeless = line.matcher().change() == ChangeKind.OBSERVED;
        add(line, Optional.empty(), timeless ? null : line.matcher().within());
      }
    }

    private void add(
        Line<? extends Matcher> line, Optional<NamedPlace> place, @Nullable Duration within) {
      Matcher matcher = line.matcher();
      Optional<EntityRef> named = loci.named(line, place, s);
      List<EntityRef> places =
          named.isPresent()
              ? List.of(named.get())
              : ways.computeIfAbsent(loci.way(line, s), way -> loci.walk(way, s, visited));
      visited.add(s.entity());
      String group =
          matcher.group() != null
              ? matcher.group()
              : s.entity().kind() + "/" + s.what() + "/" + matcher.source();
      for (EntityRef locus : places) {
        Vote vote =
            new Vote(line.cause().id(), locus, line.role(), matcher.weight(), group, within, false);
        all.add(vote);
        if (vote.supports()) {
          supporting.add(vote.hypothesis());
        }
      }
    }

    /** Whether it names a cause. */
    boolean carried() {
      return all.stream().anyMatch(vote -> vote.evidence(Weight.MEDIUM) && !vote.state());
    }

    void addStates(Instant at) {
      for (Vote.Hypothesis hypothesis : supporting) {
        for (Line<Matcher.OnState> line : knowledge.stateLines(hypothesis.cause())) {
          LocusStates.Answer state =
              states.read(line.matcher().state(), hypothesis.locus(), s.entity(), at);
          visited.addAll(state.visited());
          if (state.holds()) {
            all.add(
                new Vote(
                    hypothesis.cause(),
                    hypothesis.locus(),
                    line.role(),
                    line.matcher().weight(),
                    line.matcher().group() != null
                        ? line.matcher().group()
                        : "state/" + line.matcher().state().word(),
                    null,
                    true));
          }
        }
      }
    }
  }

  private static boolean matches(Matcher.OnAlert matcher, Episode.State s) {
    Episode.Alert alert = s.alert();
    return alert != null
        && Heard.onKind(matcher.kinds(), s.entity().kind())
        && where(matcher.labels(), alert.labels());
  }

  /** Whether a line means such a change. */
  static boolean matches(Matcher.OnChange matcher, Episode.State s) {
    return Heard.onKind(matcher.kinds(), s.entity().kind())
        && where(matcher.where(), s.attributes())
        && found(matcher.namespace(), s.entity().namespace())
        && found(matcher.name(), s.entity().name());
  }

  private static boolean found(@Nullable Pattern pattern, @Nullable String text) {
    return pattern == null || (text != null && pattern.matcher(text).find());
  }

  private static boolean where(Map<String, Pattern> patterns, Map<String, String> values) {
    for (Map.Entry<String, Pattern> entry : patterns.entrySet()) {
      if (!entry.getValue().matches(values.getOrDefault(entry.getKey(), ""))) {
        return false;
      }
    }
    return true;
  }
}
