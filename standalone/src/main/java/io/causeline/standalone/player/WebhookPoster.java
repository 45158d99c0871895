package io.causeline.standalone.player;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import io.causeline.model.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * POSTs webhooks as Alertmanager does: in order, again and again while the receiver cannot be
 * reached or answers 5xx, and given up on a 4xx.
 */
final class WebhookPoster implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebhookPoster.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final URI target;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final LinkedBlockingQueue<ObjectNode> due = new LinkedBlockingQueue<>();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Thread thread;

  WebhookPoster(URI target) {
    this.target = target;
    this.thread = PlayThreads.start("played-webhooks", this::run);
  }

  /** Queues a body; returns at once. */
  void post(ObjectNode body) {
    due.add(body);
  }

  /** How many were answered 2xx. */
  long accepted() {
    return accepted.get();
  }

  /** How many were given up after a 4xx. */
  long refused() {
    return refused.get();
  }

  private void run() throws InterruptedException {
    while (true) {
      deliver(due.take());
    }
  }

  private void deliver(ObjectNode body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Alertmanager (played by Causeline)")
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofByteArray(Json.bytes(body)))
            .build();
    Duration pause = FIRST_PAUSE;
    while (!tried(request)) {
      Thread.sleep(pause.toMillis());
      Duration next = pause.multipliedBy(2);
      pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }
  }

  /** Whether this body is done with. */
  private boolean tried(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 == 2) {
        accepted.incrementAndGet();
        return true;
      }
      log.warn(
          "{} answered {} to a played webhook: {}",
          target,
          response.statusCode(),
          Text.message(response.body()));
      if (response.statusCode() / 100 == 4) {
        refused.incrementAndGet();
        return true;
      }
    } catch (IOException e) {
      log.warn("a played webhook did not reach {}, trying again: {}", target, e.toString());
    }
    return false;
  }

  /** Drops what was not delivered. */
  @Override
  public void close() {
    PlayThreads.end(thread);
  }
}
