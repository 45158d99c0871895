package io.causeline.standalone.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Json;
import io.causeline.standalone.evaluate.LabelledCase.Clue;
import io.causeline.standalone.evaluate.RecordingTrial.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Diagnoses everything that is labelled, and counts. */
public final class Evaluation {

  /** A wrong answer above it misleads. */
  static final double CLAIM = 0.6;

  private static final int FIRST_FEW = 3;
  private static final int BINS = 5;
  private static final String ALL = "all";

  private final Knowledge knowledge;
  private final @Nullable Predicate<String> tuned;

  /**
   * An evaluation.
   *
   * @param tuned which ids were used to tune the knowledge, to be reported apart; null if that is
   *     not told
   */
  Evaluation(Knowledge knowledge, @Nullable Predicate<String> tuned) {
    this.knowledge = knowledge;
    this.tuned = tuned;
  }

  /** What an evaluation came to, as people and programs read it. */
  public record Outcome(String json, String markdown) {}

  /**
   * Diagnoses everything that is labelled in these folders.
   *
   * @param tuned ids of cases that were used to tune the knowledge; null if that is not told
   * @throws io.causeline.service.StartupException if a folder or a label cannot be read
   */
  public static Outcome of(List<Path> folders, Knowledge knowledge, @Nullable Pattern tuned) {
    Report report =
        new Evaluation(knowledge, tuned == null ? null : tuned::matches).run(Dataset.read(folders));
    try {
      String json = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
      return new Outcome(json + "\n", ReportText.of(report));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report cannot be written as JSON", e);
    }
  }

  /** A case and what was said. */
  private record Trial(LabelledCase labelled, String half, List<Said> said) {

    int rank() {
      return Said.rank(said, labelled.accepted());
    }

    /** The first answer, if it claims anything. */
    @Nullable Said claim() {
      return said.isEmpty() || !said.get(0).claims() ? null : said.get(0);
    }

    /** Whether nothing, or nothing wrong, is claimed. */
    boolean quiet() {
      Said claim = claim();
      return claim == null || labelled.accepted().contains(claim.cause());
    }

    boolean right() {
      return labelled.clue() == Clue.BENIGN ? quiet() : rank() == 1;
    }
  }

  Report run(Dataset dataset) {
    List<RecordingTrial.Result> results = new ArrayList<>();
    List<RecordingTrial.Result> without = new ArrayList<>();
    for (LabelledRecording recording : dataset.recordings()) {
      results.add(RecordingTrial.run(recording, knowledge, true));
      without.add(RecordingTrial.run(recording, knowledge, false));
    }
    List<Trial> trials = new ArrayList<>();
    for (LabelledCase labelled : dataset.cases()) {
      trials.add(new Trial(labelled, half(labelled.id()), CaseTrial.run(labelled, knowledge)));
    }
    return new Report(
        recordings(results),
        groups(trials),
        calibration(results, trials),
        perCause(results, trials),
        confusion(results, trials),
        wrong(trials),
        recordings(without));
  }

  private String half(String id) {
    return tuned == null ? ALL : tuned.test(id) ? "tuned" : "unseen";
  }

  private static Report.@Nullable Recordings recordings(List<RecordingTrial.Result> results) {
    if (results.isEmpty()) {
      return null;
    }
    List<Answer> answers = results.stream().flatMap(r -> r.answers().stream()).toList();
    long found = answers.stream().filter(a -> !a.said().isEmpty()).count();
    int signals = sum(results, RecordingTrial.Result::signals);
    int critical = sum(results, RecordingTrial.Result::critical);
    List<Double> seconds =
        answers.stream()
            .map(Answer::firstRight)
            .filter(java.util.Objects::nonNull)
            .map(Duration::toMillis)
            .map(millis -> millis / 1000.0)
            .sorted()
            .toList();
    return new Report.Recordings(
        results.size(),
        answers.size(),
        (int) found,
        answers.size() - (int) found,
        sum(results, r -> r.falseAlarms().size()),
        share(answers, a -> a.causeRank() == 1),
        share(answers, a -> within(a.causeRank())),
        share(answers, a -> a.locusRank() == 1),
        share(answers, a -> within(a.locusRank())),
        signals == 0
            ? null
            : round(1 - sum(results, RecordingTrial.Result::incidents) / (double) signals),
        critical == 0
            ? null
            : round(sum(results, RecordingTrial.Result::criticalKept) / (double) critical),
        seconds.isEmpty() ? null : seconds.get(seconds.size() / 2),
        seconds.isEmpty() ? null : seconds.get(seconds.size() - 1));
  }

  private static List<Report.Group> groups(List<Trial> trials) {
    List<Report.Group> groups = new ArrayList<>();
    for (String half : new TreeSet<>(trials.stream().map(Trial::half).toList())) {
      for (Clue clue : Clue.values()) {
        List<Trial> those =
            trials.stream()
                .filter(t -> t.half().equals(half) && t.labelled().clue() == clue)
                .toList();
        if (!those.isEmpty()) {
          groups.add(
              new Report.Group(
                  half,
                  clue.word(),
                  those.size(),
                  count(those, t -> t.rank() == 1),
                  count(those, t -> within(t.rank())),
                  count(those, Evaluation::falseClaim),
                  count(those, t -> clue == Clue.BENIGN && t.quiet())));
        }
      }
    }
    return groups;
  }

  private static boolean falseClaim(Trial trial) {
    Said claim = trial.claim();
    return claim != null
        && claim.confidence() > CLAIM
        && !trial.labelled().accepted().contains(claim.cause());
  }

