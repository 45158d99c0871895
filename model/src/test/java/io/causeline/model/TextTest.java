package io.causeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void shouldKeepPlainTextAsItIs() {
    assertThat(Text.message("Ensuring load balancer")).isEqualTo("Ensuring load balancer");
  }

  @Test
  void shouldTurnControlAndFormatCharactersIntoOneBlank() {
    assertThat(Text.message(" a\u0000\r\n\u202Eb\u200B \u001b[31mc ")).isEqualTo("a b [31mc");
  }

  @Test
  void shouldReplaceLoneSurrogates() {
    assertThat(Text.message("a\uD800b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void shouldCutAtACodePointWithinTheLimit() {
    String cut = Text.message("\uD83D\uDE00".repeat(50_000));

    assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(Text.MESSAGE_BYTES);
    assertThat(cut).endsWith("…").startsWith("\uD83D\uDE00");
    assertThat(cut.chars().filter(c -> c == '\uFFFD')).isEmpty();
  }
}
