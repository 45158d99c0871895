package io.causeline.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import io.causeline.model.Text;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The body of an error: RFC 9457. */
final class ProblemDetails {

  static final String CONTENT_TYPE = "application/problem+json";

  private ProblemDetails() {}

  /** The reason phrase of a status, as RFC 9110 has it. */
  static String phrase(int status) {
    if (status == 500) {
      return "Internal Server Error";
    }
    String message = HttpStatus.forStatus(status).getMessage();
    return message.isEmpty() || message.startsWith("Unknown") ? "Error " + status : message;
  }

  /** A problem that its status alone names. */
  static byte[] body(int status, String detail, String instance) {
    return body(status, phrase(status), detail, instance);
  }

  /**
   * RFC 9457, section 4.2.1: {@code about:blank} when the title is the status's phrase; any other
   * title is a type of its own.
   */
  static byte[] body(int status, String title, String detail, String instance) {
    ObjectNode problem = Json.mapper().createObjectNode();
    problem.put("type", title.equals(phrase(status)) ? "about:blank" : type(title));
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", Text.message(detail));
    problem.put("instance", Text.label(instance));
    try {
      return Json.mapper().writeValueAsBytes(problem);
    } catch (JsonProcessingException e) {
      return ("{\"type\":\"about:blank\",\"status\":" + status + "}")
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String type(String title) {
    return "urn:causeline:problem:"
        + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
