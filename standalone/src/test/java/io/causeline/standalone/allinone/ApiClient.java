package io.causeline.standalone.allinone;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a running Causeline over HTTP, as a user's program would. */
final class ApiClient {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  ApiClient(String url) {
    this.url = url;
  }

  /** All incidents with their timelines; what was merged is left out. */
  List<Incident> incidents() throws IOException, InterruptedException {
    List<Incident> incidents = new ArrayList<>();
    for (JsonNode listed : get("/api/v1/incidents").path("incidents")) {
      JsonNode whole = get("/api/v1/incidents/" + listed.path("id").asText());
      incidents.add(Json.mapper().treeToValue(whole, Incident.class));
    }
    return incidents;
  }

  /** POSTs a webhook; the status of the answer. */
  int post(String path, String body) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  /** The status of the answer to a GET. */
  int status(String path) throws IOException, InterruptedException {
    return answer(path).statusCode();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = answer(path);
    if (response.statusCode() != 200) {
      throw new IOException(
          path
              + ": "
              + response.statusCode()
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return Json.mapper().readTree(response.body());
  }

  private HttpResponse<byte[]> answer(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20)).build(),
        BodyHandlers.ofByteArray());
  }
}
