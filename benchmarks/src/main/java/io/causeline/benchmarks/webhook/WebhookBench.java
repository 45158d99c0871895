package io.causeline.benchmarks.webhook;

import io.causeline.benchmarks.Bench;
import io.causeline.benchmarks.BenchResult;
import io.causeline.benchmarks.Median;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts a second through the real bridge into Kafka, in bodies of 1, 50 and 500, over 64
 * connections, against a bare producer of the same records; broker, bridge, producer and load in
 * this process, so that both sides share the same two cores with the same broker.
 */
public final class WebhookBench implements Bench {

  private static final int CONNECTIONS = 64;
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final int[] SIZES = {1, 50, 500};
  private static final int JUDGED = 50;
  private static final double TARGET = 0.5;

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String measures() {
    return "alerts/s from the webhook into Kafka, a bare producer beside it";
  }

  @Override
  public BenchResult run(PrintStream progress) throws Exception {
    BenchResult result = new BenchResult(name());
    try (RunningBridge bridge = new RunningBridge();
        BareProducer producer = new BareProducer(bridge.kafka());
        HttpLoad load =
            new HttpLoad(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), bridge.port()),
                CONNECTIONS)) {
      long refused = 0;
      for (int size : SIZES) {
        WebhookRequests requests = WebhookRequests.of(size, bridge.port());
        Rounds rounds = measure(requests, producer, load, progress);
        refused += rounds.refused();
        result.figure("alertsPerSecondAt" + size, Median.of(rounds.bridge()));
        result.figure("barePerSecondAt" + size, Median.of(rounds.bare()));
        if (size == JUDGED) {
          result.atLeast("ratioAt" + size, rounds.ratio(), TARGET);
        } else {
          result.figure("ratioAt" + size, rounds.ratio());
        }
      }
      result.count("refused", refused);
    }
    return result;
  }

  /** Rates of each round, and requests that were answered 503. */
  private record Rounds(List<Double> bridge, List<Double> bare, long refused) {

    /** The median of what the rounds say each, since a round's two halves share their minute. */
    double ratio() {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < bridge.size(); i++) {
        ratios.add(bridge.get(i) / bare.get(i));
      }
      return Median.of(ratios);
    }
  }

  private static Rounds measure(
      WebhookRequests requests, BareProducer producer, HttpLoad load, PrintStream progress)
      throws IOException {
    Rounds rounds = new Rounds(new ArrayList<>(), new ArrayList<>(), 0);
    load.run(requests.requests(), WARM_UP);
    producer.run(requests.records(), WARM_UP.dividedBy(2));
    long refused = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      HttpLoad.Outcome bridge = load.run(requests.requests(), ROUND);
      double bare = producer.run(requests.records(), ROUND);
      double alerts = bridge.perSecond() * requests.alerts();
      refused += bridge.refused();
      rounds.bridge().add(alerts);
      rounds.bare().add(bare);
      progress.printf(
          "webhook, bodies of %d, round %d: %,.0f alerts/s through the bridge, %,.0f records/s"
              + " bare: %.2f; %d refused%n",
          requests.alerts(), round, alerts, bare, alerts / bare, bridge.refused());
    }
    return new Rounds(rounds.bridge(), rounds.bare(), refused);
  }
}
