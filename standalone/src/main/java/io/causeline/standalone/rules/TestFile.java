package io.causeline.standalone.rules;

import io.causeline.correlator.knowledge.DidYouMean;
import io.causeline.correlator.knowledge.Fields;
import io.causeline.correlator.knowledge.PackDocument;
import io.causeline.correlator.knowledge.PackFaults;
import io.causeline.correlator.knowledge.PackFaults.Scope;
import io.causeline.correlator.knowledge.PackSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A file of tests, as it was read.
 *
 * @param faults as {@code file:line: what is wrong and what would be right}
 */
public record TestFile(List<RuleTest> tests, List<Sample> samples, List<String> faults) {

  private static final Set<String> TEST_KEYS =
      Set.of("test", "cause", "kind", "objects", "signals", "until", "expect", "never");
  private static final Set<String> EXPECT_KEYS =
      Set.of("cause", "locus", "rank", "confidence", "below", "state");
  private static final Duration JUDGED_AFTER = Duration.ofMinutes(10);

  /** Reads a file; what is wrong with it is among its faults, and the rest can be used. */
  public static TestFile read(PackSource source) {
    PackFaults faults = new PackFaults();
    Reader reader = new Reader(faults);
    Scope file = new Scope(faults, source.label(), "");
    PackDocument.entries(source, faults).forEach(entry -> reader.entry(entry, file));
    return new TestFile(
        List.copyOf(reader.tests), List.copyOf(reader.samples), List.copyOf(faults.all()));
  }

  /** Reads entries one after the other. */
  private static final class Reader {
    private final PackFaults faults;
    private final List<RuleTest> tests = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Reader(PackFaults faults) {
      this.faults = faults;
    }

    /** A test with a fault is left out: run, it would only say the same less clearly. */
    void entry(Node node, Scope file) {
      String first = Fields.firstKey(node);
      int before = faults.all().size();
      if ("samples".equals(first)) {
        samples.addAll(SampleReader.read(node, file));
      } else if ("test".equals(first)) {
        RuleTest test = test(node, file);
        if (test != null && faults.all().size() == before) {
          tests.add(test);
        }
      } else {
        file.fault(
            node,
            "an entry of a test file begins with 'test' or 'samples'"
                + (first == null ? "" : ", not with '" + first + "'"));
      }
    }

    private @Nullable RuleTest test(Node node, Scope file) {
      String name = Fields.firstText(node);
      if (name == null) {
        file.fault(node, "a test needs a name");
        return null;
      }
      Scope scope = file.of("test '" + name + "'");
      Fields fields = Fields.of(node, scope, TEST_KEYS);
      if (!names.add(name)) {
        fields.fault("test", "there is another test of this name in the file");
      }
      RuleTest.Kind kind = kind(fields);
      String cause = kind == null ? fields.text("cause") : fields.required("cause");
      SignalLines lines = new SignalLines(scope);
      List<TestSignal> signals = lines.signals(fields.list("signals"));
      Duration last =
          signals.stream().map(TestSignal::at).max(Duration::compareTo).orElse(Duration.ZERO);
      Duration until = fields.offset("until", last.plus(JUDGED_AFTER));
      if (until.compareTo(last) < 0) {
        fields.fault("until", "until comes before the last signal, which would not be heard");
      }
      if (!fields.has("signals") && !fields.has("objects")) {
        scope.fault(node, "has neither signals nor objects: nothing could come of it");
      }
      if (!fields.has("expect") && !fields.has("never")) {
        scope.fault(node, "expects nothing: name incidents under 'expect' (or '[]') or 'never'");
      }
      return new RuleTest(
          name,
          scope.source(node),
          cause,
          kind,
          lines.objects(fields.list("objects")),
          signals,
          until,
          fields.has("expect") ? expectations(fields) : null,
          fields.has("never") ? fields.texts("never") : List.of());
    }

    private static RuleTest.@Nullable Kind kind(Fields fields) {
      String word = fields.text("kind");
      if (word == null) {
        return null;
      }
      Optional<RuleTest.Kind> kind =
          Arrays.stream(RuleTest.Kind.values()).filter(k -> k.word().equals(word)).findFirst();
      if (kind.isEmpty()) {
        fields.fault(
            "kind",
            "unknown kind '"
                + word
                + "'; known are positive, negative and look-alike"
                + DidYouMean.hint(
                    word, Stream.of(RuleTest.Kind.values()).map(RuleTest.Kind::word).toList()));
      }
      return kind.orElse(null);
    }

    private static List<Expectation> expectations(Fields test) {
      List<Expectation> expectations = new ArrayList<>();
      for (Node node : test.list("expect")) {
        Fields fields = Fields.of(node, test.scope(), EXPECT_KEYS);
        String cause = fields.required("cause");
        String locus = fields.text("locus");
        boolean anyName = locus != null && locus.matches("[A-Z][A-Za-z0-9]*");
        double least = share(fields, "confidence", 0);
        double most = share(fields, "below", 1);
        if (cause != null) {
          expectations.add(
              new Expectation(
                  test.scope().source(node),
                  cause,
                  anyName ? locus : null,
                  locus == null || anyName ? null : SignalLines.place(fields, "locus"),
                  fields.count("rank", 1),
                  least,
                  most,
                  open(fields)));
        }
      }
      return List.copyOf(expectations);
    }

    private static @Nullable Boolean open(Fields fields) {
      String word = fields.text("state");
      if (word != null && !word.equals("open") && !word.equals("resolved")) {
        fields.fault("state", "unknown state '" + word + "'; known are open and resolved");
      }
      return word == null ? null : word.equals("open");
    }

    private static double share(Fields fields, String key, double otherwise) {
      String text = fields.text(key);
      if (text == null) {
        return otherwise;
      }
      if (!text.matches("0?\\.\\d{1,4}|[01](\\.0+)?")) {
        fields.fault(key, key + " '" + text + "' is no number from 0 to 1, such as 0.6");
        return otherwise;
      }
      return Double.parseDouble(text);
    }
  }
}
