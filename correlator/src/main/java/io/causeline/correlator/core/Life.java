package io.causeline.correlator.core;

import io.causeline.model.Incident.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a footprint is in its life: a pure function of its entries and the time.
 *
 * @param opensAt when it counts as an incident, not before it was seen; null while it may yet heal
 *     by itself
 * @param resolvedAt when all of it had been over for the hold; null while it lasts
 * @param next when this must be looked at again; null if only a signal can change it
 */
record Life(@Nullable Instant opensAt, @Nullable Instant resolvedAt, @Nullable Instant next) {

  static Life of(List<Episode> members, Healing healing, CoreSettings settings, Instant now) {
    Instant opens = null;
    Instant end = Instant.MIN;
    Instant next = null;
    boolean lasts = false;
    for (Episode member : members) {
      Healing.End over = healing.of(member, now);
      next = Times.earliest(next, over.deadline());
      Instant at = over.at();
      if (at == null) {
        lasts = true;
      } else {
        end = at.isAfter(end) ? at : end;
      }
      if (opensAtOnce(member, settings)) {
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
    Instant resolved = lasts ? null : end.plus(settings.resolveHold());
    if (resolved != null && resolved.isAfter(now)) {
      next = Times.earliest(next, resolved);
      resolved = null;
    }
    return new Life(opens, resolved, next);
  }

  /** Whether it opens an incident without waiting whether it heals. */
  static boolean opensAtOnce(Episode member, CoreSettings settings) {
    return settings.openAtOnce()
        || member.source() == Source.ALERT
        || member.greatestCount() >= member.state().reading().openCount();
  }
}
