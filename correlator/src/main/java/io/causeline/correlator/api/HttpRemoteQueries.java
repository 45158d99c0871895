package io.causeline.correlator.api;

import io.causeline.correlator.streams.Placement.Holder;
import io.causeline.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Over HTTP, with the same routes that clients use. */
final class HttpRemoteQueries implements RemoteQueries {

  private final HttpClient client;

  HttpRemoteQueries(Duration connectTimeout) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .build();
  }

  @Override
  public <T extends PartialAnswer> CompletableFuture<T> ask(
      Holder holder,
      String uri,
      Collection<Integer> partitions,
      @Nullable String authorization,
      Duration within,
      Class<T> answer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + holder.address() + uri))
            .timeout(within)
            .header(
                PARTITIONS_HEADER,
                new TreeSet<>(partitions)
                    .stream().map(String::valueOf).collect(Collectors.joining(",")));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        .orTimeout(within.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
        .thenCompose(response -> read(response, answer));
  }

  private static <T> CompletableFuture<T> read(HttpResponse<byte[]> response, Class<T> type) {
    if (response.statusCode() != 200) {
      return CompletableFuture.failedFuture(
          new IOException("it answered with status " + response.statusCode()));
    }
    try {
      return CompletableFuture.completedFuture(Json.read(response.body(), type));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new IOException("its answer cannot be read: " + e.getMessage(), e));
    }
  }
}
