package io.causeline.correlator.core;

import io.causeline.model.Incident.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a footprint is in its life: a pure function of its entries and the time.
 *
 * @param opensAt when it counts as an incident, not before it was seen; null while it may yet heal
 *     by itself
 * @param resolvedAt when all of it had been over for the hold; null while it lasts
 * @param flapping whether it came and went three times within the flap window: it is held open
 *     until that is over
 * @param next when this must be looked at again; null if only a signal can change it
 */
record Life(
    @Nullable Instant opensAt,
    @Nullable Instant resolvedAt,
    boolean flapping,
    @Nullable Instant next) {

  /** So many times make it flapping. */
  private static final int FLAPS = 3;

  /** A stretch in which anything lasted; the end is null while it does. */
  private record Bout(Instant start, @Nullable Instant end) {}

  static Life of(List<Episode> members, Healing healing, CoreSettings settings, Instant now) {
    Instant opens = null;
    Instant end = Instant.MIN;
    Instant next = null;
    boolean lasts = false;
    List<Bout> stretches = new ArrayList<>();
    for (Episode member : members) {
      Healing.End over = healing.of(member, now);
      next = Times.earliest(next, over.deadline());
      Instant at = over.at();
      stretches.add(new Bout(member.first(), at));
      if (at == null) {
        lasts = true;
      } else {
        end = at.isAfter(end) ? at : end;
      }
      boolean transitory = settings.openAtOnce() && at != null && healsInTime(member, at);
      if (opensAtOnce(member, settings) && !transitory) {
        // What was seen counts, also where the other feed has not come so far yet.
        boolean counted = member.source() != Source.ALERT && !settings.openAtOnce();
        Instant began = counted ? member.last() : member.first();
        Instant seenAt = member.state().seenAt();
        opens = Times.earliest(opens, began.isBefore(seenAt) ? seenAt : began);
      } else {
        Instant waited = member.first().plus(member.state().reading().openAfter());
        boolean heals = (at != null && !at.isAfter(waited)) || healing.isWell(member, waited);
        if (waited.isAfter(now)) {
          next = Times.earliest(next, waited);
        } else if (!heals) {
          opens = Times.earliest(opens, waited);
        }
      }
    }
    Instant flap = flap(stretches, settings);
    Instant resolved = lasts ? null : end.plus(settings.resolveHold());
    if (resolved != null && flap != null && flap.isAfter(resolved)) {
      resolved = flap;
    }
    if (resolved != null && resolved.isAfter(now)) {
      next = Times.earliest(next, resolved);
      resolved = null;
    }
    return new Life(opens, resolved, flap != null, next);
  }

  /**
   * Until when it is held open since it came and went so often; null if it did not.
   *
   * @param stretches of its entries, in any order
   */
  private static @Nullable Instant flap(List<Bout> stretches, CoreSettings settings) {
    stretches.sort(Comparator.comparing(Bout::start));
    List<Instant> starts = new ArrayList<>();
    Instant reach = Instant.MIN;
    for (Bout bout : stretches) {
      if (bout.start().isAfter(reach)) {
        starts.add(bout.start());
      }
      Instant end = bout.end() == null ? Instant.MAX : bout.end().plus(settings.resolveHold());
      reach = end.isAfter(reach) ? end : reach;
    }
    if (starts.size() < FLAPS) {
      return null;
    }
    Instant third = starts.get(starts.size() - FLAPS);
    Instant last = starts.get(starts.size() - 1);
    Instant until = third.plus(settings.flapWindow());
    return until.isAfter(last) ? until : null;
  }

  /** Whether it was over before it would have opened anything, and had not come often. */
  private static boolean healsInTime(Episode member, Instant over) {
    return member.source() != Source.ALERT
        && member.greatestCount() < member.state().reading().openCount()
        && !over.isAfter(member.first().plus(member.state().reading().openAfter()));
  }

  /** Whether it opens an incident without waiting whether it heals. */
  static boolean opensAtOnce(Episode member, CoreSettings settings) {
    return settings.openAtOnce()
        || member.source() == Source.ALERT
        || member.greatestCount() >= member.state().reading().openCount();
  }
}
