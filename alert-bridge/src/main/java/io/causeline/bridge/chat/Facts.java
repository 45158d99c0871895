package io.causeline.bridge.chat;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Affected;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import io.causeline.model.Text;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What people have been told of an incident: all that the next decision compares with.
 *
 * @param causeTitle of its best hypothesis then, in words
 * @param kinds of the objects that were hit, sorted; grows only, so that a kind that comes and goes
 *     is told once
 */
public record Facts(
    int revision,
    State state,
    Severity severity,
    String cause,
    EntityRef locus,
    String causeTitle,
    List<String> kinds,
    int reopened,
    @Nullable String mergedInto) {

  private static final int TITLE_BYTES = 300;

  public Facts {
    kinds = kinds == null ? List.of() : List.copyOf(kinds);
  }

  /** What an incident says. */
  public static Facts of(Incident incident) {
    return of(incident, List.of());
  }

  /** What an incident says after these facts. */
  public Facts then(Incident incident) {
    return of(incident, kinds);
  }

  private static Facts of(Incident incident, Collection<String> knownKinds) {
    TreeSet<String> kinds = new TreeSet<>(knownKinds);
    for (Affected entity : incident.impact().entities()) {
      if (!entity.role().equals(IncidentCard.ROLE_CAUSE)) {
        kinds.add(Text.label(entity.kind()));
      }
    }
    return new Facts(
        incident.revision(),
        incident.state(),
        incident.severity(),
        incident.best().cause(),
        incident.best().locus(),
        Text.cut(Text.clean(incident.best().title()), TITLE_BYTES),
        List.copyOf(kinds),
        incident.reopened(),
        incident.mergedInto());
  }
}
