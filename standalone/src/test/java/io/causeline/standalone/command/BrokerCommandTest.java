package io.causeline.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.standalone.Main;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** The command in a process of its own, as it is ended by a signal. */
class BrokerCommandTest {

  @Test
  void shouldServeUntilSigtermAndLeaveNothingBehindWhenStopped() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "broker",
                "--port",
                "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      String address = out.readLine().replace("Kafka broker on ", "");
      Path data =
          Path.of(out.readLine().replace("data in ", "").replace(", deleted at the end", ""));
      assertThat(data).isDirectory();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
        assertThat(admin.describeCluster().nodes().get(20, TimeUnit.SECONDS)).hasSize(1);
      }

      process.toHandle().destroy();

      assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(data).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }
}
