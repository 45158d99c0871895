package io.causeline.standalone.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as Markdown that also reads well on a terminal. */
final class ReportText {

  private final StringBuilder out = new StringBuilder();

  private ReportText() {}

  static String of(Report report) {
    ReportText text = new ReportText();
    text.recordings(report);
    text.cases(report.cases());
    text.calibration(report.calibration());
    text.causes(report.causes());
    text.confusion(report.confusion());
    text.wrong(report.wrong());
    return text.out.toString();
  }

  private void recordings(Report report) {
    Report.Recordings with = report.recordings();
    Report.Recordings without = report.baseline();
    if (with == null || without == null) {
      return;
    }
    heading("Recordings");
    row("", "with topology", "events and alerts alone");
    row("---", "---", "---");
    row("recordings", with.recordings(), without.recordings());
    row("incidents that there were", with.expected(), without.expected());
    row("found", with.found(), without.found());
    row("missed", with.missed(), without.missed());
    row("false", with.falseIncidents(), without.falseIncidents());
    row("right cause first", percent(with.causeTop1()), percent(without.causeTop1()));
    row("right cause among three", percent(with.causeTop3()), percent(without.causeTop3()));
    row("right place first", percent(with.locusTop1()), percent(without.locusTop1()));
    row("right place among three", percent(with.locusTop3()), percent(without.locusTop3()));
    row("compression", percent(with.compression()), percent(without.compression()));
    row(
        "critical alerts in an incident",
        percent(with.criticalAlertsKept()),
        percent(without.criticalAlertsKept()));
    row(
        "seconds to the right answer, median",
        number(with.medianSecondsToRight()),
        number(without.medianSecondsToRight()));
    row(
        "seconds to the right answer, greatest",
        number(with.greatestSecondsToRight()),
        number(without.greatestSecondsToRight()));
  }

  private void cases(List<Report.Group> groups) {
    if (groups.isEmpty()) {
      return;
    }
    heading("Cases");
    row(
        "half",
        "what the events give away",
        "cases",
        "right first",
        "among three",
        "wrong above " + Evaluation.CLAIM,
        "quiet");
    row("---", "---", "---", "---", "---", "---", "---");
    for (Report.Group group : groups) {
      boolean benign = group.evidence().equals(LabelledCase.Clue.BENIGN.word());
      row(
          group.half(),
          group.evidence(),
          group.cases(),
          benign ? "-" : of(group.top1(), group.cases()),
          benign ? "-" : of(group.top3(), group.cases()),
          group.falseClaims(),
          benign ? of(group.quiet(), group.cases()) : "-");
    }
  }

  private void calibration(Report.Calibration calibration) {
    heading("Calibration");
    line(
        "%d first answers that claim a cause; calibration error %s."
            .formatted(calibration.answers(), number(calibration.error())));
    line("");
    row("confidence", "answers", "mean confidence", "right");
    row("---", "---", "---", "---");
    for (Report.Bin bin : calibration.bins()) {
      row(
          "%.1f to %.1f".formatted(bin.from(), bin.to()),
          bin.answers(),
          number(bin.confidence()),
          percent(bin.right()));
    }
  }

  private void causes(List<Report.PerCause> causes) {
    heading("By cause");
    row("cause", "labelled", "right first", "among three");
    row("---", "---", "---", "---");
    causes.forEach(c -> row(c.cause(), c.expected(), c.top1(), c.top3()));
  }

  private void confusion(List<Report.Confusion> confusion) {
    heading("Confusion");
    if (confusion.isEmpty()) {
      line("None.");
      return;
    }
    row("true", "said first", "times");
    row("---", "---", "---");
    confusion.forEach(c -> row(c.expected(), c.said(), c.times()));
  }

  private void wrong(List<Report.Wrong> wrong) {
    heading("Wrong first answers");
    if (wrong.isEmpty()) {
      line("None.");
      return;
    }
    row("case", "half", "events", "accepted", "said");
    row("---", "---", "---", "---", "---");
    for (Report.Wrong one : wrong) {
      row(
          one.id(),
          one.half(),
          one.evidence(),
          String.join(", ", one.accepted()),
          one.said().isEmpty()
              ? "nothing"
              : one.said().stream()
                  .map(told -> told.cause() + " " + number(told.confidence()))
                  .collect(Collectors.joining(", ")));
    }
  }

  private void heading(String heading) {
    line(out.length() == 0 ? "## " + heading : "\n## " + heading);
    line("");
  }

  private void row(Object... cells) {
    line(
        java.util.Arrays.stream(cells)
            .map(String::valueOf)
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  private static String of(int some, int all) {
    return "%d of %d (%s)".formatted(some, all, percent(some / (double) all));
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private static String number(@Nullable Double number) {
    return number == null ? "-" : String.format(Locale.ROOT, "%.2f", number);
  }
}
