package io.causeline.standalone.docs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A setting as its mapping declares it, in the words of the document.
 *
 * @param name the full one; a map's key is {@code *}
 */
record DeclaredSetting(String name, String type, String defaultValue) {

  /** All of a mapping, by name. */
  static List<DeclaredSetting> of(Class<?> mapping) {
    ConfigMapping root = mapping.getAnnotation(ConfigMapping.class);
    List<DeclaredSetting> settings = new ArrayList<>();
    collect(root.prefix(), mapping, settings);
    settings.sort(Comparator.comparing(DeclaredSetting::name));
    return settings;
  }

  private static void collect(String prefix, Class<?> group, List<DeclaredSetting> settings) {
    for (Method method : group.getMethods()) {
      String name = prefix + "." + name(method);
      Type type = method.getGenericReturnType();
      if (type instanceof Class<?> nested && isGroup(nested)) {
        collect(name, nested, settings);
      } else if (rawType(type) == Map.class) {
        settings.add(new DeclaredSetting(name + ".*", word(argument(type, 1)), "none"));
      } else if (rawType(type) == Optional.class) {
        settings.add(new DeclaredSetting(name, word(argument(type, 0)), "none"));
      } else {
        WithDefault given = method.getAnnotation(WithDefault.class);
        settings.add(
            new DeclaredSetting(
                name, word(type), given == null ? "required" : "`" + given.value() + "`"));
      }
    }
  }

  private static String name(Method method) {
    WithName name = method.getAnnotation(WithName.class);
    return name == null
        ? method.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT)
        : name.value();
  }

  private static boolean isGroup(Class<?> type) {
    return type.isInterface() && type.getName().startsWith("io.causeline.");
  }

  private static String word(Type type) {
    if (type instanceof Class<?> enumType && enumType.isEnum()) {
      List<String> words =
          Arrays.stream(enumType.getEnumConstants())
              .map(c -> "`" + ((Enum<?>) c).name().toLowerCase(Locale.ROOT) + "`")
              .toList();
      int last = words.size() - 1;
      return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
    if (rawType(type) == List.class) {
      return "list of " + word(argument(type, 0));
    }
    Map<Class<?>, String> words =
        Map.of(
            String.class, "text",
            int.class, "number",
            short.class, "number",
            long.class, "number",
            boolean.class, "true or false",
            Path.class, "path",
            Duration.class, "duration",
            URI.class, "address");
    String word = words.get(rawType(type));
    if (word == null) {
      throw new IllegalStateException("what is a setting of type " + type + " to be called?");
    }
    return word;
  }

  private static Class<?> rawType(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  /** As the document has it, for messages that can be copied. */
  @Override
  public String toString() {
    return List.of("`" + name + "`", type, defaultValue).stream()
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
