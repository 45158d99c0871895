package io.causeline.correlator.api;

import io.causeline.correlator.streams.LocalPartitions;
import io.causeline.correlator.streams.Placement;
import io.causeline.correlator.streams.Placement.Holder;
import io.causeline.model.Text;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * Asks those who hold partitions, each for its own: the owner first and, where it does not answer,
 * one after the other who keeps a copy, until a deadline. Every partition ends as answered or as
 * missing, with the reason.
 *
 * @param <T> what each of them answers
 */
final class FanOut<T extends PartialAnswer> {

  /** Asks one holder for partitions, in at most so much time. */
  interface Asking<T> {
    CompletableFuture<T> ask(Holder holder, Set<Integer> partitions, Duration within);
  }

  /**
   * What came of it.
   *
   * @param answers of all that answered
   * @param answered partitions that were read
   * @param missing sentences that name each partition that was not read, or from an old copy
   */
  record Result<T>(List<T> answers, Set<Integer> answered, List<String> missing) {}

  private final Placement placement;
  private final BiFunction<Set<Integer>, Duration, T> here;
  private final Asking<T> elsewhere;

  /**
   * A way of asking.
   *
   * @param here answers from this process
   * @param elsewhere asks another one
   */
  FanOut(Placement placement, BiFunction<Set<Integer>, Duration, T> here, Asking<T> elsewhere) {
    this.placement = placement;
    this.here = here;
    this.elsewhere = elsewhere;
  }

  private record Round<T>(Holder holder, Set<Integer> partitions, CompletableFuture<T> answer) {}

  /** Asks for these partitions. */
  Result<T> ask(Collection<Integer> wanted, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    Map<Integer, Deque<Holder>> holders = new TreeMap<>();
    wanted.forEach(p -> holders.put(p, new ArrayDeque<>(placement.holders(p))));
    Map<Integer, String> trouble = new TreeMap<>();
    Set<Integer> answered = new TreeSet<>();
    List<String> missing = new ArrayList<>();
    List<T> answers = new ArrayList<>();
    while (!holders.isEmpty()) {
      Map<Holder, Set<Integer>> next = nextHolders(holders, trouble, missing);
      for (Round<T> round : start(next, holders, end)) {
        Optional<T> answer = await(round, end, trouble);
        if (answer.isPresent()) {
          answers.add(answer.get());
          take(round, answer.get(), trouble, answered, missing);
        }
      }
      answered.forEach(holders::remove);
    }
    return new Result<>(answers, answered, missing);
  }

  /** Takes out, and names as missing, the partitions that nobody else holds. */
  private static Map<Holder, Set<Integer>> nextHolders(
      Map<Integer, Deque<Holder>> holders, Map<Integer, String> trouble, List<String> missing) {
    Map<Holder, Set<Integer>> next = new LinkedHashMap<>();
    holders
        .entrySet()
        .removeIf(
            entry -> {
              Holder holder = entry.getValue().poll();
              if (holder == null) {
                missing.add(
                    "partition "
                        + entry.getKey()
                        + ": "
                        + trouble.getOrDefault(entry.getKey(), "no correlator holds it now"));
                return true;
              }
              // Owner and copy on one host are one question.
              Holder key = new Holder(holder.host(), holder.port(), holder.here(), true);
              next.computeIfAbsent(key, h -> new TreeSet<>()).add(entry.getKey());
              return false;
            });
    return next;
  }

  private List<Round<T>> start(
      Map<Holder, Set<Integer>> next, Map<Integer, Deque<Holder>> holders, long end) {
    boolean others = holders.values().stream().anyMatch(queue -> !queue.isEmpty());
    long left = Math.max(0, end - System.nanoTime());
    // Where another could answer, one that hangs may not take all of the time.
    Duration within = Duration.ofNanos(others ? left / 2 : left);
    List<Round<T>> rounds = new ArrayList<>();
    next.forEach(
        (holder, partitions) -> {
          if (!holder.here()) {
            rounds.add(
                new Round<>(
                    holder,
                    partitions,
                    within.toMillis() < 1
                        ? CompletableFuture.failedFuture(new TimeoutException())
                        : elsewhere.ask(holder, partitions, within)));
          }
        });
    // The others answer while this process reads its own.
    next.forEach(
        (holder, partitions) -> {
          if (holder.here()) {
            T own = here.apply(partitions, within);
            rounds.add(new Round<>(holder, partitions, CompletableFuture.completedFuture(own)));
          }
        });
    return rounds;
  }

  private static <T> Optional<T> await(Round<T> round, long end, Map<Integer, String> trouble) {
    Throwable failure;
    try {
      long left = Math.max(0, end - System.nanoTime());
      return Optional.of(round.answer().get(left, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      failure = e;
    } catch (ExecutionException e) {
      failure = e.getCause() == null ? e : e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = e;
    }
    round.answer().cancel(true);
    String reason = round.holder().address() + " did not answer (" + describe(failure) + ")";
    round.partitions().forEach(partition -> trouble.put(partition, reason));
    return Optional.empty();
  }

  private static <T extends PartialAnswer> void take(
      Round<T> round,
      T answer,
      Map<Integer, String> trouble,
      Set<Integer> answered,
      List<String> missing) {
    for (int partition : round.partitions()) {
      Long behind = answer.answered().get(partition);
      if (behind == null) {
        trouble.put(
            partition,
            round.holder().address()
                + ": "
                + answer.refused().getOrDefault(partition, "it said nothing of it"));
        continue;
      }
      answered.add(partition);
      if (behind > 0) {
        missing.add(
            "partition "
                + partition
                + ": answered from a copy at "
                + round.holder().address()
                + " that is up to "
                + behind
                + " changes behind");
      } else if (behind == LocalPartitions.UNKNOWN) {
        missing.add(
            "partition "
                + partition
                + ": answered without what happened lately, since Kafka does not answer "
                + round.holder().address());
      }
    }
  }

  private static String describe(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return "not in time";
    }
    if (cause instanceof ConnectException) {
      return "no connection";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : Text.message(message);
  }
}
