package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import io.causeline.model.Relation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a cause's evidence, symptoms, counter-evidence or recovery: which signals it means
 * and where from there the cause sits.
 */
public sealed interface Matcher {

  /**
   * How to walk from the signal's entity to the locus; empty for the default: the entity itself
   * where its kind fits the locus, its top owner for a workload's cause, the one place for a
   * singleton.
   */
  List<Relation> via();

  /** What a match is worth. */
  Weight weight();

  /**
   * Matches of one group count as one witness; null for a group of its own: entity kind, reason and
   * this line.
   */
  @Nullable String group();

  /** Where it stands, for messages: {@code nodes.yaml:14}. */
  String source();

  /** Whether the signal itself may name the place, by a group of its message or by a label. */
  default boolean namesPlace() {
    return false;
  }

  /** The group of a message pattern that names the place. */
  String LOCUS_GROUP = "locus";

  /** The group of a message pattern that names the place's namespace. */
  String NAMESPACE_GROUP = "namespace";

  /**
   * Kubernetes Events.
   *
   * @param reasons in lower case; empty for any reason
   * @param kinds kinds of the object; empty for any; {@code Workload} means any workload kind
   * @param warning null for either type
   * @param message found anywhere in the message; null for any; its groups {@link #LOCUS_GROUP} and
   *     {@link #NAMESPACE_GROUP} name the place
   * @param not the event does not count if this is found
   * @param namespace found anywhere in the object's namespace
   * @param name found anywhere in the object's name
   * @param component found anywhere in the emitter's name
   * @param within at most so long before the first symptom, as for a change; null for any time
   */
  record OnEvent(
      Set<String> reasons,
      Set<String> kinds,
      @Nullable Boolean warning,
      @Nullable Pattern message,
      @Nullable Pattern not,
      @Nullable Pattern namespace,
      @Nullable Pattern name,
      @Nullable Pattern component,
      @Nullable Duration within,
      List<Relation> via,
      Weight weight,
      @Nullable String group,
      String source)
      implements Matcher {

    @Override
    public boolean namesPlace() {
      return message != null && message.namedGroups().containsKey(LOCUS_GROUP);
    }
  }

  /**
   * Alerts.
   *
   * @param names alert names, exact
   * @param kinds kinds of its entity; empty for any
   * @param labels each label must match its pattern as a whole; an absent label is empty
   * @param placeLabel the label whose value names the place; null for none
   */
  record OnAlert(
      Set<String> names,
      Set<String> kinds,
      Map<String, Pattern> labels,
      @Nullable String placeLabel,
      List<Relation> via,
      Weight weight,
      @Nullable String group,
      String source)
      implements Matcher {

    @Override
    public boolean namesPlace() {
      return placeLabel != null;
    }
  }

  /**
   * Changes of observed objects.
   *
   * @param change kind of change, a word of {@link ChangeKind}
   * @param kinds kinds of the object; empty for any
   * @param where each attribute of the change must match its pattern as a whole
   * @param namespace found anywhere in the object's namespace
   * @param name found anywhere in the object's name
   * @param within at most so long before the first symptom
   */
  record OnChange(
      ChangeKind change,
      Set<String> kinds,
      Map<String, Pattern> where,
      @Nullable Pattern namespace,
      @Nullable Pattern name,
      Duration within,
      List<Relation> via,
      Weight weight,
      @Nullable String group,
      String source)
      implements Matcher {}

  /**
   * A state of the locus, as of the time of the signal that names it: it never brings a hypothesis
   * up, it only strengthens or weakens one.
   */
  record OnState(
      StateKind state, List<Relation> via, Weight weight, @Nullable String group, String source)
      implements Matcher {}
}
