package io.causeline.correlator.core;

import com.google.re2j.Pattern;

/**
 * What is left of a message without what varies from one repeat to the next: ids, addresses, long
 * numbers. Codes of a few digits stay: 403 and 429 are different faults.
 */
final class MessageClass {

  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?i)(request ?id: ?\\S+"
              + "|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
              + "|\\b[0-9a-f]{12,64}\\b"
              + "|\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(:\\d+)?"
              + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\S*"
              + "|\\b\\d+(\\.\\d+)?(ms|s|m|h)\\b"
              + "|\\d{5,})");

  private MessageClass() {}

  static String of(String message) {
    return VARIABLE.matcher(message).replaceAll("#");
  }
}
