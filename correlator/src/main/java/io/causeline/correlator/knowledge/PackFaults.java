package io.causeline.correlator.knowledge;

import io.causeline.model.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Collects what is wrong with packs, so that all of it is told at once: each fault one line, of
 * what a terminal can show, whatever the pack holds.
 */
public final class PackFaults {

  /** Some faults list all that would have been right. */
  private static final int MOST_BYTES = 4096;

  private final List<String> all = new ArrayList<>();

  /** Adds a fault that tells its place itself. */
  public void add(String text) {
    all.add(Text.cut(shown(text), MOST_BYTES));
  }

  /** Adds a fault. */
  public void add(String file, int line, String text) {
    add(file + ":" + line + ": " + text);
  }

  /** Blanks stay as they are: they may be what is wrong. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean hidden =
                  Character.isISOControl(c)
                      || type == Character.FORMAT
                      || type == Character.SURROGATE
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR;
              shown.appendCodePoint(c == '\n' ? ' ' : hidden ? '\uFFFD' : c);
            });
    return shown.toString();
  }

  /** All faults so far. */
  public List<String> all() {
    return List.copyOf(all);
  }

  /**
   * Ends the reading.
   *
   * @throws KnowledgeException with all faults, where there are any
   */
  public void throwIfAny() {
    if (!all.isEmpty()) {
      throw new KnowledgeException(all);
    }
  }

  /** Faults of one entry of one pack, each told with its line and the entry's name. */
  public record Scope(PackFaults faults, String file, String subject) {

    /** The same pack, another entry. */
    public Scope of(String other) {
      return new Scope(faults, file, other);
    }

    /** A fault at a node. */
    public void fault(Node at, String text) {
      faults.add(file, line(at), subject.isEmpty() ? text : subject + ": " + text);
    }

    /** A word that is none of those that are known here. */
    public void unknown(Node at, String what, String word, Collection<String> known) {
      fault(
          at,
          "unknown "
              + what
              + " '"
              + word
              + "'; known are "
              + String.join(", ", known)
              + DidYouMean.hint(word, known));
    }

    /** A fault at a place that {@link #source} told. */
    void fault(String source, String text) {
      faults.add(source + ": " + subject + ": " + text);
    }

    /** Where a node stands: {@code nodes.yaml:14}. */
    public String source(Node at) {
      return file + ":" + line(at);
    }

    private static int line(Node at) {
      return at.getStartMark() == null ? 0 : at.getStartMark().getLine() + 1;
    }
  }
}
