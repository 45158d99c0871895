package io.causeline.collector.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.causeline.model.Json;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lists and watches as they are on the wire. It uses the client's connection (address, credentials
 * and their renewal, TLS, proxy) but neither its objects, which would fix what JSON may look like,
 * nor its retries, which would hide for minutes that nothing is being watched.
 */
public final class KubernetesApi {

  private static final int MAX_STATUS_BYTES = 64 * 1024;

  private final String root;
  private final HttpClient http;
  private final Duration timeout;

  /**
   * Uses {@code client}, and leaves closing it to its owner.
   *
   * @param timeout for a page of a list, and for a watch to begin
   */
  public KubernetesApi(KubernetesClient client, Duration timeout) {
    String url = client.getMasterUrl().toString();
    this.root = url.endsWith("/") ? url : url + "/";
    this.timeout = timeout;
    this.http =
        client
            .getHttpClient()
            .newBuilder()
            .tag(withoutRetries(client.getConfiguration().getRequestConfig()))
            .build();
  }

  private static RequestConfig withoutRetries(RequestConfig config) {
    RequestConfig copy = new RequestConfigBuilder(config).withRequestRetryBackoffLimit(0).build();
    // The builder leaves out whom the kubeconfig says to act as.
    copy.setImpersonateUsername(config.getImpersonateUsername());
    copy.setImpersonateGroups(config.getImpersonateGroups());
    copy.setImpersonateExtras(config.getImpersonateExtras());
    return copy;
  }

  /**
   * One page of a list.
   *
   * @param items often without {@code kind}
   * @param next token of the next page; null on the last
   * @param resourceVersion of the whole list: where a watch begins
   */
  public record Page(List<JsonNode> items, @Nullable String next, String resourceVersion) {

    public Page {
      items = List.copyOf(items);
    }
  }

  /**
   * Gets a page, as of now: no resourceVersion is asked for, so the answer is never older than the
   * question.
   *
   * @param next token of the page; null for the first
   */
  public Page list(ApiResource resource, int limit, @Nullable String next)
      throws ApiException, InterruptedException {
    String what = "list " + resource.name();
    String uri = root + resource.path() + "?limit=" + limit;
    if (next != null) {
      uri += "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
    HttpResponse<byte[]> response = get(what, uri, byte[].class);
    if (!response.isSuccessful()) {
      throw ApiException.refused(
          what, response.code(), status(response.body()), retryAfter(response));
    }
    JsonNode body = read(what, response.body());
    JsonNode metadata = body.path("metadata");
    String version = metadata.path("resourceVersion").asText("");
    if (version.isEmpty()) {
      throw ApiException.noAnswer(what, new IOException("the answer is no list"));
    }
    List<JsonNode> items = new ArrayList<>(body.path("items").size());
    body.path("items").forEach(items::add);
    String token = metadata.path("continue").asText("");
    return new Page(items, token.isEmpty() ? null : token, version);
  }

  /**
   * Opens a watch.
   *
   * @param resourceVersion what has been seen
   * @param lasting after which the server ends it in good order
   */
  public WatchStream watch(ApiResource resource, String resourceVersion, Duration lasting)
      throws ApiException, InterruptedException {
    String what = "watch " + resource.name();
    String uri =
        root
            + resource.path()
            + "?watch=true&allowWatchBookmarks=true&resourceVersion="
            + URLEncoder.encode(resourceVersion, StandardCharsets.UTF_8)
            + "&timeoutSeconds="
            + Math.max(1, lasting.toSeconds());
    HttpResponse<InputStream> response = get(what, uri, InputStream.class);
    if (!response.isSuccessful()) {
      throw ApiException.refused(
          what, response.code(), status(start(response.body())), retryAfter(response));
    }
    return new WatchStream(what, response.body());
  }

  private <T> HttpResponse<T> get(String what, String uri, Class<T> type)
      throws ApiException, InterruptedException {
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(uri)
            .header("Accept", "application/json")
            .forStreaming()
            .build();
    CompletableFuture<HttpResponse<T>> response = http.sendAsync(request, type);
    try {
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw ApiException.noAnswer(
          what, new IOException("no answer within " + timeout.toSeconds() + " s", e));
    } catch (InterruptedException e) {
      response.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw ApiException.noAnswer(what, e);
    }
  }

  private static JsonNode read(String what, byte[] body) throws ApiException {
    try (Reader text =
        new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8)) {
      JsonNode json = Json.mapper().readTree(text);
      return json == null ? MissingNode.getInstance() : json;
    } catch (IOException e) {
      throw ApiException.noAnswer(what + ": the answer is not JSON", e);
    }
  }

  /** What a refusal says; nothing if it does not say it as the API server would. */
  private static JsonNode status(byte[] body) {
    try {
      return Json.mapper().readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance(); // the code tells enough
    }
  }

  /** The start of a refusal's body, not waiting for it longer than for an answer. */
  private byte[] start(InputStream body) throws InterruptedException {
    CompletableFuture<byte[]> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return body.readNBytes(MAX_STATUS_BYTES);
              } catch (IOException e) {
                return new byte[0];
              }
            });
    try (body) {
      return read.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | IOException e) {
      return new byte[0];
    }
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    String seconds = response.header("Retry-After");
    return seconds != null && seconds.matches("\\d{1,5}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : null;
  }
}
