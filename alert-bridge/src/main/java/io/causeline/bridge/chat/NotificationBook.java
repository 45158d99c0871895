package io.causeline.bridge.chat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one channel has of the incidents of the partitions that this process owns: the log's states
 * in memory. Used by one thread at a time.
 */
final class NotificationBook {

  private final String channel;
  private final NotificationLog log;
  private final Map<IncidentRef, NotificationState> states = new HashMap<>();
  // Incidents whose intent need not be looked up. The log still has it, which costs no more than a
  // look-up after a crash.
  private final Set<IncidentRef> notSent = new HashSet<>();
  private final Set<IncidentRef> unsaved = new HashSet<>();

  NotificationBook(String channel, NotificationLog log) {
    this.channel = channel;
    this.log = log;
  }

  /** Takes over what the log has of a partition. */
  void load(int partition, Map<IncidentRef, NotificationState> found) {
    drop(partition);
    states.putAll(found);
  }

  /** Forgets a partition. */
  void drop(int partition) {
    states.keySet().removeIf(ref -> ref.partition() == partition);
    notSent.removeIf(ref -> ref.partition() == partition);
    unsaved.removeIf(ref -> ref.partition() == partition);
  }

  /** What is known of an incident; null for nothing. */
  @Nullable NotificationState state(IncidentRef ref) {
    return states.get(ref);
  }

  /** Whether it has an intent whose message may be there. */
  boolean mayHaveBeenSent(IncidentRef ref) {
    NotificationState state = states.get(ref);
    return state != null && state.intent() != null && !notSent.contains(ref);
  }

  /**
   * Notes that the message of its intent is not there, or is to be sent again although it may be.
   */
  void resend(IncidentRef ref) {
    notSent.add(ref);
  }

  /** Notes that the channel did not take the message of its intent: this attempt does not count. */
  void notTaken(IncidentRef ref) {
    states.computeIfPresent(
        ref,
        (r, state) ->
            state.intent() == null ? state : state.intending(state.intent().withoutThisAttempt()));
    notSent.add(ref);
  }

  /** Writes down what is about to be done: believed only when it is stored. */
  void before(IncidentRef ref, NotificationState state) {
    log.store(ref, channel, state);
    states.put(ref, state);
    notSent.remove(ref);
  }

  /** Writes down what was done: true whether it is stored or not, so it is kept until it is. */
  void after(IncidentRef ref, @Nullable NotificationState state) {
    if (state == null) {
      states.remove(ref);
    } else {
      states.put(ref, state);
    }
    notSent.remove(ref);
    unsaved.add(ref);
    save(ref);
  }

  /** Stores what could not be stored before, if anything. */
  void save(IncidentRef ref) {
    if (unsaved.contains(ref)) {
      log.store(ref, channel, states.get(ref));
      unsaved.remove(ref);
    }
  }
}
