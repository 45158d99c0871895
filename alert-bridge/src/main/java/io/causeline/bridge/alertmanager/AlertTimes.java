package io.causeline.bridge.alertmanager;

import io.causeline.model.AlertSignal.Status;
import io.causeline.model.Json;
import io.causeline.model.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An alert's status and times, as far as they can be believed.
 *
 * <p>Go's zero time, {@code 0001-01-01T00:00:00Z}, means that there is none; so does anything
 * before 1970 and what is no RFC 3339 time. Times after the observation are cut to it.
 *
 * @param status null for a word that is neither firing nor resolved; without a status, and for
 *     {@code GET /api/v2/alerts}, whose status says whether it is muted, the end decides
 * @param startsAt the time of observation where the alert tells none, so that a firing alert is
 *     never lost; its repeats then count as new starts
 * @param endsAt null while firing; of a resolved alert that tells none, the time of observation
 */
record AlertTimes(@Nullable Status status, Instant startsAt, @Nullable Instant endsAt) {

  static AlertTimes of(AlertFields alert, Instant observedAt) {
    Instant end = time(alert.endsAt());
    Status status = status(alert.status(), end, observedAt);
    Instant start = time(alert.startsAt());
    Instant startsAt = start == null || start.isAfter(observedAt) ? observedAt : start;
    if (status != Status.RESOLVED) {
      return new AlertTimes(status, startsAt, null);
    }
    Instant endsAt = end == null || end.isAfter(observedAt) ? observedAt : end;
    if (start == null) {
      startsAt = endsAt;
    }
    return new AlertTimes(status, startsAt, endsAt.isBefore(startsAt) ? startsAt : endsAt);
  }

  private static @Nullable Status status(
      @Nullable String status, @Nullable Instant end, Instant observedAt) {
    if (status == null) {
      return end != null && !end.isAfter(observedAt) ? Status.RESOLVED : Status.FIRING;
    }
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "firing" -> Status.FIRING;
      case "resolved" -> Status.RESOLVED;
      default -> null;
    };
  }

  private static @Nullable Instant time(@Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      Instant time = Rfc3339.parse(value);
      return time.isBefore(Instant.EPOCH) || time.isAfter(Json.LATEST) ? null : time;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
