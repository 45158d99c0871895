package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All causes and event rules, indexed so that reading a signal touches only the few lines that can
 * match it. Immutable.
 */
public final class Knowledge {

  /** What a line says about its cause. */
  public enum Role {
    EVIDENCE,
    SYMPTOM,
    AGAINST,
    RECOVERY
  }

  /** A line with the cause that it belongs to. */
  public record Line<M extends Matcher>(Cause cause, Role role, M matcher) {}

  private final Map<String, Cause> causes;
  private final List<EventRule> rules;
  private final Cause unknown;
  private final String version;
  private final Map<String, List<Line<Matcher.OnEvent>>> byReason = new HashMap<>();
  private final List<Line<Matcher.OnEvent>> anyReason = new ArrayList<>();
  private final Map<String, List<Line<Matcher.OnAlert>>> byAlert = new HashMap<>();
  private final Map<ChangeKind, List<Line<Matcher.OnChange>>> byChange = new HashMap<>();
  private final Map<String, List<Line<Matcher.OnState>>> statesByCause = new HashMap<>();
  private final Map<String, List<EventRule>> rulesByReason = new HashMap<>();
  private final Map<String, List<Respelling>> respellingsByReason = new HashMap<>();
  private final List<EventRule> rulesForAnyReason = new ArrayList<>();
  private final Map<ChangeKind, List<ChangeRule>> rulesByChange = new HashMap<>();
  private final Map<String, List<Matcher.OnAlert>> benignAlerts = new HashMap<>();
  private final TextIndex texts;

  /**
   * Indexes causes and rules.
   *
   * @param causes ids are unique and {@code unknown} is among them
   * @param rules the first that matches counts
   * @param changeRules each that matches counts
   * @param respellings the first that matches counts
   * @param benign alerts that never open an incident by themselves
   * @param version changes when the content does
   */
  public Knowledge(
      Collection<Cause> causes,
      List<EventRule> rules,
      List<ChangeRule> changeRules,
      List<Respelling> respellings,
      List<Matcher.OnAlert> benign,
      String version) {
    this.causes = new LinkedHashMap<>();
    for (Cause cause : causes) {
      if (this.causes.put(cause.id(), cause) != null) {
        throw new IllegalArgumentException("cause '" + cause.id() + "' is there twice");
      }
    }
    Cause fallback = this.causes.get(Cause.UNKNOWN);
    if (fallback == null) {
      throw new IllegalArgumentException("the knowledge lacks the cause 'unknown'");
    }
    this.unknown = fallback;
    this.rules = List.copyOf(rules);
    this.version = version;
    for (Cause cause : this.causes.values()) {
      index(cause, Role.EVIDENCE, cause.evidence());
      index(cause, Role.SYMPTOM, cause.symptoms());
      index(cause, Role.AGAINST, cause.against());
      index(cause, Role.RECOVERY, cause.recovery());
    }
    for (Respelling respelling : respellings) {
      for (String reason : respelling.matcher().reasons()) {
        respellingsByReason.computeIfAbsent(reason, r -> new ArrayList<>()).add(respelling);
      }
    }
    for (ChangeRule rule : changeRules) {
      rulesByChange.computeIfAbsent(rule.matcher().change(), c -> new ArrayList<>()).add(rule);
    }
    for (Matcher.OnAlert alert : benign) {
      for (String name : alert.names()) {
        benignAlerts.computeIfAbsent(name, n -> new ArrayList<>()).add(alert);
      }
    }
    for (EventRule rule : this.rules) {
      if (rule.matcher().reasons().isEmpty()) {
        rulesForAnyReason.add(rule);
        rulesByReason.values().forEach(named -> named.add(rule));
      }
      for (String reason : rule.matcher().reasons()) {
        rulesByReason.computeIfAbsent(reason, r -> new ArrayList<>(rulesForAnyReason)).add(rule);
      }
    }
    this.texts = new TextIndex(patterns(respellings));
  }

