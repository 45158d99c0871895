package io.causeline.collector.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Text;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The API server did not do as it was asked, or could not be asked. */
public final class ApiException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The status of what never got an answer. */
  public static final int NO_ANSWER = 0;

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final int status;
  private final String reason;
  private final transient @Nullable Duration retryAfter;

  private ApiException(
      int status,
      String reason,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** The server could not be reached, or its answer broke off. */
  public static ApiException noAnswer(String what, Throwable cause) {
    return new ApiException(NO_ANSWER, "", what + ": " + innermost(cause), null, cause);
  }

  /** What the innermost cause says, or at least what it is. */
  static String innermost(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String said = Text.message(root.getMessage());
    return said.isEmpty() ? root.getClass().getSimpleName() : said;
  }

  /**
   * The server refused.
   *
   * @param body a {@code Status} object, if it sent one
   */
  public static ApiException refused(
      String what, int status, JsonNode body, @Nullable Duration retryAfter) {
    String reason = Text.label(body.path("reason").asText(""));
    String message = Text.message(body.path("message").asText(""));
    return new ApiException(
        status,
        reason,
        what + ": " + status + (message.isEmpty() ? " " + reason : " " + message),
        retryAfter,
        null);
  }

  /** A {@code Status} object that came as an ERROR event within a watch. */
  public static ApiException inStream(String what, JsonNode status) {
    return refused(what, status.path("code").asInt(500), status, null);
  }

  /** HTTP status, or {@link #NO_ANSWER}. */
  public int status() {
    return status;
  }

  /** How long the server asked to be left alone; null if it did not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Whether the server does not serve what was asked for. */
  public boolean notServed() {
    return status == NOT_FOUND;
  }

  /** Whether the server does not allow it. */
  public boolean forbidden() {
    return status == FORBIDDEN;
  }

  /** Whether the resourceVersion, or the token of a page, is older than what the server keeps. */
  public boolean expired() {
    return status == GONE || reason.equals("Expired") || reason.equals("Gone");
  }
}
