package io.causeline.collector.send;

import io.causeline.model.ObjectSnapshot;
import io.causeline.model.TopologyRecord;
import io.causeline.model.TopologyRecord.EpochEnd;
import io.causeline.model.TopologyRecord.Gone;
import io.causeline.model.TopologyRecord.Present;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of one object, or of the end of a list. A later one takes the place of an
 * earlier one that has not been sent, but never hides that an object had gone: of one name that was
 * deleted and made anew, the first going and the last are kept.
 *
 * @param gones in order, at most two
 * @param last what is there after them, or the end of a list; null if nothing is there
 * @param seenAt when the oldest of all that it stands for was seen
 */
record TopologyOp(List<Gone> gones, @Nullable TopologyRecord last, Instant seenAt) {

  TopologyOp {
    gones = List.copyOf(gones);
  }

  static TopologyOp present(ObjectSnapshot snapshot) {
    return new TopologyOp(List.of(), new Present(snapshot), snapshot.observedAt());
  }

  static TopologyOp gone(Gone gone) {
    return new TopologyOp(List.of(gone), null, gone.observedAt());
  }

  static TopologyOp epochEnd(EpochEnd end) {
    return new TopologyOp(List.of(), end, end.observedAt());
  }

  boolean isEpochEnd() {
    return last instanceof EpochEnd;
  }

  /** Both, the other one being later. */
  TopologyOp then(TopologyOp later) {
    List<Gone> all = new ArrayList<>(gones);
    all.addAll(later.gones);
    List<Gone> kept = all.size() <= 2 ? all : List.of(all.get(0), all.get(all.size() - 1));
    return new TopologyOp(kept, later.last, seenAt);
  }

  /** Name of what it tells, in metrics. */
  String kind() {
    if (last instanceof Present) {
      return "present";
    }
    return isEpochEnd() ? "epoch-end" : "gone";
  }
}
