package io.causeline.bridge.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
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

  private static final String EXPORTED = "exported_";

  private final NavigableMap<String, String> all;

  private AlertLabels(NavigableMap<String, String> all) {
    this.all = Collections.unmodifiableNavigableMap(all);
  }

  static AlertLabels of(JsonNode labels) {
    NavigableMap<String, String> all = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      String value = label.getValue().isValueNode() ? label.getValue().asText() : "";
      String cleaned = label.getValue().isNull() ? "" : Text.clean(value);
      if (!cleaned.isEmpty()) {
        all.put(Text.clean(label.getKey()), cleaned);
      }
    }
    return new AlertLabels(all);
  }

  static AlertLabels of(Map<String, String> labels) {
    return new AlertLabels(new TreeMap<>(labels));
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
    String renamed = all.get(EXPORTED + name);
    return renamed != null ? renamed : all.get(name);
  }

  /** Whether the scrape renamed the metric's own label of this name. */
  boolean renamed(String name) {
    return all.containsKey(EXPORTED + name);
  }

  /** All of them, by name. */
  NavigableMap<String, String> all() {
    return all;
  }

  /** The labels by their own names, renaming undone. */
  NavigableMap<String, String> owned() {
    NavigableMap<String, String> owned = new TreeMap<>(all);
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
