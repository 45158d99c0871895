package io.causeline.standalone.player;

import io.causeline.service.StartupException;
import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.recording.Recorded.Watch;
import io.causeline.standalone.recording.Recorded.Webhook;
import io.causeline.standalone.recording.RecordingReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Plays one recording. Its API server answers from the beginning with what the lists held at the
 * start; the clock stands there until {@link #play}, when the system that hears it is ready. Then
 * each record is told when the clock reaches its time, and the clock runs on for a while after the
 * last, so that the end of an outage is seen too.
 */
public final class Player implements AutoCloseable {

  private final RecordingReader recording;
  private final PlayClock clock;
  private final Duration runOn;
  private final PlayedCluster cluster = new PlayedCluster();
  private final PlayedApiServer api;
  private final CompletableFuture<Void> told = new CompletableFuture<>();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();

  /** The first record that was not held at the start. */
  private final @Nullable Recorded first;

  private @Nullable WebhookPoster webhooks;
  private @Nullable Thread thread;

  private Player(RecordingReader recording, double speed, Duration runOn) {
    if (!recording.hasNext()) {
      throw new StartupException("the recording is empty: there is nothing to play");
    }
    this.recording = recording;
    this.runOn = runOn;
    Recorded record = recording.next();
    Instant start = record.at();
    this.clock = new PlayClock(start, speed);
    while (record instanceof Watch watch && PlayedCluster.heldAtStart(watch, start)) {
      cluster.hold(watch);
      record = recording.hasNext() ? recording.next() : null;
    }
    this.first = record;
    this.api = PlayedApiServer.start(cluster);
  }

  /**
   * Opens a recording and serves what its lists held at the start.
   *
   * @param recording closed with the player
   * @param speed seconds of recorded time in a second
   * @param runOn how long the clock runs on after the last record, in recorded time
   */
  public static Player open(RecordingReader recording, double speed, Duration runOn) {
    return new Player(recording, speed, runOn);
  }

  /** Where its Kubernetes API is served: plain HTTP on loopback, no credentials. */
  public URI apiServer() {
    return api.uri();
  }

  /** The recording's time; services that hear the recording must live by it. */
  public PlayClock clock() {
    return clock;
  }

  /** Waits until every resource is being watched, at most so long each; whether they all are. */
  public boolean awaitWatched(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (ApiResource resource : ApiResource.ALL) {
      if (!cluster.awaitWatch(resource, Duration.ofNanos(deadline - System.nanoTime()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sets the clock going and tells what comes due.
   *
   * @param alertWebhook where webhooks are POSTed
   */
  public synchronized void play(URI alertWebhook) {
    if (thread != null) {
      throw new IllegalStateException("it is being played already");
    }
    WebhookPoster poster = new WebhookPoster(alertWebhook);
    webhooks = poster;
    clock.start();
    thread = PlayThreads.start("player", () -> run(poster));
  }

  /**
   * Completed when the last record has been told, webhooks as far as they are on their way, and
   * exceptionally as {@link #finished()}.
   */
  public CompletableFuture<Void> told() {
    return told;
  }

  /**
   * Completed when the clock has run on after the last record, and exceptionally when the recording
   * cannot be read on.
   */
  public CompletableFuture<Void> finished() {
    return finished;
  }

  private void run(WebhookPoster poster) throws InterruptedException {
    try {
      Instant last = clock.instant();
      for (Recorded record = first; record != null; record = nextOrNull()) {
        clock.awaitReached(record.at());
        last = record.at().isAfter(last) ? record.at() : last;
        tell(record, poster);
      }
      told.complete(null);
      Instant end = last.plus(runOn);
      clock.stopAt(end);
      clock.awaitReached(end);
      finished.complete(null);
    } catch (RuntimeException e) {
      told.completeExceptionally(e);
      finished.completeExceptionally(e);
    }
  }

  private @Nullable Recorded nextOrNull() {
    return recording.hasNext() ? recording.next() : null;
  }

  private void tell(Recorded record, WebhookPoster poster) {
    if (record instanceof Watch watch) {
      cluster.apply(watch);
    } else if (record instanceof Webhook webhook) {
      poster.post(webhook.body());
    }
  }

  /** Stops playing; the API server goes away. */
  @Override
  public synchronized void close() {
    if (thread != null) {
      PlayThreads.end(thread);
    }
    if (webhooks != null) {
      webhooks.close();
    }
    api.close();
    recording.close();
  }
}
