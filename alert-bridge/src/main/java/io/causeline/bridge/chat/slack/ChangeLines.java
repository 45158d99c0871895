package io.causeline.bridge.chat.slack;

import io.causeline.bridge.chat.Change;
import io.causeline.bridge.chat.Wording;
import java.util.function.UnaryOperator;

/** A line for each material change. */
final class ChangeLines {

  private final Wording words;

  ChangeLines(Wording words) {
    this.words = words;
  }

  /**
   * The line.
   *
   * @param prose makes text from outside inert
   * @param pointer where to look instead, if the change is a merge
   */
  String line(Change change, UnaryOperator<String> prose, String pointer) {
    if (change instanceof Change.HypothesisChanged c) {
      return "🔎 "
          + words.hypothesisChanged(prose.apply(c.before()), prose.apply(c.after()), c.percent());
    } else if (change instanceof Change.SeverityRaised c) {
      return "⬆️ " + words.severityRaised(c.before(), c.after());
    } else if (change instanceof Change.NewlyHit c) {
      return "➕ " + words.newlyHit(prose.apply(String.join(", ", c.kinds())));
    } else if (change instanceof Change.Resolved c) {
      return "✅ " + words.resolved(c.lasted());
    } else if (change instanceof Change.Reopened c) {
      return "🔁 " + words.reopened(c.times());
    } else if (change instanceof Change.Merged) {
      return "🔀 " + words.mergedInto(pointer);
    } else if (change instanceof Change.SplitOff) {
      return "↩️ " + words.splitOff();
    }
    return "👀 " + words.acknowledged();
  }
}
