package io.causeline.standalone.rules;

import io.causeline.correlator.knowledge.Fields;
import io.causeline.correlator.knowledge.PackFaults.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads an entry {@code - samples:}. */
final class SampleReader {

  private static final Set<String> KEYS = Set.of("samples", "match", "no-match");

  private SampleReader() {}

  static List<Sample> read(Node node, Scope file) {
    String cause = Fields.firstText(node);
    if (cause == null) {
      file.fault(node, "samples need the id of a cause");
      return List.of();
    }
    Scope scope = file.of("samples '" + cause + "'");
    Fields fields = Fields.of(node, scope, KEYS);
    List<Sample> samples = new ArrayList<>();
    for (String list : List.of("match", "no-match")) {
      for (Node each : fields.list(list)) {
        Fields sample = Fields.of(each, scope, SignalLines.SAMPLE_KEYS);
        TestSignal.Event event = SignalLines.sample(sample);
        if (event != null) {
          samples.add(
              new Sample(
                  scope.source(each), cause, event, !sample.has("type"), list.equals("match")));
        }
      }
    }
    if (samples.isEmpty()) {
      scope.fault(node, "has neither 'match' nor 'no-match'");
    }
    return samples;
  }
}
