package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.EventRule;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.Knowledge.Line;
import io.causeline.correlator.knowledge.Matcher;
import io.causeline.correlator.knowledge.Respelling;
import io.causeline.model.EntityRef;
import io.causeline.model.KubernetesEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the knowledge makes of an event's words. The pods of a workload mostly say the same, so what
 * was heard last is kept; only what asks for an object's name is asked for each.
 */
final class Hearing {

  private static final int MOST = 8192;

  private final Knowledge knowledge;
  private final Map<Words, Meaning> latest = new Latest<>(MOST);

  /** Who reads an event asks several times in a row. */
  private @Nullable Event last;

  private Meaning meaningOfLast = new Meaning(List.of(), List.of());

  Hearing(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** An event, as far as its meaning goes. */
  record Event(
      EntityRef entity,
      String reason,
      boolean warning,
      String message,
      @Nullable String component) {

    static Event of(KubernetesEvent event) {
      return new Event(
          event.entity(), event.reason(), event.warning(), event.message(), event.component());
    }
  }

  /**
   * A line that means an event.
   *
   * @param place that the message names
   */
  record Said(Line<Matcher.OnEvent> line, Optional<NamedPlace> place) {}

  /**
   * What decides.
   *
   * @param name of the object; null where it decides only what lines and rules themselves ask for
   */
  private record Words(
      String reason,
      String kind,
      @Nullable String namespace,
      @Nullable String name,
      boolean warning,
      String message,
      @Nullable String component) {}

  /** Rules and lines in order, for objects of any name. */
  private record Meaning(List<EventRule> rules, List<Said> lines) {}

  /** The first rule for such events; empty if there is none. */
  Optional<EventRule> rule(Event event) {
    Looked name = new Looked(knowledge.texts(), event.entity().name());
    for (EventRule rule : meaning(event).rules()) {
      if (name.holds(rule.matcher().name())) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** The lines that mean such an event, in order. */
  List<Said> lines(Event event) {
    Looked name = new Looked(knowledge.texts(), event.entity().name());
    List<Said> out = new ArrayList<>();
    for (Said said : meaning(event).lines()) {
      if (name.holds(said.line().matcher().name())) {
        out.add(said);
      }
    }
    return out;
  }

  private Meaning meaning(Event event) {
    if (!event.equals(last)) {
      meaningOfLast = found(event);
      last = event;
    }
    return meaningOfLast;
  }

  private Meaning found(Event event) {
    EntityRef entity = event.entity();
    boolean named = false;
    for (Respelling respelling : knowledge.respellings(event.reason())) {
      named |= respelling.matcher().name() != null;
    }
    Words words =
        new Words(
            event.reason(),
            entity.kind(),
            entity.namespace(),
            named ? entity.name() : null,
            event.warning(),
            event.message(),
            event.component());
    Meaning known = latest.get(words);
    if (known == null) {
      known = heard(event);
      latest.put(words, known);
    }
    return known;
  }

  private Meaning heard(Event event) {
    Heard heard = new Heard(knowledge.texts(), event);
    String reason = reason(heard, event.reason());
    List<EventRule> rules = new ArrayList<>();
    for (EventRule rule : knowledge.rules(reason)) {
      if (heard.isMeantButForNameBy(rule.matcher())) {
        rules.add(rule);
      }
    }
    List<Said> lines = new ArrayList<>();
    add(knowledge.eventLines(reason), heard, event.message(), lines);
    add(knowledge.anyEventLines(), heard, event.message(), lines);
    return new Meaning(List.copyOf(rules), List.copyOf(lines));
  }

  /** The reason that an event is read by. */
  private String reason(Heard heard, String sent) {
    for (Respelling respelling : knowledge.respellings(sent)) {
      if (heard.isMeantBy(respelling.matcher())) {
        return respelling.as();
      }
    }
    return sent;
  }

  private static void add(
      List<Line<Matcher.OnEvent>> from, Heard heard, String message, List<Said> to) {
    for (Line<Matcher.OnEvent> line : from) {
      if (heard.isMeantButForNameBy(line.matcher())) {
        Pattern pattern = line.matcher().message();
        to.add(
            new Said(line, pattern == null ? Optional.empty() : NamedPlace.in(pattern, message)));
      }
    }
  }
}
