package io.causeline.collector;

import static io.causeline.collector.Collecting.until;
import static io.causeline.collector.KubernetesObjects.event;
import static io.causeline.collector.KubernetesObjects.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.causeline.collector.FakeCluster.Expiry;
import io.causeline.collector.FakeCluster.Fault;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Topics;
import io.causeline.model.TopologyRecord;
import io.causeline.model.TopologyRecord.EpochEnd;
import io.causeline.model.TopologyRecord.Gone;
import io.causeline.model.TopologyRecord.Present;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can go wrong, at random but the same each time: nothing may be lost. */
class UpheavalTest {

  private static final int STEPS = 250;
  private static final List<Expiry> EXPIRIES = List.of(Expiry.values());

  private final Map<String, Integer> events = new TreeMap<>();
  private final Map<String, String> pods = new TreeMap<>();
  private int uids;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void shouldLoseNothingWhateverHappens(long seed) {
    Random random = new Random(seed);
    try (FakeCluster cluster = new FakeCluster();
        Collecting c = Collecting.from(cluster, "buffer-size", "20", "page-size", "7")) {
      for (int step = 0; step < STEPS; step++) {
        write(cluster, random);
        if (step % 5 == 0) {
          disturb(cluster, c, random);
        }
      }
      c.sink.work();
      c.sink.release();
      cluster.away(false);
      c.watching();
      await().untilAsserted(() -> assertThat(stored(c)).isEqualTo(events));
      await().untilAsserted(() -> assertThat(known(c)).isEqualTo(pods));

      assertThat(c.health.live().status().name()).isEqualTo("UP");
      assertThat(c.restarts("events", "fault")).isZero();
      assertThat(c.restarts("pods", "fault")).isZero();
    }
  }

  private void write(FakeCluster cluster, Random random) {
    String event = "e" + random.nextInt(60);
    cluster.put("events", event(event, events.merge("event-" + event, 1, Integer::sum)));
    String pod = "p" + random.nextInt(30);
    if (pods.containsKey(pod) && random.nextInt(3) == 0) {
      cluster.delete("pods", "shop", pod);
      pods.remove(pod);
    } else {
      boolean anew = !pods.containsKey(pod) || random.nextInt(10) == 0;
      String uid = anew ? "uid-" + pod + "-" + uids++ : pods.get(pod).split(" ", 2)[0];
      String phase = "phase-" + random.nextInt(100);
      cluster.put("pods", pod(pod, uid, phase));
      pods.put(pod, uid + " " + phase);
    }
  }

  private static void disturb(FakeCluster cluster, Collecting c, Random random) {
    String resource = random.nextBoolean() ? "events" : "pods";
    int watches = cluster.watches(resource).size();
    int attempts = c.sink.attempts();
    switch (random.nextInt(11)) {
      case 0 -> cluster.cutWatches(resource);
      case 1 -> cluster.endWatches(resource);
      case 2 -> {
        cluster.compact(resource);
        cluster.expiresBy(EXPIRIES.get(random.nextInt(3)));
        cluster.cutWatches(resource);
      }
      case 3 -> c.sink.hold(random.nextBoolean() ? Topics.SIGNALS : Topics.TOPOLOGY);
      case 4 -> c.sink.release();
      case 5 -> c.sink.failHeld();
      case 6 -> c.sink.fail(random.nextBoolean() ? Topics.SIGNALS : Topics.TOPOLOGY);
      case 7 -> c.sink.work();
      case 8 -> cluster.failLists(resource, Fault.GONE, Fault.UNAVAILABLE);
      case 9 -> {
        cluster.away(true);
        cluster.away(false);
      }
      default -> cluster.failWatches(resource, Fault.CLOSE_AT_ONCE, Fault.GONE);
    }
    // Lets it take effect, if it does by itself, before the next.
    long most = System.nanoTime() + 20_000_000;
    until(
        () ->
            cluster.watches(resource).size() > watches + 1
                || c.sink.attempts() > attempts + 5
                || System.nanoTime() > most);
  }

  /** The highest count stored of each event. */
  private static Map<String, Integer> stored(Collecting c) {
    Map<String, Integer> counts = new TreeMap<>();
    for (KubernetesEvent event : c.sink.events()) {
      counts.merge(event.uid(), event.count(), Math::max);
    }
    return counts;
  }

  /** What a reader of the topic knows of pods in the end. */
  private static Map<String, String> known(Collecting c) {
    Map<String, Present> present = new HashMap<>();
    for (TopologyRecord record : c.sink.topology("Pod")) {
      if (record instanceof Present now) {
        present.put(now.snapshot().entity().name(), now);
      } else if (record instanceof Gone gone) {
        present.computeIfPresent(
            gone.entity().name(),
            (name, was) -> was.snapshot().uid().equals(gone.uid()) ? null : was);
      } else if (record instanceof EpochEnd end) {
        present.values().removeIf(was -> was.snapshot().epoch() < end.epoch());
      }
    }
    Map<String, String> states = new TreeMap<>();
    present.forEach(
        (name, was) ->
            states.put(name, was.snapshot().uid() + " " + was.snapshot().attribute("phase")));
    return states;
  }
}
