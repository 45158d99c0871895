package io.causeline.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.standalone.command.Console;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChaosCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... words) {
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of());
    return ChaosCommand.run(console, List.of(words));
  }

  @Test
  void shouldSayWhatARoundTakesWhenThereIsNoTimeForOne() {
    assertThat(run("--minutes", "2")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--minutes 2: a round takes 3");
  }

  @Test
  void shouldNameThePlantsWhenThereIsNoSuchPlant() {
    assertThat(run("--plant", "tree")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("'tree' is none of loss, duplicate, difference");
  }

  @Test
  void shouldNotBeOkWhenThereWasNoRound() {
    assertThat(new Summary(1, 3).ok()).isFalse();
    assertThat(new Summary(1, 3).json()).contains("\"ok\":false", "\"rounds\":0");
  }
}
