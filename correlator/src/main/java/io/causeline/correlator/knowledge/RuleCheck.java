package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds event rules that are never asked, since earlier ones take all their events. */
final class RuleCheck {

  private RuleCheck() {}

  /** Checks rules in the order in which they are asked. */
  static void check(List<EventRule> rules, PackFaults faults) {
    for (int i = 0; i < rules.size(); i++) {
      Matcher.OnEvent rule = rules.get(i).matcher();
      String taker = null;
      Set<String> left = new HashSet<>(rule.reasons());
      for (int j = 0; j < i && taker == null; j++) {
        Matcher.OnEvent earlier = rules.get(j).matcher();
        if (takes(earlier, rule)) {
          left.removeAll(earlier.reasons());
          boolean all =
              earlier.reasons().isEmpty() || (!rule.reasons().isEmpty() && left.isEmpty());
          taker = all ? earlier.source() : null;
        }
      }
      if (taker != null) {
        faults.add(
            rule.source()
                + ": rule '"
                + (rules.get(i).benign() ? "benign" : "events")
                + "': is never asked: the rule at "
                + taker
                + " takes all its events before; put it before that one, or take it out");
      }
    }
  }

  /** Whether an earlier rule takes every event of a later one that has one of its own reasons. */
  private static boolean takes(Matcher.OnEvent earlier, Matcher.OnEvent later) {
    boolean kinds =
        earlier.kinds().isEmpty()
            || (!later.kinds().isEmpty() && earlier.kinds().containsAll(later.kinds()));
    return kinds
        && (earlier.warning() == null || Objects.equals(earlier.warning(), later.warning()))
        && (earlier.not() == null || same(earlier.not(), later.not()))
        && (earlier.message() == null || same(earlier.message(), later.message()))
        && (earlier.namespace() == null || same(earlier.namespace(), later.namespace()))
        && (earlier.name() == null || same(earlier.name(), later.name()))
        && (earlier.component() == null || same(earlier.component(), later.component()));
  }

  private static boolean same(Pattern one, @Nullable Pattern other) {
    return other != null && one.pattern().equals(other.pattern());
  }
}
