package io.causeline.service;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A settings file as text, checked to be one YAML mapping without a key given twice.
 *
 * @param emptyKeys names with nothing behind them, which a reader would else drop silently
 */
record SettingsFile(String name, String text, List<String> emptyKeys) {

  static SettingsFile read(Path path) {
    String text;
    try {
      text = Files.readString(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new SettingsException(List.of(path + ": no such file"));
    } catch (CharacterCodingException e) {
      throw new SettingsException(List.of(path + ": is not UTF-8 text"));
    } catch (IOException e) {
      throw new SettingsException(List.of(path + ": cannot be read: " + e));
    }
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    try {
      Object root = new Yaml(new SafeConstructor(strict)).load(text);
      List<String> empty = new ArrayList<>();
      if (root instanceof Map<?, ?> map) {
        collectEmpty("", map, empty);
      } else if (root != null) {
        throw new SettingsException(
            List.of(path + ": holds no settings; begin with 'causeline:' and indent them below"));
      }
      return new SettingsFile(path.toString(), text, List.copyOf(empty));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new SettingsException(
          List.of(path + ":" + line + ": is not valid YAML: " + e.getProblem()));
    } catch (YAMLException e) {
      throw new SettingsException(List.of(path + ": is not valid YAML: " + e.getMessage()));
    }
  }

  private static void collectEmpty(String path, Map<?, ?> map, List<String> empty) {
    map.forEach(
        (rawKey, value) -> {
          String key = String.valueOf(rawKey);
          String name = (path.isEmpty() ? "" : path + ".") + (key.contains(".") ? q(key) : key);
          if (value == null) {
            empty.add(name);
          } else if (value instanceof Map<?, ?> child) {
            collectEmpty(name, child, empty);
          }
        });
  }

  private static String q(String key) {
    return '"' + key + '"';
  }
}
