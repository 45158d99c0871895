package io.causeline.bridge.chat.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import io.causeline.bridge.chat.SendResult;
import io.causeline.bridge.chat.SendResult.RetryLater;
import io.causeline.bridge.chat.SendResult.Unknown;
import io.causeline.model.Text;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack's client, set up so that a call is made once and its outcome is known as well as can be:
 * OkHttp would send a POST again by itself when a pooled connection breaks under it, which posts
 * twice. Used by one thread at a time.
 */
final class SlackConnection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SlackConnection.class);

  /**
   * How long calls may take.
   *
   * @param connect to connect
   * @param read between two bytes of an answer
   * @param call all of it
   */
  record Timeouts(Duration connect, Duration read, Duration call) {
    static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15));
  }

  private final Slack slack;
  private volatile boolean requestBegan;

  SlackConnection(URI apiUrl, Optional<String> proxyUrl, Timeouts timeouts) {
    SlackConfig config = new SlackConfig();
    String prefix = apiUrl.toString();
    config.setMethodsEndpointUrlPrefix(prefix.endsWith("/") ? prefix : prefix + "/");
    // Statistics would call auth.test first; response handlers log webhook addresses when
    // debugging.
    config.setStatsEnabled(false);
    config.setHttpClientResponseHandlers(List.of());
    config.setProxyUrl(proxyUrl.orElse(null));
    OkHttpClient http =
        SlackHttpClient.buildOkHttpClient(config)
            .newBuilder()
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(1, 10, TimeUnit.SECONDS))
            .connectTimeout(timeouts.connect())
            .readTimeout(timeouts.read())
            .writeTimeout(timeouts.read())
            .callTimeout(timeouts.call())
            .addNetworkInterceptor(
                chain -> {
                  requestBegan = true;
                  return chain.proceed(chain.request());
                })
            .build();
    this.slack = Slack.getInstance(config, new SlackHttpClient(http));
  }

  /** A call. */
  interface Call<T> {
    T make(Slack slack) throws IOException, SlackApiException;
  }

  /**
   * Makes a call of the Web API.
   *
   * @param read what the answer comes to if it is {@code ok}
   * @param failed what it comes to else
   */
  <T extends SlackApiTextResponse, R> R call(
      Call<T> call, Function<T, R> read, Function<SendResult, R> failed) {
    requestBegan = false;
    try {
      T answer = call.make(slack);
      return answer.isOk()
          ? read.apply(answer)
          : failed.apply(
              SlackErrors.ofWord(
                  answer.getError(), answer.getNeeded(), answer.getHttpResponseHeaders()));
    } catch (SlackApiException e) {
      Response response = e.getResponse();
      return failed.apply(
          SlackErrors.ofStatus(
              response.code(), e.getResponseBody(), response.headers().toMultimap(), true));
    } catch (IOException | RuntimeException e) {
      return failed.apply(broken(e));
    }
  }

  /** Makes a call that knows what its answer means. */
  SendResult call(Call<SendResult> call) {
    requestBegan = false;
    try {
      return call.make(slack);
    } catch (SlackApiException | IOException | RuntimeException e) {
      return broken(e);
    }
  }

  /** What a call without an answer means: nothing was sent before the connection stood. */
  private SendResult broken(Exception e) {
    // An answer that can't be read is a fault of what stands between, or of the client.
    String reason =
        e instanceof IOException
            ? e.getClass().getSimpleName() + ": " + Text.message(e.getMessage())
            : "unreadable answer (" + e.getClass().getSimpleName() + ")";
    log.debug("a call to Slack failed: {}", reason, e);
    return requestBegan ? new Unknown(reason) : new RetryLater(Duration.ZERO, reason);
  }

  /** Also cuts off a call that is under way. */
  @Override
  public void close() {
    slack.getHttpClient().getOkHttpClient().dispatcher().cancelAll();
    try {
      slack.close();
    } catch (Exception e) {
      log.warn("closing the client of Slack failed", e);
    }
  }
}
