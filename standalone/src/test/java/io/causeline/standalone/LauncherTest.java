package io.causeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script, with doubles for the build and for Java that tell how they were called. */
class LauncherTest {

  @TempDir Path folder;

  private Path root;
  private Path source;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void layOutAProject() throws IOException {
    root = Files.createDirectories(folder.resolve("a project"));
    Files.copy(
        Path.of("../causeline"), root.resolve("causeline"), StandardCopyOption.COPY_ATTRIBUTES);
    source = root.resolve("standalone/src/main/java/Main.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "");
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("standalone/pom.xml"), "");
    script(
        root.resolve("mvnw"),
        "echo build >>../builds; echo noise; cat >/dev/null",
        "mkdir -p standalone/target/lib; touch standalone/target/causeline-standalone-1.jar");
    java(folder.resolve("jdk"), "17.0.1");
  }

  @Test
  void shouldBuildOnceAndPassEverythingOnWhenCalledTwice() throws Exception {
    Result first = run("in", "replay", "a file", "--output", "json");
    Result second = run("in", "replay");

    assertThat(first.code()).isEqualTo(7);
    assertThat(first.out())
        .isEqualTo(
            """
            -XX:+ExitOnOutOfMemoryError
            -XX:TieredStopAtLevel=1
            -XX:+UseSerialGC
            -Xshare:auto
            -cp
            %1$s/standalone/target/causeline-standalone-1.jar:%1$s/standalone/target/lib/*
            io.causeline.standalone.Main
            replay
            a file
            --output
            json
            stdin: in
            """
                .formatted(root));
    assertThat(first.err()).contains("building", "noise");
    assertThat(second.err()).isEmpty();
    assertThat(folder.resolve("builds")).hasContent("build");
  }

  @Test
  void shouldBuildAgainWhenASourceIsNewer() throws Exception {
    run("", "replay");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    run("", "replay");

    assertThat(folder.resolve("builds")).hasContent("build\nbuild");
  }

  @Test
  void shouldSayThatTheBuildFailedAndTryAgainWhenItFails() throws Exception {
    Path maven = root.resolve("mvnw");
    String working = Files.readString(maven);
    script(maven, "echo 'no such thing' >&2; exit 1");

    Result failed = run("", "replay");
    Files.writeString(maven, working);
    Result mended = run("", "replay");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).contains("no such thing", "the build failed");
    assertThat(mended.code()).isEqualTo(7);
  }

  @Test
  void shouldWorkFromAnywhereWhenCalledThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("causeline"));

    Result result = run(link, folder.resolve("jdk"), "", Map.of(), "diagnose");

    assertThat(result.code()).isEqualTo(7);
    assertThat(result.out()).contains(root + "/standalone/target/lib/*");
  }

  @Test
  void shouldLeaveTheCompilerAloneAndAddOptionsWhenAServiceIsStarted() throws Exception {
    Result result =
        run(
            root.resolve("causeline"),
            folder.resolve("jdk"),
            "",
            Map.of("CAUSELINE_JAVA_OPTS", "-Xmx1g -Dx=y"),
            "run");

    assertThat(result.out())
        .startsWith(
            """
            -XX:+ExitOnOutOfMemoryError
            -XX:MaxGCPauseMillis=50
            -XX:MaxTenuringThreshold=3
            -Xmx1g
            -Dx=y
            -cp
            """);
  }

  @Test
  void shouldHearSigintWhenAScriptStartedItInTheBackground() throws Exception {
    script(folder.resolve("jdk/bin/java"), "trap 'exit 9' INT; kill -INT $$; exit 7");
    script(folder.resolve("caller"), "trap '' INT", "'" + root + "/causeline' run");

    Result result = run(folder.resolve("caller"), folder.resolve("jdk"), "", Map.of());

    assertThat(result.code()).isEqualTo(9);
  }

  @Test
  void shouldSayWhichJavaIsTooOldWhenItIs() throws Exception {
    java(folder.resolve("old"), "11.0.2");
    java(folder.resolve("older"), "1.8.0_402");

    Result old = run(root.resolve("causeline"), folder.resolve("old"), "", Map.of(), "demo");
    Result older = run(root.resolve("causeline"), folder.resolve("older"), "", Map.of(), "demo");

    assertThat(old.code()).isEqualTo(1);
    assertThat(old.err())
        .isEqualTo(
            "causeline: "
                + folder.resolve("old/bin/java")
                + " is Java 11, but 17 or newer is needed: put one on PATH or set JAVA_HOME\n");
    assertThat(older.err()).contains("is Java 8, but 17 or newer is needed");
  }

  @Test
  void shouldSayWhereItLookedWhenJavaHomeHoldsNoJava() throws Exception {
    Result result = run(root.resolve("causeline"), folder.resolve("none"), "", Map.of(), "demo");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("JAVA_HOME is " + folder.resolve("none"));
  }

  @Test
  void shouldEndTheBuildTooWhenItIsAskedToEnd() throws Exception {
    Path started = folder.resolve("started");
    script(root.resolve("mvnw"), "echo $$ >'" + started + "'; exec sleep 60");
    Process launcher = start(root.resolve("causeline"), folder.resolve("jdk"), Map.of(), "demo");
    org.awaitility.Awaitility.await()
        .until(() -> Files.exists(started) && !Files.readString(started).isBlank());
    long build = Long.parseLong(Files.readString(started).strip());

    launcher.toHandle().destroy();

    assertThat(launcher.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(143);
    assertThat(ProcessHandle.of(build).filter(ProcessHandle::isAlive)).isEmpty();
  }

  private Result run(String input, String... args) throws Exception {
    return run(root.resolve("causeline"), folder.resolve("jdk"), input, Map.of(), args);
  }

  private Result run(
      Path launcher, Path javaHome, String input, Map<String, String> environment, String... args)
      throws Exception {
    Process process = start(launcher, javaHome, environment, args);
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      assertThat(e).as("it ended without reading").hasMessageContaining("Broken pipe");
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, err);
  }

  private Process start(
      Path launcher, Path javaHome, Map<String, String> environment, String... args)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(args));
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().remove("CAUSELINE_JAVA_OPTS");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static void java(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        "for arg in \"$@\"; do echo \"$arg\"; done; echo \"stdin: $(cat)\"; exit 7");
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
