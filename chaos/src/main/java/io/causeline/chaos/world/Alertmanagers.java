package io.causeline.chaos.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.chaos.Seed;
import io.causeline.chaos.story.SignalKeys;
import io.causeline.chaos.story.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two replicas of Alertmanager. Each notification is sent by the first; in chaos the second sends
 * it too, some seconds apart, and either may send it once more later: duplicates, and older bodies
 * after newer ones. What is answered 5xx or not at all is sent again with backoff; any other
 * refusal ends it, as Alertmanager does.
 */
final class Alertmanagers implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long FIRST_PAUSE = 300;
  private static final long LONGEST_PAUSE = 3_000;
  private static final long REPEAT_MILLIS = 40;

  /** Of a bridge that is away not ever more is asked. */
  private static final int MOST_PENDING = 60;

  private final URI bridge;
  private final Seed seed;
  private final boolean hostile;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
  private final Set<String> accepted = new ConcurrentSkipListSet<>();
  private final AtomicInteger notifications = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger repeats = new AtomicInteger();
  private final List<Step.Notify> history = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private volatile boolean storm;

  Alertmanagers(URI bridge, Seed seed, boolean hostile) {
    this.bridge = bridge;
    this.seed = seed;
    this.hostile = hostile;
  }

  /**
   * From now on repeats, many times a second, what was notified before, until {@link #calm}: none
   * of it is news, but whatever is killed is killed in the midst of work.
   */
  // A task that fails has told why by then.
  @SuppressWarnings("FutureReturnValueIgnored")
  void storm() {
    storm = true;
    threads.scheduleAtFixedRate(
        this::repeatOne, REPEAT_MILLIS, REPEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Repeats nothing any more. */
  void calm() {
    storm = false;
  }

  private void repeatOne() {
    if (!storm || pending.get() > MOST_PENDING) {
      return;
    }
    Random random = seed.random("repeat", repeats.getAndIncrement());
    Step.Notify step;
    synchronized (history) {
      if (history.isEmpty()) {
        return;
      }
      step = history.get(random.nextInt(history.size()));
    }
    try {
      post(step, random.nextInt(2), 0);
      duplicates.incrementAndGet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notifies; returns at once. */
  void notify(Step.Notify step) throws IOException {
    synchronized (history) {
      history.add(step);
    }
    Random random = seed.random("webhook", notifications.getAndIncrement());
    post(step, 0, hostile ? random.nextInt(500) : 0);
    if (!hostile) {
      return;
    }
    post(step, 1, random.nextInt(6_000));
    if (random.nextInt(100) < 40) {
      post(step, random.nextInt(2), 2_000 + random.nextInt(8_000));
      duplicates.incrementAndGet();
    }
    duplicates.incrementAndGet();
  }

  private void post(Step.Notify step, int replica, int delayMillis) throws IOException {
    ObjectNode body = step.body().deepCopy();
    body.put("externalURL", "http://alertmanager-" + replica + ":9093");
    HttpRequest request =
        HttpRequest.newBuilder(bridge.resolve("/webhooks/alertmanager/" + step.cluster()))
            .header("Content-Type", "application/json")
            .header("User-Agent", "Alertmanager/0.28.1")
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    List<String> keys = SignalKeys.ofWebhook(step.cluster(), body);
    pending.incrementAndGet();
    later(request, keys, FIRST_PAUSE, delayMillis);
  }

  // A task that fails has told why by then.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void later(HttpRequest request, List<String> keys, long pause, long delayMillis) {
    threads.schedule(() -> attempt(request, keys, pause), delayMillis, TimeUnit.MILLISECONDS);
  }

  private void attempt(HttpRequest request, List<String> keys, long pause) {
    sent.incrementAndGet();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 == 2) {
        accepted.addAll(keys);
        answered.incrementAndGet();
        pending.decrementAndGet();
        return;
      }
      if (answer.statusCode() / 100 != 5) {
        synchronized (refused) {
          refused.add(answer.statusCode() + " " + answer.body() + " to " + keys);
        }
        pending.decrementAndGet();
        return;
      }
    } catch (IOException e) {
      // Tried again, as after a 5xx.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    later(request, keys, Math.min(LONGEST_PAUSE, pause * 2), pause);
  }

  /** Whether everything was answered for good. */
  boolean done() {
    return pending.get() == 0;
  }

  /** The alerts, by {@link SignalKeys}, of what was answered 200. */
  Set<String> accepted() {
    return Set.copyOf(accepted);
  }

  /** What was given up, with the answer. */
  List<String> refused() {
    synchronized (refused) {
      return List.copyOf(refused);
    }
  }

  int sent() {
    return sent.get();
  }

  int answered() {
    return answered.get();
  }

  int duplicates() {
    return duplicates.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
