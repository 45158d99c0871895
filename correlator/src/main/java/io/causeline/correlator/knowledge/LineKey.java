package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a line means, without what it is worth and where it stands: two lines of one key match the
 * same signals and lead to the same places.
 */
record LineKey(Class<?> subject, Map<String, Object> means) {

  private static final Set<String> NOT_ITS_MEANING = Set.of("weight", "group", "source");

  static LineKey of(Matcher line) {
    Map<String, Object> means = new LinkedHashMap<>();
    for (RecordComponent component : line.getClass().getRecordComponents()) {
      if (!NOT_ITS_MEANING.contains(component.getName())) {
        means.put(component.getName(), comparable(value(line, component)));
      }
    }
    return new LineKey(line.getClass(), means);
  }

  private static @Nullable Object value(Matcher line, RecordComponent component) {
    try {
      return component.getAccessor().invoke(line);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a line cannot be read: " + component.getName(), e);
    }
  }

  /** Patterns compare by identity, so their text stands for them. */
  private static Object comparable(@Nullable Object value) {
    if (value instanceof Pattern pattern) {
      return pattern.pattern();
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> comparable(entry.getValue())));
    }
    return value == null ? "" : value;
  }
}
