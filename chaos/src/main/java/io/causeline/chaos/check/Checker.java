package io.causeline.chaos.check;

import io.causeline.chaos.check.Observation.DeadLetter;
import io.causeline.chaos.check.Observation.Poisoned;
import io.causeline.chaos.check.Observation.Published;
import io.causeline.chaos.check.Observation.SeenEntry;
import io.causeline.chaos.check.Observation.SeenIncident;
import io.causeline.chaos.check.Observation.SeenMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what was seen with what was told, and with what was seen without chaos. Pure. */
public final class Checker {

  /** Topics whose readers put what they cannot use into the dead letters. */
  private static final Set<String> WITH_DEAD_LETTERS =
      Set.of("signals", "topology", "commands", "incidents");

  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  private Checker() {}

  /** A run by itself: everything told has arrived, and everything published was posted once. */
  public static Verdict alone(Told told, Observation seen) {
    Checker checker = new Checker();
    checker.signals(told, seen);
    checker.consistent(seen);
    checker.messages(seen);
    checker.deadLetters(seen);
    checker.differences.addAll(seen.troubles());
    return checker.verdict();
  }

  /** A run by itself, and beside the one without chaos. */
  public static Verdict compare(Told told, Observation calm, Observation seen) {
    Verdict alone = alone(told, seen);
    Checker checker = new Checker();
    checker.lost.addAll(alone.lost());
    checker.doubled.addAll(alone.doubled());
    checker.differences.addAll(alone.differences());
    checker.incidents(calm, seen);
    return checker.verdict();
  }

  private Verdict verdict() {
    return new Verdict(lost, doubled, differences);
  }

  private void signals(Told told, Observation seen) {
    for (String key : new TreeSet<>(told.states())) {
      if (!seen.signals().containsKey(key)) {
        lost.add("signal: " + key);
      }
    }
    for (String key : new TreeSet<>(told.alerts())) {
      if (!seen.signals().containsKey(key)) {
        lost.add("signal of a webhook that was answered 200: " + key);
      }
    }
    for (String refusal : new TreeSet<>(told.refused())) {
      lost.add("webhook refused for good: " + refusal);
    }
  }

  /** The API and the topic tell of the same incidents, and no revision was published twice. */
  private void consistent(Observation seen) {
    Set<String> served = new TreeSet<>();
    for (SeenIncident incident : seen.incidents()) {
      Published published = seen.published().get(incident.id());
      if (!served.add(incident.id())) {
        doubled.add("incident served twice: " + incident.subject());
      } else if (published == null || !published.state().equals(incident.state())) {
        differences.add(
            "the API says "
                + incident.state()
                + ", the topic "
                + (published == null ? "nothing" : published.state())
                + " of "
                + incident.subject());
      }
    }
    new TreeMap<>(seen.published())
        .forEach(
            (id, published) -> {
              if (!published.state().equals("merged") && !served.contains(id)) {
                lost.add("incident published but not served: " + id + " " + published.title());
              }
              if (published.revisionsAgain() > 0) {
                doubled.add(
                    published.revisionsAgain()
                        + " revisions published again of "
                        + published.title());
              }
            });
  }

  private void messages(Observation seen) {
    Map<String, List<SeenMessage>> own = new HashMap<>();
    Map<String, Integer> operations = new TreeMap<>();
    for (SeenMessage message : seen.messages()) {
      operations.merge(message.incident() + " " + message.operation(), 1, Integer::sum);
      if (!message.reply()) {
        own.computeIfAbsent(message.incident(), i -> new ArrayList<>()).add(message);
      }
      if (!seen.published().containsKey(message.incident())) {
        differences.add("message about no incident: " + message.text());
      }
    }
    operations.forEach(
        (operation, times) -> {
          if (times > 1) {
            doubled.add(times + " messages in the chat where one is due: " + operation);
          }
        });
    new TreeMap<>(seen.published())
        .forEach((id, published) -> message(published, own.getOrDefault(id, List.of())));
  }

  /** An incident that was ever news has a message, in its last state. */
  private void message(Published published, List<SeenMessage> messages) {
    boolean merged = published.state().equals("merged");
    if (messages.isEmpty() && published.everActive() && !merged) {
      lost.add("message about " + published.title() + " (" + published.state() + ")");
    } else if (messages.size() > 1) {
      doubled.add(messages.size() + " messages about " + published.title());
    } else if (messages.size() == 1) {
      String text = plain(messages.get(0).text());
      if (!text.contains(plain(published.state()))
          || (!merged && !text.contains(plain(published.title())))) {
        differences.add(
            "the message about "
                + published.title()
                + " does not say "
                + published.state()
                + ": "
                + messages.get(0).text());
      }
    }
  }

