package io.causeline.bridge.chat;

import io.causeline.model.Incident;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A partition of {@code incidents} on its way into a channel. At first it is not read, until it is
 * known what was posted; then it gathers what the topic holds, up to where it ended, and only the
 * latest of each incident goes on; from then on everything goes on as it comes.
 */
final class PartitionIntake {

  /** Where it is. */
  enum Stage {
    LOADING,
    CATCHING_UP,
    LIVE,
    /** A newer version wrote to it; it is not read any further. */
    BLOCKED
  }

  /**
   * What the topic holds of an incident.
   *
   * @param recentNews whether a revision that is worth a message was published since this process
   *     began
   */
  private record Gathered(Work work, long firstOffset, boolean recentNews) {

    Gathered then(Gathered later) {
      return new Gathered(later.work().after(work), firstOffset, recentNews || later.recentNews());
    }
  }

  private final int partition;
  private final ChannelWorker worker;
  private final Map<IncidentRef, Gathered> gathered = new LinkedHashMap<>();
  private Stage stage = Stage.LOADING;
  private boolean firstEver;
  private long end;
  private long committed = -1;
  private @Nullable String blocked;

  PartitionIntake(int partition, ChannelWorker worker) {
    this.partition = partition;
    this.worker = worker;
  }

  Stage stage() {
    return stage;
  }

  /** Why it is blocked; null if it is not. */
  @Nullable String blocked() {
    return blocked;
  }

  /**
   * It is known what was posted.
   *
   * @param end where the topic's partition ends for now
   * @param firstEver whether nothing was ever read from it for this channel: what was over before
   *     this process began is history then, not news
   */
  void loaded(Map<IncidentRef, NotificationState> states, long end, boolean firstEver) {
    worker.assign(partition, states);
    this.end = end;
    this.firstEver = firstEver;
    this.stage = Stage.CATCHING_UP;
  }

  void block(String reason) {
    stage = Stage.BLOCKED;
    blocked = reason;
  }

  /**
   * Takes a record.
   *
   * @param recent whether it was published since this process began
   */
  void take(IncidentRef ref, Work work, long offset, boolean recent) {
    if (stage == Stage.LIVE) {
      worker.offer(ref, work, offset);
      return;
    }
    boolean recentNews = recent && work instanceof Work.Show show && show.wasNews();
    gathered.merge(ref, new Gathered(work, offset, recentNews), Gathered::then);
  }

  /** Goes live when it has been read far enough. */
  void reached(long position) {
    if (stage != Stage.CATCHING_UP || position < end) {
      return;
    }
    stage = Stage.LIVE;
    gathered.forEach((ref, g) -> worker.offer(ref, asOfNow(g), g.firstOffset()));
    gathered.clear();
  }

  private Work asOfNow(Gathered g) {
    if (firstEver && g.work() instanceof Work.Show show) {
      Incident incident = show.incident();
      boolean news = show.wasNews() && (g.recentNews() || incident.state().active());
      return new Work.Show(incident, news);
    }
    return g.work();
  }

  /** The offset up to which everything is dealt with. */
  OptionalLong done(long position) {
    if (stage == Stage.LOADING) {
      return OptionalLong.empty();
    }
    long first = worker.firstOffset(partition).orElse(position);
    for (Gathered g : gathered.values()) {
      first = Math.min(first, g.firstOffset());
    }
    return OptionalLong.of(Math.min(first, position));
  }

  /** Whether this offset still has to be committed. */
  boolean uncommitted(long offset) {
    return offset != committed;
  }

  PartitionIntake committed(long offset) {
    committed = offset;
    return this;
  }
}
