package io.causeline.correlator.core;

import io.causeline.correlator.core.Partitioner.Footprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rulings that hold, in the order in which they were made. Pure. */
final class Rulings {

  private final List<Ruling> all;

  Rulings(Collection<Ruling> all) {
    this.all =
        all.stream()
            .sorted(Comparator.comparing(Ruling::at).thenComparing(Ruling::commandId))
            .toList();
  }

  /** Entries that must be judged together with these. */
  Set<String> companions(Collection<Episode> members) {
    Set<String> ids = new TreeSet<>();
    for (Ruling ruling : all) {
      if (ruling.kind() == Ruling.Kind.TOGETHER && members.stream().anyMatch(ruling::concerns)) {
        ids.addAll(ruling.entries());
      }
    }
    return ids;
  }

  /** Hypotheses of this kind that were decided about any of these entries. */
  Set<Vote.Hypothesis> hypotheses(Ruling.Kind kind, Collection<Episode> members) {
    Set<Vote.Hypothesis> out = new LinkedHashSet<>();
    for (Ruling ruling : all) {
      Vote.Hypothesis hypothesis = ruling.hypothesis();
      if (ruling.kind() == kind
          && hypothesis != null
          && members.stream().anyMatch(ruling::concerns)) {
        out.add(hypothesis);
      }
    }
    return out;
  }

  /** The footprints as people want them: united and split. */
  List<Footprint> apply(List<Footprint> found, Partitioner partitioner) {
    List<Footprint> footprints = found;
    for (Ruling ruling : all) {
      if (ruling.kind() == Ruling.Kind.TOGETHER) {
        footprints = united(ruling, footprints, partitioner);
      } else if (ruling.kind() == Ruling.Kind.APART) {
        footprints = parted(ruling, footprints, partitioner);
      }
    }
    return footprints;
  }

  private List<Footprint> united(
      Ruling ruling, List<Footprint> footprints, Partitioner partitioner) {
    List<Footprint> out = new ArrayList<>();
    List<Episode> members = new ArrayList<>();
    int count = 0;
    for (Footprint footprint : footprints) {
      if (footprint.members().stream().anyMatch(ruling::concerns)) {
        members.addAll(footprint.members());
        count++;
      } else {
        out.add(footprint);
      }
    }
    if (count < 2) {
      return footprints;
    }
    out.add(footprint(members, partitioner, null));
    return out;
  }

  private Footprint footprint(
      List<Episode> members, Partitioner partitioner, @Nullable Instant ruledAt) {
    return partitioner.footprint(members, hypotheses(Ruling.Kind.REJECTED, members), ruledAt);
  }

  private List<Footprint> parted(
      Ruling ruling, List<Footprint> footprints, Partitioner partitioner) {
    List<Footprint> out = new ArrayList<>();
    List<Episode> apart = new ArrayList<>();
    for (Footprint footprint : footprints) {
      List<Episode> mine = footprint.members().stream().filter(ruling::concerns).toList();
      apart.addAll(mine);
      if (mine.isEmpty()) {
        out.add(footprint);
      } else if (mine.size() < footprint.members().size()) {
        List<Episode> rest =
            footprint.members().stream().filter(member -> !ruling.concerns(member)).toList();
        out.add(footprint(rest, partitioner, footprint.ruledAt()));
      }
    }
    if (!apart.isEmpty()) {
      out.add(footprint(apart, partitioner, ruling.at()));
    }
    return out;
  }
}
