package io.causeline.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.BridgeSettings;
import io.causeline.collector.CollectorSettings;
import io.causeline.correlator.CorrelatorSettings;
import io.causeline.standalone.ProjectFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/settings.md} lists the settings that exist: all of them, as they are, no others. */
class SettingsDocumentTest {

  private static final String DOCUMENT = "docs/settings.md";

  private static final String COMMON = "All services";

  private static final Pattern ROW =
      Pattern.compile("\\| `(causeline\\.[^`]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

  static Stream<Arguments> services() {
    return Stream.of(
        Arguments.of("event-collector", CollectorSettings.class),
        Arguments.of("correlator", CorrelatorSettings.class),
        Arguments.of("alert-bridge", BridgeSettings.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  void shouldListEverySettingAsItIsWhenAServiceDeclaresIt(String service, Class<?> mapping) {
    // Given
    List<DeclaredSetting> declared = DeclaredSetting.of(mapping);

    // When
    List<DeclaredSetting> documented = new ArrayList<>(section(COMMON));
    documented.addAll(section(service));

    // Then
    assertThat(documented).containsExactlyInAnyOrderElementsOf(declared);
  }

  private static List<DeclaredSetting> section(String heading) {
    String[] parts =
        ProjectFiles.read(DOCUMENT).split("\\n## " + Pattern.quote(heading) + "\\n", -1);
    assertThat(parts).as("sections '%s' of %s", heading, DOCUMENT).hasSize(2);
    List<DeclaredSetting> settings = new ArrayList<>();
    for (String line : parts[1].split("\\n## ", -1)[0].split("\\n", -1)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        settings.add(new DeclaredSetting(row.group(1), row.group(2), row.group(3)));
        assertThat(row.group(4)).as("meaning of %s", row.group(1)).endsWith(".");
      } else {
        assertThat(line).as("a row of %s", DOCUMENT).doesNotStartWith("| `");
      }
    }
    return settings;
  }
}
