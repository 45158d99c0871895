package io.causeline.benchmarks.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the product tells of itself at {@code /metrics}. */
final class ProductView {

  private static final Duration LOOK = Duration.ofMillis(200);

  /** No benchmark may last for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** An incident's latest state leaves within a second. */
  private static final Duration QUIET = Duration.ofMillis(1500);

  private final String url;

  /** Of the product that answers there. */
  ProductView(String url) {
    this.url = url + "/metrics";
  }

  /** Waits until so many objects were read, counted from its start. */
  void awaitObjects(long objects) throws InterruptedException {
    await(
        "to read %,d objects".formatted(objects),
        () -> sum("causeline_correlator_signals_total{kind=\"topology\"") >= objects);
  }

  /** Waits until so many incidents are open and no snapshot has left for a while. */
  void awaitOpen(long incidents) throws InterruptedException {
    await(
        "to open %,d incidents".formatted(incidents),
        () -> sum("causeline_correlator_incidents_active") >= incidents);
    long[] seen = {-1, System.nanoTime()};
    await(
        "to tell of all its incidents",
        () -> {
          long snapshots = sum("causeline_correlator_snapshots_total");
          if (snapshots != seen[0]) {
            seen[0] = snapshots;
            seen[1] = System.nanoTime();
          }
          return System.nanoTime() - seen[1] > QUIET.toNanos();
        });
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "the product was given " + PATIENCE.toSeconds() + " s " + what + ", and has not");
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  private long sum(String metric) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      try (var body = connection.getInputStream()) {
        return sum(metric, new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the product does not answer at " + url, e);
    }
  }

  /**
   * The sum of samples in Prometheus' text format.
   *
   * @param metric a name, with the beginning of its labels where only some samples are meant
   */
  static long sum(String metric, String text) {
    return Math.round(
        text.lines()
            .filter(
                line -> line.startsWith(metric) && "{, ".indexOf(line.charAt(metric.length())) >= 0)
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum());
  }
}