  private static Report.Calibration calibration(
      List<RecordingTrial.Result> results, List<Trial> trials) {
    record Claim(double confidence, boolean right) {}
    List<Claim> claims = new ArrayList<>();
    for (RecordingTrial.Result result : results) {
      for (Answer answer : result.answers()) {
        if (!answer.said().isEmpty() && answer.said().get(0).claims()) {
          claims.add(new Claim(answer.said().get(0).confidence(), answer.causeRank() == 1));
        }
      }
      for (Said said : result.falseAlarms()) {
        if (said.claims()) {
          claims.add(new Claim(said.confidence(), false));
        }
      }
    }
    for (Trial trial : trials) {
      Said claim = trial.claim();
      if (claim != null) {
        claims.add(
            new Claim(claim.confidence(), trial.labelled().accepted().contains(claim.cause())));
      }
    }
    List<Report.Bin> bins = new ArrayList<>();
    double error = 0;
    for (int i = 0; i < BINS; i++) {
      double from = i / (double) BINS;
      double to = (i + 1) / (double) BINS;
      boolean last = i == BINS - 1;
      List<Claim> those =
          claims.stream()
              .filter(c -> c.confidence() >= from && (last || c.confidence() < to))
              .toList();
      if (!those.isEmpty()) {
        double mean = those.stream().mapToDouble(Claim::confidence).average().orElse(0);
        double right = those.stream().filter(Claim::right).count() / (double) those.size();
        error += Math.abs(mean - right) * those.size() / claims.size();
        bins.add(new Report.Bin(from, to, those.size(), round(mean), round(right)));
      }
    }
    return new Report.Calibration(claims.size(), claims.isEmpty() ? null : round(error), bins);
  }

  /** What was true, as one cause: the one that was told if it is accepted, else the first. */
  private static String truth(Set<String> accepted, List<Said> said) {
    int rank = Said.rank(said, accepted);
    return rank > 0 ? said.get(rank - 1).cause() : new TreeSet<>(accepted).first();
  }

  private static List<Report.PerCause> perCause(
      List<RecordingTrial.Result> results, List<Trial> trials) {
    Map<String, int[]> counts = new TreeMap<>();
    for (RecordingTrial.Result result : results) {
      for (Answer answer : result.answers()) {
        tally(counts, answer.expected().cause(), answer.causeRank());
      }
    }
    for (Trial trial : trials) {
      if (trial.labelled().clue() != Clue.BENIGN) {
        tally(counts, truth(trial.labelled().accepted(), trial.said()), trial.rank());
      }
    }
    return counts.entrySet().stream()
        .map(
            e -> new Report.PerCause(e.getKey(), e.getValue()[0], e.getValue()[1], e.getValue()[2]))
        .toList();
  }

  private static void tally(Map<String, int[]> counts, String cause, int rank) {
    int[] count = counts.computeIfAbsent(cause, c -> new int[3]);
    count[0]++;
    count[1] += rank == 1 ? 1 : 0;
    count[2] += within(rank) ? 1 : 0;
  }

  private static List<Report.Confusion> confusion(
      List<RecordingTrial.Result> results, List<Trial> trials) {
    record Pair(String expected, String said) {}
    Map<Pair, Integer> times = new java.util.HashMap<>();
    for (RecordingTrial.Result result : results) {
      for (Answer answer : result.answers()) {
        if (answer.causeRank() != 1) {
          times.merge(new Pair(answer.expected().cause(), first(answer.said())), 1, Integer::sum);
        }
      }
      for (Said said : result.falseAlarms()) {
        times.merge(new Pair("nothing", said.cause()), 1, Integer::sum);
      }
    }
    for (Trial trial : trials) {
      if (!trial.right()) {
        String expected =
            trial.labelled().clue() == Clue.BENIGN
                ? "nothing"
                : truth(trial.labelled().accepted(), trial.said());
        times.merge(new Pair(expected, first(trial.said())), 1, Integer::sum);
      }
    }
    return times.entrySet().stream()
        .map(e -> new Report.Confusion(e.getKey().expected(), e.getKey().said(), e.getValue()))
        .sorted(
            Comparator.comparingInt(Report.Confusion::times)
                .reversed()
                .thenComparing(Report.Confusion::expected)
                .thenComparing(Report.Confusion::said))
        .toList();
  }

  private static String first(List<Said> said) {
    return said.isEmpty() ? "nothing" : said.get(0).cause();
  }

  private static List<Report.Wrong> wrong(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> !trial.right())
        .map(
            trial ->
                new Report.Wrong(
                    trial.labelled().id(),
                    trial.half(),
                    trial.labelled().clue().word(),
                    trial.labelled().accepted().stream().sorted().toList(),
                    trial.said().stream()
                        .limit(FIRST_FEW)
                        .map(said -> new Report.Told(said.cause(), said.confidence()))
                        .toList()))
        .toList();
  }

  private static boolean within(int rank) {
    return rank > 0 && rank <= FIRST_FEW;
  }

  private static <T> int count(List<T> all, Predicate<T> which) {
    return (int) all.stream().filter(which).count();
  }

  private static <T> int sum(List<T> all, ToIntFunction<T> number) {
    return all.stream().mapToInt(number).sum();
  }

  private static <T> @Nullable Double share(List<T> all, Predicate<T> which) {
    return all.isEmpty() ? null : round(count(all, which) / (double) all.size());
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
