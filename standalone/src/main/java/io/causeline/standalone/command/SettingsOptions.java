package io.causeline.standalone.command;

import io.causeline.service.SettingsLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command's settings come from. */
final class SettingsOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings, as YAML (default: the file that CAUSELINE_CONFIG names, if any). The"
              + " environment (CAUSELINE_...) outranks it.")
  private @Nullable Path config;

  /**
   * The settings' loader.
   *
   * @param overrides what options said, by full name; those that are null were not given
   */
  SettingsLoader loader(Console console, Map<String, @Nullable String> overrides) {
    Map<String, String> given = new HashMap<>();
    overrides.forEach(
        (name, value) -> {
          if (value != null) {
            given.put(name, value);
          }
        });
    return SettingsLoader.of(file(console), console.environment(), given);
  }

  private @Nullable Path file(Console console) {
    String named = console.environment().get("CAUSELINE_CONFIG");
    return config != null || named == null || named.isBlank() ? config : Path.of(named);
  }
}
