package io.causeline.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.HttpSettings;
import io.causeline.service.Metrics;
import io.causeline.service.SettingsLoader;
import io.causeline.standalone.ProjectFiles;
import io.causeline.standalone.ProjectFiles.Ended;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image is made of what there is, starts what there is, and tells whether it is ready. */
class ImageTest {

  private static final String DOCKERFILE = ProjectFiles.read("Dockerfile");

  @TempDir Path folder;

  /** As which it runs. */
  static long user() {
    List<MatchResult> users =
        Pattern.compile("^USER (\\d+):(\\d+)$", Pattern.MULTILINE)
            .matcher(DOCKERFILE)
            .results()
            .toList();
    assertThat(users).hasSize(1);
    assertThat(users.get(0).group(1)).isEqualTo(users.get(0).group(2));
    return Long.parseLong(users.get(0).group(1));
  }

  @Test
  void shouldNotBeRootWhenItRuns() {
    assertThat(user()).isPositive();
    assertThat(DOCKERFILE).contains("install -d -o " + user() + " -g " + user());
  }

  @Test
  void shouldBeBuiltFromEveryModuleWhenThereIsANewOne() {
    List<String> modules =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(ProjectFiles.read("pom.xml"))
            .results()
            .map(module -> "!" + module.group(1))
            .toList();

    List<String> context = ProjectFiles.read(".dockerignore").lines().toList();

    assertThat(modules).isNotEmpty();
    // Only what `standalone` is built from need be there, and every module of the pom must be.
    assertThat(context)
        .contains("!pom.xml", "!mvnw", "!.mvn", "!docker/ready")
        .containsAll(modules);
  }

  @Test
  void shouldStartTheLauncherWhenItRuns() throws Exception {
    MatchResult entry =
        Pattern.compile("^ENTRYPOINT .*?\"([a-zA-Z0-9.]+)\"]$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(DOCKERFILE)
            .results()
            .findFirst()
            .orElseThrow();

    Class<?> main = Class.forName(entry.group(1));

    assertThat(main.getMethod("main", String[].class)).isNotNull();
  }

  @Test
  void shouldRunOnTheJavaThatTheCodeIsBuiltForWhenItRuns() {
    String release = ProjectFiles.pomProperty("maven.compiler.release");

    assertThat(DOCKERFILE.lines().filter(line -> line.startsWith("FROM ")))
        .hasSize(2)
        .allMatch(line -> line.startsWith("FROM eclipse-temurin:" + release + "-j"));
  }

  @Test
  void shouldSayWhetherAServiceIsReadyWhenItsHealthIsChecked() throws Exception {
    // Given
    Health health = new Health();
    boolean[] ready = {true};
    health.readiness(
        "kafka", () -> ready[0] ? Health.Result.up("here") : Health.Result.down("away"));
    HttpSettings settings =
        SettingsLoader.of(null, Map.of(), Map.of("causeline.http.port", "0"))
            .load(OnlyHttp.class)
            .http();
    Path script = ProjectFiles.path("docker/ready");

    // When
    Ended up;
    Ended down;
    String port;
    try (HttpServer server = HttpServer.start(settings, health, new Metrics(), routes -> {})) {
      port = String.valueOf(server.port());
      up = run(script, port);
      ready[0] = false;
      down = run(script, port);
    }
    Ended gone = run(script, port);

    // Then
    assertThat(up).isEqualTo(new Ended(0, ""));
    assertThat(down.code()).isNotZero();
    assertThat(gone.code()).isNotZero();
  }

  /** A service that only listens. */
  @ConfigMapping(prefix = "causeline")
  interface OnlyHttp {
    HttpSettings http();
  }

  private Ended run(Path script, String port) throws Exception {
    return ProjectFiles.run(folder, folder.resolve("output"), Map.of(), script.toString(), port);
  }
}
