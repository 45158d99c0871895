package io.causeline.bridge.alertmanager;

import io.causeline.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one alert, cleaned, in the order of their names. Prometheus takes an empty value
 * for an absent label, and so does this. Values that are not text are read as text; lists and
 * objects, which no Prometheus sends, are left out.
 *
 * <p>Where a scrape does not honour the exporter's labels, Prometheus gives the plain name to the
 * scraped target and renames the metric's own label to {@code exported_…}: {@link #own} looks for
 * that one first.
 */
final class AlertLabels {

  /** What a signal carries of its labels: more than any rule of the field's catalogues has. */
  static final int MAX_KEPT = 64;

  /** Bytes that a signal's labels may take together. */
  static final int MAX_KEPT_BYTES = 16 * 1024;

  /** In UTF-8, of what Java counts as one character. */
  private static final int MAX_BYTES_OF_CHAR = 3;

  private static final String EXPORTED = "exported_";

  private final NavigableMap<String, String> all;

  /** Whether any is renamed; looking for a renamed one costs a name made up each time. */
  private final boolean anyRenamed;

  private AlertLabels(NavigableMap<String, String> all) {
    this.all = all;
    String first = all.ceilingKey(EXPORTED);
    this.anyRenamed = first != null && first.startsWith(EXPORTED);
  }

  static AlertLabels of(Map<String, String> labels) {
    return new AlertLabels(new TreeMap<>(labels));
  }

  /** Of labels that are clean; the map is the callee's from now on. */
  static AlertLabels taking(NavigableMap<String, String> labels) {
    return new AlertLabels(labels);
  }

  /** The label as it stands. */
  @Nullable String get(String name) {
    return all.get(name);
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  /** The metric's own label of this name: the renamed one where the scrape has renamed it. */
  @Nullable String own(String name) {
    String renamed = anyRenamed ? all.get(EXPORTED + name) : null;
    return renamed != null ? renamed : all.get(name);
  }

  /** Whether the scrape renamed the metric's own label of this name. */
  boolean renamed(String name) {
    return anyRenamed && all.containsKey(EXPORTED + name);
  }

  /** All of them, by name. */
  NavigableMap<String, String> all() {
    return Collections.unmodifiableNavigableMap(all);
  }

  /** The labels by their own names, renaming undone. */
  NavigableMap<String, String> owned() {
    TreeMap<String, String> owned = new TreeMap<>(all);
    if (!anyRenamed) {
      return owned;
    }
    all.forEach(
        (name, value) -> {
          if (name.startsWith(EXPORTED) && name.length() > EXPORTED.length()) {
            owned.remove(name);
            owned.put(name.substring(EXPORTED.length()), value);
          }
        });
    return owned;
  }

  /**
   * What a signal carries: every label cut to a label's length, those named in {@code first} before
   * the others, as many as fit into {@link #MAX_KEPT} and {@link #MAX_KEPT_BYTES}.
   */
  Map<String, String> kept(Collection<String> first) {
    if (allFit()) {
      return all;
    }
    Map<String, String> kept = new LinkedHashMap<>();
    int room = MAX_KEPT_BYTES;
    for (String name : first) {
      String value = all.get(name);
      if (value != null) {
        room = keep(kept, name, value, room);
      }
    }
    for (Map.Entry<String, String> label : all.entrySet()) {
      if (kept.size() >= MAX_KEPT) {
        break;
      }
      if (!kept.containsKey(label.getKey())) {
        room = keep(kept, label.getKey(), label.getValue(), room);
      }
    }
    return kept;
  }

  /** Whether a signal carries them all, and uncut; so it is nearly always. */
  private boolean allFit() {
    int chars = 0;
    for (Map.Entry<String, String> label : all.entrySet()) {
      int longest = Math.max(label.getKey().length(), label.getValue().length());
      if (label.getKey().isEmpty() || longest * MAX_BYTES_OF_CHAR > Text.LABEL_BYTES) {
        return false;
      }
      chars += label.getKey().length() + label.getValue().length();
    }
    return all.size() <= MAX_KEPT && chars * MAX_BYTES_OF_CHAR <= MAX_KEPT_BYTES;
  }

  private static int keep(Map<String, String> kept, String name, String value, int room) {
    String key = Text.label(name);
    String text = Text.label(value);
    int size =
        key.getBytes(StandardCharsets.UTF_8).length + text.getBytes(StandardCharsets.UTF_8).length;
    if (key.isEmpty() || size > room) {
      return room;
    }
    kept.put(key, text);
    return room - size;
  }
}