  /** Letters and digits only: how a channel escapes the rest is its own. */
  private static String plain(String text) {
    return text.replaceAll("&(amp|lt|gt);", "")
        .replaceAll("[^\\p{L}\\p{N}]", "")
        .toLowerCase(Locale.ROOT);
  }

  private void deadLetters(Observation seen) {
    Map<String, Integer> written = new HashMap<>();
    Map<String, Integer> exactlyOnce = new HashMap<>();
    for (DeadLetter letter : seen.deadLetters()) {
      written.merge(letter.place(), 1, Integer::sum);
      if (letter.transactional()) {
        exactlyOnce.merge(letter.place(), 1, Integer::sum);
      }
    }
    Set<String> poison = new TreeSet<>();
    for (Poisoned poisoned : seen.poison()) {
      poison.add(poisoned.place());
      if (WITH_DEAD_LETTERS.contains(poisoned.topic()) && !written.containsKey(poisoned.place())) {
        lost.add("dead letter of " + poisoned.name() + " at " + poisoned.place());
      }
    }
    exactlyOnce.forEach(
        (place, times) -> {
          if (times > 1) {
            doubled.add(times + " dead letters of " + place);
          }
        });
    for (DeadLetter letter : seen.deadLetters()) {
      if (!poison.contains(letter.place())) {
        lost.add("good record in the dead letters: " + letter.place() + ", " + letter.why());
      }
    }
  }

  private void incidents(Observation calm, Observation seen) {
    Map<String, List<SeenIncident>> before = bySubject(calm);
    Map<String, List<SeenIncident>> after = bySubject(seen);
    Set<String> subjects = new TreeSet<>(before.keySet());
    subjects.addAll(after.keySet());
    for (String subject : subjects) {
      List<SeenIncident> was = before.getOrDefault(subject, List.of());
      List<SeenIncident> is = after.getOrDefault(subject, List.of());
      if (was.size() == 1 && is.size() == 1) {
        pair(was.get(0), is.get(0));
      } else if (!texts(was).equals(texts(is))) {
        differences.add(
            "incidents of " + subject + ": without chaos " + texts(was) + ", with it " + texts(is));
      }
    }
  }

  private void pair(SeenIncident was, SeenIncident is) {
    String of = " of " + was.subject();
    differ("state" + of, was.state(), is.state());
    differ("severity" + of, was.severity(), is.severity());
    Map<String, SeenEntry> before = entries(was);
    Map<String, SeenEntry> after = entries(is);
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    for (String what : all) {
      SeenEntry one = before.get(what);
      SeenEntry other = after.get(what);
      if (one == null || other == null) {
        differences.add(
            "entry" + of + " only " + (one == null ? "with" : "without") + " chaos: " + what);
      } else if (other.count() > one.count()) {
        doubled.add(other.count() + " instead of " + one.count() + " times" + of + ": " + what);
      } else if (other.count() < one.count()) {
        lost.add(other.count() + " instead of " + one.count() + " times" + of + ": " + what);
      } else {
        differ("times" + of + ", " + what, one.when(), other.when());
      }
    }
  }

  private void differ(String what, String was, String is) {
    if (!was.equals(is)) {
      differences.add(what + ": without chaos " + was + ", with it " + is);
    }
  }

  /** By what they say; the second of the same gets a number. */
  private static Map<String, SeenEntry> entries(SeenIncident incident) {
    Map<String, SeenEntry> entries = new TreeMap<>();
    List<SeenEntry> sorted =
        incident.timeline().stream()
            .sorted(
                java.util.Comparator.comparing(SeenEntry::what)
                    .thenComparing(SeenEntry::when)
                    .thenComparing(SeenEntry::count))
            .toList();
    for (SeenEntry entry : sorted) {
      String name = entry.what();
      for (int i = 2; entries.containsKey(name); i++) {
        name = entry.what() + " (" + i + ")";
      }
      entries.put(name, entry);
    }
    return entries;
  }

  private static Map<String, List<SeenIncident>> bySubject(Observation seen) {
    return seen.incidents().stream()
        .collect(Collectors.groupingBy(SeenIncident::subject, TreeMap::new, Collectors.toList()));
  }

  private static List<String> texts(List<SeenIncident> incidents) {
    return incidents.stream()
        .map(i -> i.state() + " " + i.severity() + " " + entries(i).values())
        .sorted()
        .toList();
  }
}
