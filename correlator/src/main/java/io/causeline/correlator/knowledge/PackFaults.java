package io.causeline.correlator.knowledge;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with packs, so that all of it is told at once. */
final class PackFaults {
  private final List<String> all = new ArrayList<>();

  void add(String text) {
    all.add(text);
  }

  void add(String file, int line, String text) {
    all.add(file + ":" + line + ": " + text);
  }

  void throwIfAny() {
    if (!all.isEmpty()) {
      throw new KnowledgeException(all);
    }
  }

  /** Faults of one entry of one pack, each told with its line and the entry's name. */
  record Scope(PackFaults faults, String file, String subject) {

    /** The same pack, another entry. */
    Scope of(String other) {
      return new Scope(faults, file, other);
    }

    void fault(Node at, String text) {
      faults.add(file, line(at), subject.isEmpty() ? text : subject + ": " + text);
    }

    /** A fault at a place that {@link #source} told. */
    void fault(String source, String text) {
      faults.add(source + ": " + subject + ": " + text);
    }

    /** Where a node stands: {@code nodes.yaml:14}. */
    String source(Node at) {
      return file + ":" + line(at);
    }

    private static int line(Node at) {
      return at.getStartMark() == null ? 0 : at.getStartMark().getLine() + 1;
    }
  }
}
