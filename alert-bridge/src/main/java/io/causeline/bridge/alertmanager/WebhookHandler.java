package io.causeline.bridge.alertmanager;

import io.causeline.bridge.alertmanager.NormalisedAlert.Rejected;
import io.causeline.model.ClusterName;
import io.causeline.model.Text;
import io.causeline.service.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alertmanager's webhook, version 4: {@code POST /webhooks/alertmanager} and {@code
 * /webhooks/alertmanager/{cluster}}.
 *
 * <p>It answers 200 only when Kafka has acknowledged every record of the body, signals and dead
 * letters alike. A body of which a part could not be stored is answered 503 as a whole: sent again,
 * it does no harm. See {@link WebhookOutcome} for the other answers.
 */
final class WebhookHandler implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebhookHandler.class);

  static final String PATH = "/webhooks/alertmanager";

  /** Seconds after which a sender may try again; Alertmanager keeps its own time. */
  private static final String RETRY_AFTER = "5";

  private final AlertNormaliser normaliser;
  private final AlertStore store;
  private final InFlight inFlight;
  private final ClusterFeeds feeds;
  private final IntakeMetrics metrics;
  private final String defaultCluster;
  private final int maxBodyBytes;
  private final Duration deadline;

  /** Answers are written here, never on Kafka's thread nor on that of the time-outs. */
  private final ExecutorService answers =
      new ThreadPoolExecutor(
          2,
          2,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "webhook-answers");
            thread.setDaemon(true);
            return thread;
          },
          (task, stopped) -> task.run());

  private volatile boolean stopping;

  /**
   * @param maxBodyBytes what a body without a length is taken for until it is read; the server
   *     refuses larger ones
   * @param deadline how long Kafka may take
   */
  WebhookHandler(
      AlertNormaliser normaliser,
      AlertStore store,
      InFlight inFlight,
      ClusterFeeds feeds,
      IntakeMetrics metrics,
      String defaultCluster,
      int maxBodyBytes,
      Duration deadline) {
    this.normaliser = normaliser;
    this.store = store;
    this.inFlight = inFlight;
    this.feeds = feeds;
    this.metrics = metrics;
    this.defaultCluster = defaultCluster;
    this.maxBodyBytes = maxBodyBytes;
    this.deadline = deadline;
  }

  /** Adds the two routes. */
  void routes(JavalinDefaultRoutingApi routes) {
    routes.post(PATH, ctx -> take(ctx, null));
    routes.post(PATH + "/{cluster}", ctx -> take(ctx, ctx.pathParam("cluster")));
  }

  /** Refuses what comes from now on, and waits for what is under way, at most the deadline. */
  @Override
  public void close() {
    stopping = true;
    int left = inFlight.awaitEmpty(deadline);
    if (left > 0) {
      log.warn(
          "stopping with {} webhook bodies that Kafka has not settled: they were not answered 200,"
              + " and Alertmanager sends them again",
          left);
    }
    answers.shutdown();
  }

  private void take(Context ctx, @Nullable String cluster) throws IOException {
    long began = System.nanoTime();
    if (cluster != null && !ClusterName.isValid(cluster)) {
      throw refuse(
          ctx,
          WebhookOutcome.CLUSTER,
          began,
          "'"
              + Text.cut(Text.clean(cluster), 120)
              + "' in the path can't be a cluster's name: use 1 to 100 letters, digits, '.', '_' or"
              + " '-', beginning with a letter or digit");
    }
    long length = ctx.req().getContentLengthLong();
    Optional<InFlight.Body> admitted = inFlight.admit(length < 0 ? maxBodyBytes : length);
    if (admitted.isEmpty()) {
      throw refuse(
          ctx,
          WebhookOutcome.BUSY,
          began,
          "too many webhooks are under way: "
              + inFlight.bodies()
              + " with "
              + inFlight.bytes()
              + " bytes");
    }
    InFlight.Body ticket = admitted.get();
    if (stopping) {
      ticket.done();
      throw refuse(ctx, WebhookOutcome.STOPPING, began, "this bridge is stopping");
    }
    take(ctx, new ClusterChoice(cluster, defaultCluster), ticket, began);
  }

  private void take(Context ctx, ClusterChoice clusters, InFlight.Body ticket, long began)
      throws IOException {
    boolean handedOn = false;
    try {
      byte[] bytes = read(ctx, began);
      long readAt = System.nanoTime();
      Instant observedAt = ticket.observed(bytes.length);
      NormalisedBody body = normalise(ctx, clusters, bytes, observedAt, began);
      AlertStore.Writes writes = store.store(body, "alertmanager webhook " + ctx.path());
      ticket.sent();
      CompletableFuture<Void> answer =
          answer(
              ctx,
              clusters,
              body,
              observedAt,
              writes.stored().copy().orTimeout(left(readAt), TimeUnit.NANOSECONDS),
              ticket,
              began);
      handedOn = true;
      var unused =
          CompletableFuture.allOf(writes.settled(), answer.handle((ok, e) -> true))
              .thenRun(ticket::done);
      ctx.future(() -> answer);
    } finally {
      if (!handedOn) {
        ticket.done();
      }
    }
  }

  private byte[] read(Context ctx, long began) throws IOException {
    try {
      int length = ctx.req().getContentLength();
      return length < 0 ? ctx.bodyAsBytes() : read(ctx.req().getInputStream(), length);
    } catch (HttpResponseException e) {
      metrics.answered(
          e.getStatus() == 413 ? WebhookOutcome.TOO_LARGE : WebhookOutcome.BROKEN, since(began));
      throw e;
    } catch (RuntimeException | IOException e) {
      metrics.answered(WebhookOutcome.BROKEN, since(began));
      throw e;
    }
  }

  /** A body whose length was told, and let pass, by the server: into its place at once. */
  private static byte[] read(InputStream in, int length) throws IOException {
    byte[] body = new byte[length];
    int read = in.readNBytes(body, 0, length);
    if (read < length) {
      throw new EOFException("the body ended after " + read + " of its " + length + " bytes");
    }
    return body;
  }

  private NormalisedBody normalise(
      Context ctx, ClusterChoice clusters, byte[] bytes, Instant observedAt, long began) {
    try {
      return normaliser.body(clusters, bytes, observedAt);
    } catch (UnusableBodyException e) {
      log.atWarn()
          .setMessage("a webhook body was refused for good")
          .addKeyValue("path", Text.label(ctx.path()))
          .addKeyValue("bytes", bytes.length)
          .addKeyValue("reason", e.getMessage())
          .log();
      throw refuse(ctx, WebhookOutcome.UNUSABLE, began, String.valueOf(e.getMessage()));
    }
  }

  private CompletableFuture<Void> answer(
      Context ctx,
      ClusterChoice clusters,
      NormalisedBody body,
      Instant observedAt,
      CompletableFuture<Void> stored,
      InFlight.Body ticket,
      long began) {
    return stored.handleAsync(
        (ok, failure) -> {
          if (failure != null) {
            metrics.unstored(body);
            throw unstored(ctx, failure, began);
          }
          metrics.stored(body);
          tellOfRejected(body);
          feeds.heard(body, clusters.forDeadLetters(), observedAt);
          metrics.answered(WebhookOutcome.STORED, since(began));
          ctx.status(WebhookOutcome.STORED.status());
          // All is settled; its sender's next body may be here before this answer's end is noted.
          ticket.done();
          return null;
        },
        answers);
  }

  private Problem unstored(Context ctx, Throwable failure, long began) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean late = cause instanceof TimeoutException;
    String why =
        late && cause.getMessage() == null
            ? "Kafka has not stored all of the body within " + deadline.toMillis() + " ms"
            : "not all of the body could be stored: " + cause.getMessage();
    log.warn("a webhook body was answered 503: {}", Text.message(why));
    return refuse(ctx, late ? WebhookOutcome.LATE : WebhookOutcome.UNSTORED, began, why);
  }

  private Problem refuse(Context ctx, WebhookOutcome outcome, long began, String detail) {
    metrics.answered(outcome, since(began));
    if (outcome.status() == 503) {
      ctx.header("Retry-After", RETRY_AFTER);
      return Problem.unavailable(detail);
    }
    return Problem.badRequest(detail);
  }

  /** One line for a body, not for each of what may be thousands of alerts. */
  private static void tellOfRejected(NormalisedBody body) {
    List<Rejected> rejected = body.rejected();
    if (!rejected.isEmpty()) {
      log.atWarn()
          .setMessage("alerts cannot be used and were written to dead-letters")
          .addKeyValue("alerts", rejected.size())
          .addKeyValue("cluster", rejected.get(0).cluster())
          .addKeyValue("first reason", Text.message(rejected.get(0).detail()))
          .log();
    }
  }

  /** What sending has left of the deadline. */
  private long left(long readAt) {
    return Math.max(1, deadline.toNanos() - since(readAt));
  }

  private static long since(long began) {
    return System.nanoTime() - began;
  }
}
