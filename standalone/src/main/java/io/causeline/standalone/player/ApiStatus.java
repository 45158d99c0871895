package io.causeline.standalone.player;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal, as the Kubernetes API words it: a {@code Status} object. */
final class ApiStatus extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  private ApiStatus(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  static ApiStatus badRequest(String message) {
    return new ApiStatus(400, "BadRequest", message);
  }

  static ApiStatus notFound(String message) {
    return new ApiStatus(404, "NotFound", message);
  }

  static ApiStatus methodNotAllowed(String message) {
    return new ApiStatus(405, "MethodNotAllowed", message);
  }

  static ApiStatus alreadyExists(String message) {
    return new ApiStatus(409, "AlreadyExists", message);
  }

  static ApiStatus conflict(String message) {
    return new ApiStatus(409, "Conflict", message);
  }

  static ApiStatus expired(String message) {
    return new ApiStatus(410, "Expired", message);
  }

  int code() {
    return code;
  }

  ObjectNode body() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    return status
        .put("status", "Failure")
        .put("message", getMessage())
        .put("reason", reason)
        .put("code", code);
  }
}
