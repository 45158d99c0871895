package io.causeline.bridge.chat;

import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import io.causeline.service.Metrics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A channel's worker, moved by hand: its clock, its notifications, its incidents. */
final class ChannelBench {

  static final int PARTITION = 3;

  final SteppedClock clock;
  final MemoryLog log = new MemoryLog();
  final Metrics metrics = new Metrics();
  private final ChatChannel channel;
  private final Map<IncidentRef, Work> topic = new LinkedHashMap<>();
  private long offset;
  ChannelWorker worker;

  ChannelBench(ChatChannel channel, SteppedClock clock) {
    this.channel = channel;
    this.clock = clock;
    start();
  }

  private void start() {
    worker = new ChannelWorker(channel, log, clock, metrics, null);
    worker.assign(PARTITION, log.read(Set.of(PARTITION), channel.name()));
  }

  static IncidentRef ref(Incident incident) {
    return new IncidentRef(PARTITION, incident.cluster(), incident.id());
  }

  /** An incident is published. */
  void publish(Incident incident) {
    publish(incident, Severity.INFO);
  }

  void publish(Incident incident, Severity least) {
    Work work = new Work.Show(incident, NotificationDecision.isNews(incident, least));
    topic.merge(ref(incident), work, (before, now) -> now.after(before));
    worker.offer(ref(incident), work, offset++);
  }

  void forget(Incident incident) {
    topic.remove(ref(incident));
    worker.offer(ref(incident), new Work.Forget(), offset++);
  }

  /** The process dies and starts again: what it had not finished, and more, is read again. */
  void restart() {
    start();
    topic.forEach((ref, work) -> worker.offer(ref, work, offset++));
  }

  /** Steps, with time passing as it is asked for, until nothing is left to do. */
  void settle() {
    for (int i = 0; i < 500; i++) {
      Instant next = worker.step();
      if (worker.pending() == 0) {
        return;
      }
      if (next.isAfter(clock.instant())) {
        clock.advanceTo(next);
      }
    }
    throw new AssertionError("not settled after 500 steps: " + worker.trouble());
  }

  /** Steps without time passing, until nothing more can be done now. */
  void stepNow() {
    for (int i = 0; i < 500; i++) {
      if (worker.step().isAfter(clock.instant())) {
        return;
      }
    }
    throw new AssertionError("no end of steps");
  }
}
