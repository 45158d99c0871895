package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.Pacer;
import io.causeline.benchmarks.Percentiles;
import io.causeline.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Posts probes at an even pace and looks, again and again, for their incidents in the API's list.
 * What is measured begins when a probe's request was to be sent, whether or not it was sent late,
 * and ends when the answer that holds its incident has been read.
 */
final class Prober {

  /** Between two looks at the list. */
  private static final long LOOK_NANOS = 20_000_000;

  /** How long the last probes are waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  /** So much before the oldest probe that is waited for the list is to begin. */
  private static final Duration MARGIN = Duration.ofMillis(100);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final InstantSource clock;
  private final List<String> clusters;

  /** Were answered 200, but their incidents were not seen yet. */
  private final Map<Integer, Probe> waiting = new ConcurrentHashMap<>();

  /** Were sent, but not answered yet: nobody would look for them. */
  private final AtomicInteger unanswered = new AtomicInteger();

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private int number;

  /**
   * @param url of the product
   * @param clock the product's
   */
  Prober(String url, InstantSource clock, List<String> clusters) {
    this.url = url;
    this.clock = clock;
    this.clusters = List.copyOf(clusters);
  }

  /**
   * What came of it.
   *
   * @param readable milliseconds until each incident could be read
   * @param accepted milliseconds until each request was answered 200
   * @param looks milliseconds that each look at the list took
   * @param unseen probes of which no incident was seen
   */
  record Outcome(Percentiles readable, Percentiles accepted, Percentiles looks, int unseen) {}

  /** Probes for so long. */
  Outcome run(Duration time, double perSecond) throws IOException, InterruptedException {
    Outcome outcome = new Outcome(new Percentiles(), new Percentiles(), new Percentiles(), 0);
    Thread poster = new Thread(() -> post(time, perSecond, outcome.accepted()), "probes");
    poster.setDaemon(true);
    poster.start();
    while (poster.isAlive()) {
      look(outcome);
      LockSupport.parkNanos(LOOK_NANOS);
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (unanswered.get() + waiting.size() > 0 && System.nanoTime() < end) {
      look(outcome);
      LockSupport.parkNanos(LOOK_NANOS);
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IOException("a probe could not be posted", failed);
    }
    int unseen = unanswered.get() + waiting.size();
    waiting.clear();
    return new Outcome(outcome.readable(), outcome.accepted(), outcome.looks(), unseen);
  }

  private void post(Duration time, double perSecond, Percentiles accepted) {
    Pacer pacer = new Pacer(System::nanoTime, perSecond);
    try {
      for (long i = 0; i < time.toSeconds() * perSecond; i++) {
        long due = pacer.await(i);
        Probe probe =
            new Probe(number, clusters.get(number % clusters.size()), due, clock.instant());
        number++;
        post(probe, accepted);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(Probe probe, Percentiles accepted) {
    unanswered.incrementAndGet();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/webhooks/alertmanager/" + probe.cluster()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(probe.body()))
            .build();
    var unused =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .whenComplete(
                (answer, e) -> {
                  if (e != null) {
                    failure.set(e);
                  } else if (answer.statusCode() != 200) {
                    failure.set(new IOException("answered " + answer.statusCode()));
                  } else {
                    accepted.add(millisSince(probe.dueNanos()));
                    waiting.put(probe.number(), probe);
                  }
                  unanswered.decrementAndGet();
                });
  }

  private void look(Outcome outcome) throws IOException, InterruptedException {
    Optional<Instant> oldest =
        waiting.values().stream().map(Probe::startsAt).min(Comparator.naturalOrder());
    if (oldest.isEmpty()) {
      return;
    }
    // Only what is waited for is listed, or looking would itself become the load.
    Instant since = oldest.get().minus(MARGIN);
    long start = System.nanoTime();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        url
                            + "/api/v1/incidents?severity=critical&limit=500&namespace="
                            + Probe.NAMESPACE
                            + "&since="
                            + Json.time(since)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    outcome.looks().add(millisSince(start));
    if (answer.statusCode() != 200) {
      throw new IOException("the list was answered " + answer.statusCode());
    }
    for (Probe probe : List.copyOf(waiting.values())) {
      if (answer.body().contains(probe.pod())) {
        outcome.readable().add(millisSince(probe.dueNanos()));
        waiting.remove(probe.number());
      }
    }
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }
}
