package io.causeline.correlator.api;

import io.causeline.model.Text;
import io.causeline.service.Metrics;
import io.causeline.service.Problem;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /stream}: changes of incidents as server-sent events. The id of an event says how far
 * the client has come; with it as Last-Event-ID a client gets what it missed first.
 */
final class StreamHandler {

  private static final Logger log = LoggerFactory.getLogger(StreamHandler.class);

  private static final Duration SLICE = Duration.ofMillis(250);

  private final ChangeHub hub;
  private final CatchUp catchUp;
  private final int partitions;
  private final Duration heartbeat;
  private final Metrics.Counter dropped;

  /**
   * A handler.
   *
   * @param heartbeat a comment is sent after so much silence: well below time-outs of servers and
   *     proxies
   */
  StreamHandler(
      ChangeHub hub, CatchUp catchUp, int partitions, Duration heartbeat, Metrics metrics) {
    this.hub = hub;
    this.catchUp = catchUp;
    this.partitions = partitions;
    this.heartbeat = heartbeat;
    this.dropped =
        metrics.counter(
            "causeline_correlator_stream_dropped_total",
            "Clients of the stream of changes that were cut off since they read too slowly; they"
                + " get what they missed when they come back.");
  }

  void stream(Context ctx) {
    ChangeFilter filter = ChangeFilter.of(ctx.queryParamMap());
    StreamPosition from = lastEventId(ctx.header("Last-Event-ID"));
    Subscription subscription =
        hub.subscribe(filter)
            .orElseThrow(() -> busy(ctx, "the stream of changes is not there now or has no room"));
    if (from != null && !catchUp.tryBegin()) {
      subscription.close();
      throw busy(ctx, "too many clients read what they missed at this moment");
    }
    ctx.header("Content-Type", "text/event-stream; charset=utf-8");
    ctx.header("Cache-Control", "no-store");
    ctx.header("X-Accel-Buffering", "no");
    ctx.status(200);
    // The request keeps its thread: an asynchronous one whose client has gone is recycled by the
    // server while it is still written to. The hub bounds how many there can be.
    serve(ctx.res(), subscription, filter, from);
  }

  private @Nullable StreamPosition lastEventId(@Nullable String header) {
    if (header == null || header.isEmpty()) {
      return null;
    }
    return StreamPosition.parse(header, partitions)
        .orElseThrow(
            () ->
                Problem.badRequest(
                    "header Last-Event-ID '"
                        + Text.label(header)
                        + "' is no id of an event of this stream; begin without it"));
  }

  private static Problem busy(Context ctx, String why) {
    ctx.header("Retry-After", "2");
    return Problem.unavailable(why + "; try again in a moment");
  }

  private void serve(
      HttpServletResponse response,
      Subscription subscription,
      ChangeFilter filter,
      @Nullable StreamPosition from) {
    try (subscription) {
      Connection connection = new Connection(response.getOutputStream());
      if (from != null) {
        connection.greet(from.atMost(subscription.start()));
        catchUp.read(
            from,
            subscription.start(),
            subscription::closed,
            change -> {
              if (filter.takes(change)) {
                connection.send(change);
              }
            });
      }
      connection.greet(subscription.start());
      pass(subscription, connection);
    } catch (IOException e) {
      log.debug("a client of the stream went away", e);
    } catch (KafkaException e) {
      log.warn("what a client of the stream missed cannot be read; it is cut off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(Subscription subscription, Connection connection)
      throws IOException, InterruptedException {
    long silentSince = System.nanoTime();
    while (!subscription.closed()) {
      Optional<Change> change = subscription.next(SLICE);
      if (change.isPresent()) {
        connection.send(change.get());
        silentSince = System.nanoTime();
      } else if (subscription.overflowed()) {
        dropped.inc();
        log.warn("a client of the stream of changes reads too slowly and is cut off");
        return;
      } else if (System.nanoTime() - silentSince > heartbeat.toNanos()) {
        connection.comment("heartbeat");
        silentSince = System.nanoTime();
      }
    }
  }

  /** Writes events. */
  private static final class Connection {

    private final OutputStream out;

    Connection(OutputStream out) {
      this.out = out;
    }

    /** Tells where the stream begins, so that a client that sees no event can still come back. */
    void greet(StreamPosition position) throws IOException {
      write("id: " + position + "\n: connected\n\n");
    }

    void send(Change change) throws IOException {
      write(
          "id: "
              + change.position()
              + "\nevent: "
              + change.event()
              + "\ndata: "
              + change.data()
              + "\n\n");
    }

    void comment(String text) throws IOException {
      write(": " + text + "\n\n");
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
