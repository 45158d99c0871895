package io.causeline.standalone.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import io.causeline.service.Problem;
import io.causeline.standalone.recording.Recorded.Webhook;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Takes Alertmanager's webhooks where the alert-bridge does, and answers once they are written. */
final class WebhookRecorder {

  private static final String PATH = "/webhooks/alertmanager";

  private final RecordingLog recording;

  WebhookRecorder(RecordingLog recording) {
    this.recording = recording;
  }

  void routes(JavalinDefaultRoutingApi routes) {
    routes.post(PATH, this::take);
    routes.post(PATH + "/{cluster}", this::take);
  }

  private void take(Context request) {
    ObjectNode body = body(request.bodyAsBytes());
    try {
      recording.write(at -> new Webhook(at, body));
    } catch (UncheckedIOException e) {
      throw Problem.unavailable("the recording cannot be written: " + e.getCause());
    }
    request.status(200);
  }

  private static ObjectNode body(byte[] bytes) {
    try {
      JsonNode body = Json.mapper().readTree(bytes);
      if (body instanceof ObjectNode object && object.path("alerts").isArray()) {
        return object;
      }
    } catch (IOException e) {
      throw Problem.badRequest("the body is not JSON: " + e.getMessage());
    }
    throw Problem.badRequest("the body is no webhook of Alertmanager: it has no array 'alerts'");
  }
}
