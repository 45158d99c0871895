package io.causeline.collector.send;

import io.causeline.model.ObjectSnapshot;
import io.causeline.model.TopologyRecord;
import io.causeline.model.TopologyRecord.EpochEnd;
import io.causeline.model.TopologyRecord.Gone;
import io.causeline.model.TopologyRecord.Present;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be told of one object, in order, or the end of a list.
 *
 * @param records states and goings of the object, the oldest first; never empty
 * @param seenAt when the oldest of all that it stands for was seen
 */
record TopologyOp(List<TopologyRecord> records, Instant seenAt) {

  /** So many states of one object wait at most, however much room there is. */
  private static final int MOST = 16;

  TopologyOp {
    records = List.copyOf(records);
  }

  static TopologyOp present(ObjectSnapshot snapshot) {
    return new TopologyOp(List.of(new Present(snapshot)), snapshot.observedAt());
  }

  static TopologyOp gone(Gone gone) {
    return new TopologyOp(List.of(gone), gone.observedAt());
  }

  static TopologyOp epochEnd(EpochEnd end) {
    return new TopologyOp(List.of(end), end.observedAt());
  }

  boolean isEpochEnd() {
    return last() instanceof EpochEnd;
  }

  private TopologyRecord last() {
    return records.get(records.size() - 1);
  }

  /**
   * Both, the other one being later: every state while there is room, since what changed between
   * them may be the cause that is looked for. Without room the later state takes the place of the
   * earlier ones, but never hides that an object had gone: of one name that was deleted and made
   * anew, the first going and the last are kept.
   */
  TopologyOp then(TopologyOp later, boolean room) {
    List<TopologyRecord> all = new ArrayList<>(records);
    all.addAll(later.records);
    return new TopologyOp(room && all.size() <= MOST ? all : coalesced(all), seenAt);
  }

  private static List<TopologyRecord> coalesced(List<TopologyRecord> all) {
    List<TopologyRecord> gones = all.stream().filter(Gone.class::isInstance).toList();
    List<TopologyRecord> kept = new ArrayList<>();
    if (!gones.isEmpty()) {
      kept.add(gones.get(0));
    }
    if (gones.size() > 1) {
      kept.add(gones.get(gones.size() - 1));
    }
    TopologyRecord last = all.get(all.size() - 1);
    if (!(last instanceof Gone)) {
      kept.add(last);
    }
    return kept;
  }

  /** Name of what it tells, in metrics. */
  String kind() {
    if (last() instanceof Present) {
      return "present";
    }
    return isEpochEnd() ? "epoch-end" : "gone";
  }
}
