package io.causeline.service;

import io.causeline.model.Text;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.MapBackedConfigSource;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Loads typed settings: interfaces marked {@code @ConfigMapping(prefix = "causeline")}. Overrides
 * (from the command line) win over the environment, which wins over the YAML file, which wins over
 * {@code @WithDefault}.
 *
 * <p>Strict: a key nobody declares is refused wherever it comes from, and {@link #load} names every
 * fault at once. In the environment that holds for {@code CAUSELINE_…}, except {@link #RESERVED}
 * and the variables that Kubernetes sets for a Service whose name begins with {@code causeline-}.
 * Nothing is expanded inside values, so a password may hold any character.
 */
public final class SettingsLoader {

  /** Variables with the prefix that are read elsewhere: by the logging set-up and the launcher. */
  public static final Set<String> RESERVED =
      Set.of(
          "CAUSELINE_LOG_FORMAT", "CAUSELINE_LOG_LEVEL", "CAUSELINE_CONFIG", "CAUSELINE_JAVA_OPTS");

  private static final String PREFIX = "causeline";

  private static final String VARIABLE_PREFIX = "CAUSELINE_";

  /** Kubernetes, "Accessing the Service": environment variables of a Service. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "CAUSELINE_.*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
              + "|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  private static final Pattern SERVICE_LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

  private final @Nullable SettingsFile file;
  private final Map<String, String> environment;
  private final Map<String, String> overrides;

  private SettingsLoader(
      @Nullable SettingsFile file, Map<String, String> environment, Map<String, String> overrides) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.overrides = Map.copyOf(overrides);
  }

  /**
   * Reads the file.
   *
   * @param yamlFile null where there is none
   * @param environment the whole of it; what is not ours is left alone
   * @param overrides by full name, such as {@code causeline.http.port}
   * @throws SettingsException when the file cannot be read or is not YAML
   */
  public static SettingsLoader of(
      @Nullable Path yamlFile, Map<String, String> environment, Map<String, String> overrides) {
    return new SettingsLoader(
        yamlFile == null ? null : SettingsFile.read(yamlFile), environment, overrides);
  }

  /**
   * As {@link #load(Class, Function, Class[])} without a check.
   *
   * @throws SettingsException naming every fault
   */
  public <T> T load(Class<T> mapping, Class<?>... alsoKnown) {
    return load(mapping, settings -> List.of(), alsoKnown);
  }

  /**
   * The settings of one service.
   *
   * @param mapping an interface marked {@link ConfigMapping}
   * @param check what types cannot say: its faults are told like the others, once all values are
   *     well-formed
   * @param alsoKnown mappings of other services that read the same file and environment: their keys
   *     are not unknown here
   * @throws SettingsException naming every fault: key, value, place, way out
   */
  public <T> T load(Class<T> mapping, Function<T, List<String>> check, Class<?>... alsoKnown) {
    List<Class<?>> mappings = new ArrayList<>(List.of(alsoKnown));
    mappings.add(mapping);
    KnownSettings known = new KnownSettings(mappings);
    TreeSet<String> faults = new TreeSet<>(loggingFaults());
    List<ConfigSource> sources = sources(known, faults);

    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .withMapping(mapping)
            .withValidateUnknown(false)
            .withConverter(Duration.class, 200, new DurationConverter());
    sources.forEach(builder::withSources);
    try {
      SmallRyeConfig config = builder.build();
      T settings = config.getConfigMapping(mapping);
      faults.addAll(check.apply(settings));
      if (!faults.isEmpty()) {
        throw new SettingsException(List.copyOf(faults));
      }
      return settings;
    } catch (ConfigValidationException e) {
      SettingFaults words = new SettingFaults(property -> place(property, known, sources));
      for (int i = 0; i < e.getProblemCount(); i++) {
        faults.add(words.describe(e.getProblem(i).getMessage()));
      }
      throw new SettingsException(List.copyOf(faults));
    }
  }

  private List<ConfigSource> sources(KnownSettings known, Set<String> faults) {
    List<ConfigSource> sources = new ArrayList<>();
    if (file != null) {
      ConfigSource yaml = new YamlConfigSource(file.name(), file.text(), 110);
      Set<String> names = new TreeSet<>(yaml.getPropertyNames());
      file.emptyKeys().stream().filter(name -> !known.isGroup(name)).forEach(names::add);
      names.remove(PREFIX);
      names.stream()
          .filter(name -> !known.knows(name))
          .forEach(name -> faults.add(unknown(name, file.name(), known)));
      sources.add(yaml);
    }
    sources.add(
        new MapBackedConfigSource("environment", fromEnvironment(known, faults), 300, false) {
          private static final long serialVersionUID = 1L;
        });
    overrides.keySet().stream()
        .filter(name -> !known.knows(name))
        .forEach(name -> faults.add(unknown(name, "command line", known)));
    sources.add(
        new MapBackedConfigSource("command line", overrides, 500, false) {
          private static final long serialVersionUID = 1L;
        });
    return sources;
  }

  private Map<String, String> fromEnvironment(KnownSettings known, Set<String> faults) {
    Map<String, String> found = new TreeMap<>();
    environment.forEach(
        (variable, value) -> {
          if (!variable.startsWith(VARIABLE_PREFIX) || RESERVED.contains(variable)) {
            return;
          }
          if (SERVICE_LINK_VALUE.matcher(value).matches()) {
            return;
          }
          Optional<String> property = known.fromEnvironment(variable);
          if (property.isPresent()) {
            found.put(property.get(), value);
          } else if (!SERVICE_LINK.matcher(variable).matches()) {
            String like = PREFIX + "." + variable.substring(VARIABLE_PREFIX.length());
            faults.add(
                Text.label(variable)
                    + " (environment): unknown setting"
                    + known
                        .closest(like.toLowerCase(java.util.Locale.ROOT).replace('_', '.'))
                        .map(n -> "; did you mean " + KnownSettings.environmentName(n) + "?")
                        .orElse("; remove it"));
          }
        });
    return found;
  }

  private List<String> loggingFaults() {
    List<String> faults = new ArrayList<>();
    String format = environment.get("CAUSELINE_LOG_FORMAT");
    if (format != null && !Set.of("text", "json").contains(format)) {
      faults.add(
          "CAUSELINE_LOG_FORMAT = \"" + Text.label(format) + "\" (environment): use text or json");
    }
    String level = environment.get("CAUSELINE_LOG_LEVEL");
    if (level != null && !Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR").contains(level)) {
      faults.add(
          "CAUSELINE_LOG_LEVEL = \""
              + Text.label(level)
              + "\" (environment): use TRACE, DEBUG, INFO, WARN or ERROR");
    }
    return faults;
  }

  private static String unknown(String name, String place, KnownSettings known) {
    String out;
    if (name.startsWith("\"" + PREFIX + ".")) {
      out = "; nest it: each dot begins an indented line";
    } else if (!name.equals(PREFIX) && !name.startsWith(PREFIX + ".")) {
      out = "; every setting stands under '" + PREFIX + ":'";
    } else {
      out = known.closest(name).map(n -> "; did you mean " + n + "?").orElse("; remove it");
    }
    return Text.label(name) + " (" + place + "): unknown setting" + out;
  }

  /** Where a value came from, the strongest source first; empty for a default. */
  private static String place(String property, KnownSettings known, List<ConfigSource> sources) {
    for (int i = sources.size() - 1; i >= 0; i--) {
      if (sources.get(i).getValue(property) != null) {
        return sources.get(i).getName();
      }
    }
    return known.knows(property) ? "default" : "";
  }
}
