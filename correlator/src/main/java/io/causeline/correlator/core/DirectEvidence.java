package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.Knowledge.Line;
import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.Matcher;
import io.causeline.model.KubernetesEvent;
import java.util.Optional;
import java.util.stream.Stream;

/** What a single event says by itself, without topology: for tests of patterns. */
public final class DirectEvidence {

  private DirectEvidence() {}

  /** The first line of a cause for which this event is evidence of at least medium weight. */
  public static Optional<Matcher.OnEvent> carrying(
      Knowledge knowledge, String causeId, KubernetesEvent event) {
    Heard heard = new Heard(knowledge.texts(), Hearing.Event.of(event));
    return Stream.concat(
            knowledge.eventLines(event.reason()).stream(), knowledge.anyEventLines().stream())
        .filter(line -> line.cause().id().equals(causeId) && line.role() == Role.EVIDENCE)
        .map(Line::matcher)
        .filter(line -> line.weight().carries())
        .filter(line -> heard.isMeantBy(line))
        .findFirst();
  }
}
