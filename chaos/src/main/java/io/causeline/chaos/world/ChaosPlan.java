package io.causeline.chaos.world;

import io.causeline.chaos.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What is done to a system and when: a pure function of the seed. Services are killed soon after a
 * burst of the story, when they are at work.
 *
 * @param actions in the order of their times
 * @param killAtPost after how many messages in the chat the bridge is killed, before it can know of
 *     the last of them
 */
public record ChaosPlan(List<Action> actions, int killAtPost) {

  /** How long chaos lasts, as far as it is planned. */
  public static final Duration WINDOW = Duration.ofSeconds(72);

  /** Between two bursts of the story. */
  public static final Duration BURST = Duration.ofSeconds(4);

  private static final int LONGEST_AFTER_BURST_MILLIS = 700;

  /** How long the broker is out, once. */
  public static final Duration OUTAGE = Duration.ofSeconds(30);

  /** One thing that is done. */
  public sealed interface Action {

    /** When, since chaos began. */
    Duration at();

    /**
     * kill -9, and a restart.
     *
     * @param downFor until it is started again
     */
    record Kill(Duration at, Role role, Duration downFor) implements Action {}

    /** Records that nobody can use go into every topic. */
    record PutPoison(Duration at, int batch) implements Action {}
  }

  public ChaosPlan {
    actions = List.copyOf(actions);
  }

  /** The plan of a seed. */
  public static ChaosPlan of(Seed seed) {
    Random random = seed.random("plan");
    List<Action> actions = new ArrayList<>();
    // Two for each, in either half, so that no process comes away unharmed.
    for (Role role : Role.SERVICES) {
      actions.add(kill(random, role, 4, 22));
      actions.add(kill(random, role, 30, 68));
    }
    Role once = Role.SERVICES.get(random.nextInt(Role.SERVICES.size()));
    actions.add(kill(random, once, 4, 68));
    boolean early = random.nextBoolean();
    int outage = early ? between(random, 6, 12) : between(random, 26, 36);
    actions.add(new Action.Kill(Duration.ofSeconds(outage), Role.BROKER, OUTAGE));
    int restart = early ? between(random, 52, 66) : between(random, 8, 18);
    actions.add(
        new Action.Kill(
            Duration.ofSeconds(restart), Role.BROKER, Duration.ofMillis(random.nextInt(2_000))));
    // The first while all is well, the others anyhow.
    actions.add(new Action.PutPoison(Duration.ofSeconds(1), 0));
    for (int batch = 1; batch < 3; batch++) {
      actions.add(new Action.PutPoison(Duration.ofSeconds(between(random, 6, 66)), batch));
    }
    actions.sort(Comparator.comparing(Action::at));
    return new ChaosPlan(actions, 1 + random.nextInt(3));
  }

  /** Soon after one of the bursts of a span. */
  private static Action kill(Random random, Role role, int from, int to) {
    long step = BURST.toSeconds();
    long burst = step * between(random, (int) (from / step), (int) (to / step));
    Duration at = Duration.ofSeconds(burst).plusMillis(random.nextInt(LONGEST_AFTER_BURST_MILLIS));
    return new Action.Kill(at, role, Duration.ofMillis(random.nextInt(3_000)));
  }

  private static int between(Random random, int from, int to) {
    return from + random.nextInt(to - from);
  }
}
