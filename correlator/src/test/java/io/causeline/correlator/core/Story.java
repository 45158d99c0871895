package io.causeline.correlator.core;

import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What happens in a world. */
record Story(World world, List<Step> steps) {

  /** The records that are seen of it, in the order of the time at which they are seen. */
  List<Object> records() {
    return new Cast(world).play(steps);
  }

  Story without(Step.Kind kind) {
    return new Story(world, steps.stream().filter(step -> step.kind() != kind).toList());
  }

  Story with(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new Story(world, more);
  }

  boolean has(Step.Kind kind) {
    return steps.stream().anyMatch(step -> step.kind() == kind);
  }

  static Instant seenAt(Object record) {
    return record instanceof Signal signal
        ? signal.observedAt()
        : ((TopologyRecord) record).observedAt();
  }

  @Override
  public String toString() {
    return "\n  In a world of "
        + world
        + steps.stream()
            .sorted(Comparator.comparing(Step::second))
            .map(step -> "\n    " + step)
            .collect(Collectors.joining())
        + "\n";
  }
}
