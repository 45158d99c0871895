package io.causeline.correlator.streams;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is missing in a record read from JSON: reading is tolerant, so a field that is not
 * there becomes null, which the types do not allow. Thread-safe.
 */
final class RequiredFields {

  private record Field(RecordComponent component, boolean required) {}

  private final Map<Class<?>, List<Field>> fields = new ConcurrentHashMap<>();

  /** The path of the first component that is null without being {@code @Nullable}. */
  Optional<String> missing(Object value) {
    return missing(value, "");
  }

  private Optional<String> missing(Object value, String path) {
    if (value instanceof Collection<?> items) {
      for (Object item : items) {
        Optional<String> found = missing(item, path + "[]");
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    for (Field field : fields.computeIfAbsent(value.getClass(), RequiredFields::fieldsOf)) {
      String name = (path.isEmpty() ? "" : path + ".") + field.component().getName();
      Object part = read(field.component(), value);
      if (part == null) {
        if (field.required()) {
          return Optional.of(name);
        }
      } else {
        Optional<String> found = missing(part, name);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object read(RecordComponent component, Object value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static List<Field> fieldsOf(Class<?> type) {
    List<Field> found = new ArrayList<>();
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        if (!component.getType().isPrimitive()) {
          boolean required = !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
          found.add(new Field(component, required));
        }
      }
    }
    return found;
  }
}
