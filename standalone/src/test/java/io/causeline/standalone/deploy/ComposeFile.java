package io.causeline.standalone.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.causeline.standalone.ProjectFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code docker-compose.yml}, as far as it uses the format: a key that is not here is a failure.
 *
 * @param secrets files, by name
 */
record ComposeFile(
    Map<String, Service> services,
    Map<String, Map<String, String>> volumes,
    Map<String, Secret> secrets) {

  ComposeFile {
    volumes = volumes == null ? Map.of() : volumes;
    secrets = secrets == null ? Map.of() : secrets;
  }

  record Service(
      String image,
      String build,
      List<String> command,
      String restart,
      String stopGracePeriod,
      boolean readOnly,
      List<String> tmpfs,
      List<String> capDrop,
      List<String> securityOpt,
      Map<String, Dependency> dependsOn,
      Map<String, String> environment,
      List<String> volumes,
      List<Mount> secrets,
      List<String> ports,
      Healthcheck healthcheck) {

    Service {
      environment = environment == null ? Map.of() : environment;
      volumes = volumes == null ? List.of() : volumes;
      secrets = secrets == null ? List.of() : secrets;
      ports = ports == null ? List.of() : ports;
      dependsOn = dependsOn == null ? Map.of() : dependsOn;
    }

    /** Sources of its volumes (folders, files or names), by where they are mounted. */
    Map<Path, String> mounts() {
      Map<Path, String> mounts = new LinkedHashMap<>();
      for (String volume : volumes) {
        String[] parts = volume.split(":", -1);
        mounts.put(Path.of(parts[1]), parts[0]);
      }
      return mounts;
    }

    /** Names of its secrets, by where they are mounted. */
    Map<Path, String> secretFiles() {
      Map<Path, String> files = new LinkedHashMap<>();
      for (Mount secret : secrets) {
        files.put(Path.of("/run/secrets", secret.target()), secret.source());
      }
      return files;
    }
  }

  record Dependency(String condition) {}

  record Healthcheck(
      List<String> test, String interval, String timeout, int retries, String startPeriod) {}

  /** A secret in a container, in the short or the long form. */
  record Mount(String source, String target) {
    @com.fasterxml.jackson.annotation.JsonCreator
    static Mount of(String name) {
      return new Mount(name, name);
    }

    @com.fasterxml.jackson.annotation.JsonCreator
    static Mount of(@JsonProperty("source") String source, @JsonProperty("target") String target) {
      return new Mount(source, target);
    }
  }

  record Secret(String file) {}

  /** Reads it, without the parts for others to be built from. */
  static ComposeFile read(String path) {
    Map<String, Object> document = new LinkedHashMap<>();
    StrictYaml.one(ProjectFiles.read(path))
        .forEach(
            (key, value) -> {
              if (!String.valueOf(key).startsWith("x-")) {
                document.put(String.valueOf(key), value);
              }
            });
    return StrictYaml.SNAKE_CASE.convertValue(document, ComposeFile.class);
  }
}
