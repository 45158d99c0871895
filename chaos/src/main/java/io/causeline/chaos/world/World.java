package io.causeline.chaos.world;

import io.causeline.chaos.Seed;
import io.causeline.chaos.check.Observation;
import io.causeline.chaos.check.Observer;
import io.causeline.chaos.check.Told;
import io.causeline.chaos.check.TopicLog;
import io.causeline.chaos.check.Verdict;
import io.causeline.chaos.story.Step;
import io.causeline.chaos.story.Story;
import io.causeline.standalone.player.PlayedApiServer;
import io.causeline.standalone.player.PlayedCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;

/** One run of a story through real processes, with the world that they live in. */
public final class World implements AutoCloseable {

  /** For a state to be seen in Kafka before the next of the same object is told. */
  private static final Duration STEP_PATIENCE = Duration.ofMinutes(3);

  /** Without any change: longer than any pause that the chat makes by itself. */
  private static final Duration QUIET = Duration.ofSeconds(8);

  private static final Duration SETTLE_PATIENCE = Duration.ofMinutes(2);

  private final Story story;
  private final Seed seed;
  private final boolean hostile;
  private final Progress progress;
  private final PlayedCluster cluster;
  private final PlayedApiServer api;
  private final HostileProxy proxy;
  private final SlackDouble slack;
  private final Fleet fleet;
  private final Alertmanagers alertmanagers;
  private final TopicLog log;
  private final Set<String> inKafka = new HashSet<>();
  private final Map<Role, AtomicInteger> kills = new EnumMap<>(Role.class);
  private int outages;
  private int poisoned;

  private World(Story story, Seed seed, boolean hostile, Path folder, Progress progress)
      throws IOException, InterruptedException {
    this.story = story;
    this.seed = seed;
    this.hostile = hostile;
    this.progress = progress;
    this.cluster = new PlayedCluster();
    story.atStart().forEach(cluster::hold);
    this.api = PlayedApiServer.start(cluster);
    this.proxy = HostileProxy.before(api.uri(), seed);
    this.slack = SlackDouble.start(seed);
    this.fleet = Fleet.start(folder, proxy.uri(), slack.apiUrl(), progress);
    this.alertmanagers = new Alertmanagers(fleet.http(Role.BRIDGE), seed, hostile);
    this.log = new TopicLog(fleet.bootstrap(), Observer.TOPICS);
    for (Role role : Role.values()) {
      kills.put(role, new AtomicInteger());
    }
  }

  /**
   * Starts the processes and the world; returns when all are ready.
   *
   * @param hostile whether chaos will be done to it
   * @param folder for data, settings and logs
   */
  public static World start(Story story, Seed seed, boolean hostile, Path folder, Progress progress)
      throws IOException, InterruptedException {
    return new World(story, seed, hostile, folder, progress);
  }

  /**
   * Tells the story, while chaos is done if it is to be; returns when all of it is told and all
   * processes run again.
   *
   * @param lasting how long to take, if nothing holds it up
   */
  public void tell(Duration lasting) throws IOException, InterruptedException {
    ScheduledExecutorService chaos = Executors.newScheduledThreadPool(8);
    try {
      if (hostile) {
        disturb(true);
        ChaosPlan plan = ChaosPlan.of(seed);
        plan.actions().forEach(action -> schedule(chaos, action));
        slack.afterPost(plan.killAtPost(), this::killAtPost);
      }
      long begun = System.nanoTime();
      int number = 0;
      for (Step step : story.steps()) {
        long due = begun + due(number++, lasting);
        do {
          log.poll().forEach(entry -> see(Observer.key(entry)));
        } while (System.nanoTime() < due);
        tell(step);
      }
      progress.say("the story is told");
      if (hostile) {
        long left = begun + ChaosPlan.WINDOW.toNanos() - System.nanoTime();
        Thread.sleep(Math.max(0, TimeUnit.NANOSECONDS.toMillis(left)));
        disturb(false);
      }
      // What was planned is done, also where it was held up.
      chaos.shutdown();
      if (!chaos.awaitTermination(90, TimeUnit.SECONDS)) {
        throw new IOException("chaos does not end");
      }
    } finally {
      chaos.shutdownNow();
    }
  }

  /** In chaos the story comes in bursts, else evenly. */
  private long due(int step, Duration lasting) {
    long even = lasting.toNanos() * step / story.steps().size();
    return hostile ? even - even % ChaosPlan.BURST.toNanos() : even;
  }

  private void disturb(boolean now) {
    proxy.hostile(now);
    slack.hostile(now);
    if (now) {
      alertmanagers.storm();
    } else {
      alertmanagers.calm();
    }
  }