  /** What events' messages and names are asked for. */
  private List<Pattern> patterns(List<Respelling> respellings) {
    List<Matcher.OnEvent> matchers = new ArrayList<>();
    byReason.values().forEach(lines -> lines.forEach(line -> matchers.add(line.matcher())));
    anyReason.forEach(line -> matchers.add(line.matcher()));
    rules.forEach(rule -> matchers.add(rule.matcher()));
    respellings.forEach(respelling -> matchers.add(respelling.matcher()));
    List<Pattern> patterns = new ArrayList<>();
    for (Matcher.OnEvent matcher : matchers) {
      Stream.of(
              matcher.message(),
              matcher.not(),
              matcher.namespace(),
              matcher.name(),
              matcher.component())
          .filter(Objects::nonNull)
          .forEach(patterns::add);
    }
    return patterns;
  }

  private void index(Cause cause, Role role, List<Matcher> matchers) {
    for (Matcher matcher : matchers) {
      if (matcher instanceof Matcher.OnEvent event) {
        Line<Matcher.OnEvent> line = new Line<>(cause, role, event);
        if (event.reasons().isEmpty()) {
          anyReason.add(line);
        }
        for (String reason : event.reasons()) {
          byReason.computeIfAbsent(reason, r -> new ArrayList<>()).add(line);
        }
      } else if (matcher instanceof Matcher.OnAlert alert) {
        for (String name : alert.names()) {
          byAlert.computeIfAbsent(name, n -> new ArrayList<>()).add(new Line<>(cause, role, alert));
        }
      } else if (matcher instanceof Matcher.OnChange change) {
        byChange
            .computeIfAbsent(change.change(), c -> new ArrayList<>())
            .add(new Line<>(cause, role, change));
      } else if (matcher instanceof Matcher.OnState state) {
        statesByCause
            .computeIfAbsent(cause.id(), c -> new ArrayList<>())
            .add(new Line<>(cause, role, state));
      }
    }
  }

  /** Changes when the content does. */
  public String version() {
    return version;
  }

  /** All causes, in the order of the packs. */
  public Collection<Cause> causes() {
    return causes.values();
  }

  /** The cause of this id. */
  public Optional<Cause> cause(String id) {
    return Optional.ofNullable(causes.get(id));
  }

  /**
   * The cause of this id, or {@code unknown} where it is not known any more (an entry may outlive
   * the pack that read it).
   */
  public Cause causeOrUnknown(String id) {
    return cause(id).orElse(unknown);
  }

  /** Lines that name this reason, in any case. */
  public List<Line<Matcher.OnEvent>> eventLines(String reason) {
    return byReason.getOrDefault(reason.toLowerCase(Locale.ROOT), List.of());
  }

  /** Lines that take any reason. */
  public List<Line<Matcher.OnEvent>> anyEventLines() {
    return anyReason;
  }

  /** Finds in events' messages and names what lines and rules ask for. */
  public TextIndex texts() {
    return texts;
  }

  /** Lines that name this alert. */
  public List<Line<Matcher.OnAlert>> alertLines(String name) {
    return byAlert.getOrDefault(name, List.of());
  }

  /** Which alerts of this name never open an incident by themselves. */
  public List<Matcher.OnAlert> benignAlerts(String name) {
    return benignAlerts.getOrDefault(name, List.of());
  }

  /** Lines that name this change. */
  public List<Line<Matcher.OnChange>> changeLines(ChangeKind change) {
    return byChange.getOrDefault(change, List.of());
  }

  /** A cause's lines about states of its locus. */
  public List<Line<Matcher.OnState>> stateLines(String causeId) {
    return statesByCause.getOrDefault(causeId, List.of());
  }

  /** Respellings that can match this reason, in order. */
  public List<Respelling> respellings(String reason) {
    return respellingsByReason.getOrDefault(reason.toLowerCase(Locale.ROOT), List.of());
  }

  /** Rules that can match this reason, in order. */
  public List<EventRule> rules(String reason) {
    return rulesByReason.getOrDefault(reason.toLowerCase(Locale.ROOT), rulesForAnyReason);
  }

  /** Rules that let such a change open an incident, in order. */
  public List<ChangeRule> changeRules(ChangeKind change) {
    return rulesByChange.getOrDefault(change, List.of());
  }
}
