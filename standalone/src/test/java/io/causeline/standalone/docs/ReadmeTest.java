package io.causeline.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.causeline.service.BearerTokens;
import io.causeline.service.BearerTokens.Role;
import io.causeline.standalone.ProjectFiles;
import io.causeline.standalone.ProjectFiles.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README tells people to do can be done. */
class ReadmeTest {

  private static final String README = "README.md";

  @TempDir Path folder;

  @Test
  void shouldBeginWithThePictureAndTheTwoCommandsWhenItIsOpened() {
    String text = ProjectFiles.read(README);

    assertThat(text).startsWith("# Causeline\n\n```\n Kubernetes API ──");
    assertThat(ProjectFiles.shellBlocks(README).get(0).lines().map(ReadmeTest::command))
        .containsExactly("./causeline demo", "./mvnw verify");
  }

  private static String command(String line) {
    return line.replaceAll(" +#.*", "");
  }

  @Test
  void shouldBeTestedByTheCommandOfTheReadmeWhenCiRuns() throws Exception {
    Ended syntax =
        ProjectFiles.run(
            ProjectFiles.root(), folder.resolve("output"), Map.of(), "bash", "-n", ".ci/run");

    assertThat(syntax).isEqualTo(new Ended(0, ""));
    assertThat(Files.isExecutable(ProjectFiles.path(".ci/run"))).isTrue();
    assertThat(ProjectFiles.read(".ci/run")).contains("./mvnw verify ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        README,
        "CONTRIBUTING.md",
        "RATIONALE.md",
        "CHANGELOG.md",
        "docs/settings.md",
        "docs/knowledge-packs.md",
        "docs/performance.md"
      })
  void shouldLeadSomewhereWhenADocumentLinks(String document) {
    Path parent = ProjectFiles.path(document).getParent();

    List<String> links =
        Pattern.compile("]\\((?!https?:)([^)#]*)(?:#[^)]*)?\\)")
            .matcher(ProjectFiles.read(document))
            .results()
            .map(link -> link.group(1))
            .toList();

    assertThat(links).allSatisfy(link -> assertThat(parent.resolve(link)).exists());
  }

  @Test
  void shouldMakeTokensThatTheServicesTakeWhenItsCommandsAreRun() throws Exception {
    assumeThat(ProjectFiles.hasProgram("openssl"))
        .as("openssl is not installed, so the README's tokens could not be made")
        .isTrue();
    String block =
        ProjectFiles.shellBlocks(README).stream()
            .filter(commands -> commands.startsWith("mkdir -m 700 secrets"))
            .findFirst()
            .orElseThrow();

    // When
    Ended made =
        ProjectFiles.run(
            folder, folder.resolve("output"), Map.of(), "sh", "-ec", "umask 077\n" + block);

    // Then
    assertThat(made).isEqualTo(new Ended(0, ""));
    Path secrets = folder.resolve("secrets");
    for (String service : List.of("event-collector", "correlator", "alert-bridge")) {
      Path file = secrets.resolve(service + "-tokens");
      assertThat(tokens(file).roles(firstToken(file)))
          .containsExactlyInAnyOrder(Role.READ, Role.WRITE);
      assertThat(permissions(file)).isEqualTo("rw-r--r--");
    }
    String alertmanager = Files.readString(secrets.resolve("alertmanager-token")).strip();
    assertThat(tokens(secrets.resolve("alert-bridge-tokens")).roles(alertmanager))
        .containsExactly(Role.WRITE);
    assertThat(permissions(secrets)).isEqualTo("rwx------");
  }

  private static BearerTokens tokens(Path file) {
    return new BearerTokens(file, InstantSource.system());
  }

  private static String firstToken(Path file) throws IOException {
    return Files.readAllLines(file).get(0).split(" ", -1)[1];
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