  /** The message is in the chat, and who posted it is gone before hearing of it. */
  private void killAtPost() {
    ChaosPlan.Action.Kill kill =
        new ChaosPlan.Action.Kill(Duration.ZERO, Role.BRIDGE, Duration.ofMillis(500));
    progress.say("a message was posted that its sender will never hear of");
    try {
      kill(kill);
    } catch (IOException e) {
      progress.say("could not be started again: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void see(@org.jspecify.annotations.Nullable String key) {
    if (key != null) {
      inKafka.add(key);
    }
  }

  private void tell(Step step) throws IOException {
    if (step instanceof Step.Notify notify) {
      alertmanagers.notify(notify);
      return;
    }
    Step.Tell tell = (Step.Tell) step;
    Optional<String> after = tell.after();
    long deadline = System.nanoTime() + STEP_PATIENCE.toNanos();
    while (after.isPresent() && !inKafka.contains(after.get())) {
      log.poll().forEach(entry -> see(Observer.key(entry)));
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "lost: after " + STEP_PATIENCE.toSeconds() + " s Kafka does not have " + after.get());
      }
    }
    cluster.apply(tell.watch());
  }

  // A task that fails has told why by then.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void schedule(ScheduledExecutorService chaos, ChaosPlan.Action action) {
    chaos.schedule(
        () -> {
          try {
            act(action);
          } catch (IOException | ExecutionException | RuntimeException e) {
            progress.say("could not be done: " + action + ": " + e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        action.at().toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void act(ChaosPlan.Action action)
      throws IOException, InterruptedException, ExecutionException {
    if (action instanceof ChaosPlan.Action.PutPoison put) {
      try (Poison poison = new Poison(fleet.bootstrap(), fleet.partitions(), seed)) {
        int records = poison.put(put.batch());
        synchronized (this) {
          poisoned += records;
        }
        progress.say(records + " records of poison");
      }
      return;
    }
    kill((ChaosPlan.Action.Kill) action);
  }

  private void kill(ChaosPlan.Action.Kill kill) throws IOException, InterruptedException {
    progress.say(
        "kill -9 " + kill.role().command() + ", down for " + kill.downFor().toMillis() + " ms");
    fleet.kill(kill.role());
    count(kill);
    Thread.sleep(kill.downFor().toMillis());
    fleet.restart(kill.role());
  }

  private synchronized void count(ChaosPlan.Action.Kill kill) {
    kills.computeIfAbsent(kill.role(), r -> new AtomicInteger()).incrementAndGet();
    outages += kill.downFor().equals(ChaosPlan.OUTAGE) ? 1 : 0;
  }

  /**
   * Waits until what is seen is as it should be and has not changed for a while, or until there is
   * no hope that it will be.
   *
   * @param judge of what is seen
   */
  public Observation settle(Function<Observation, Verdict> judge) throws InterruptedException {
    Observer observer = new Observer(fleet.http(Role.CORRELATOR), story.base());
    long deadline = System.nanoTime() + SETTLE_PATIENCE.toNanos();
    Observation last = null;
    long since = System.nanoTime();
    String trouble = "";
    while (System.nanoTime() < deadline) {
      try {
        Observation now = observer.observe(log.readToEnd(), slack.messages(), fleet.notReady());
        if (last == null || !now.equals(last)) {
          last = now;
          since = System.nanoTime();
        } else if (alertmanagers.done()
            && System.nanoTime() - since > QUIET.toNanos()
            && judge.apply(now).ok()) {
          return now;
        }
      } catch (IOException | KafkaException e) {
        trouble = e.toString();
      }
      Thread.sleep(500);
    }
    if (last == null) {
      throw new IllegalStateException("nothing could be seen: " + trouble);
    }
    return last;
  }

  /** What it was told and may not lose. */
  public Told told() {
    return new Told(
        story.lastStates(), alertmanagers.accepted(), Set.copyOf(alertmanagers.refused()));
  }

  /** What was done to it. */
  public synchronized Figures figures() {
    Map<String, Integer> killed = new java.util.TreeMap<>();
    kills.forEach((role, times) -> killed.put(role.command(), times.get()));
    return new Figures(
        killed,
        outages,
        fleet.ended(),
        alertmanagers.sent(),
        alertmanagers.answered(),
        alertmanagers.duplicates(),
        proxy.met(),
        slack.lostAnswers(),
        poisoned);
  }

  /**
   * What was done to a world.
   *
   * @param kills of each process, by its command
   * @param outages of the broker
   * @param ended processes that ended by themselves
   * @param webhooks sent, tries counted
   * @param answered webhooks that were answered 200
   * @param duplicates webhooks that were sent though they had been sent before
   * @param connections to the API server that met something
   * @param lostAnswers calls that the chat did and did not answer
   * @param poison records that were put into topics
   */
  public record Figures(
      Map<String, Integer> kills,
      int outages,
      int ended,
      int webhooks,
      int answered,
      int duplicates,
      int connections,
      int lostAnswers,
      int poison) {

    /** Of a world that never came to be. */
    public static final Figures NONE = new Figures(Map.of(), 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Where the API is. */
  public URI apiUrl() {
    return fleet.http(Role.CORRELATOR);
  }

  @Override
  public void close() throws IOException {
    alertmanagers.close();
    fleet.close();
    log.close();
    slack.close();
    proxy.close();
    api.close();
  }
}
