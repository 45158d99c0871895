package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokensTest {

  private static final String READER = "reader-0123456789";
  private static final String WRITER = "writer-0123456789";

  @TempDir Path folder;
  private Path file;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void writeTokens() throws IOException {
    file =
        Files.writeString(
            folder.resolve("tokens"), "# comment\n\nread " + READER + "\nwrite\t" + WRITER + "\n");
  }

  @Test
  void shouldKeepTheRolesApart() {
    BearerTokens tokens = new BearerTokens(file, () -> now);

    assertThat(tokens.mayRead(READER)).isTrue();
    assertThat(tokens.mayWrite(READER)).isFalse();
    assertThat(tokens.mayRead(WRITER)).isFalse();
    assertThat(tokens.mayWrite(WRITER)).isTrue();
    assertThat(tokens.roles("someone-0123456789")).isEmpty();
  }

  @Test
  void shouldTakeOverChangesWithoutRestart() throws IOException {
    BearerTokens tokens = new BearerTokens(file, () -> now);
    Files.writeString(file, "read,write " + WRITER + "\n");

    assertThat(tokens.mayRead(WRITER)).isFalse();
    now = now.plus(Duration.ofSeconds(1));

    assertThat(tokens.mayRead(WRITER)).isTrue();
    assertThat(tokens.mayRead(READER)).isFalse();
  }

  @Test
  void shouldKeepTheOldTokensWhenTheFileBreaksOrVanishes() throws IOException {
    BearerTokens tokens = new BearerTokens(file, () -> now);

    Files.writeString(file, "admin " + WRITER + "\n");
    now = now.plus(Duration.ofSeconds(2));
    assertThat(tokens.mayRead(READER)).isTrue();

    Files.delete(file);
    now = now.plus(Duration.ofSeconds(2));
    assertThat(tokens.mayRead(READER)).isTrue();

    Files.writeString(file, "write " + READER + "\n");
    now = now.plus(Duration.ofSeconds(2));
    assertThat(tokens.mayRead(READER)).isFalse();
    assertThat(tokens.mayWrite(READER)).isTrue();
  }

  @Test
  void shouldNameEachWrongLineButNoToken() throws IOException {
    Files.writeString(file, "read short\nadmin " + READER + "\nread,write\nread " + READER);

    assertThatThrownBy(() -> new BearerTokens(file, () -> now))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("line 1: a token has 16 to 512")
        .hasMessageContaining("line 2: the roles are")
        .hasMessageContaining("line 3: expected roles")
        .hasMessageNotContaining(READER)
        .hasMessageNotContaining("line 4");
  }

  @Test
  void shouldRefuseToStartWithoutTokens() throws IOException {
    Files.writeString(file, "# none\n");
    assertThatThrownBy(() -> new BearerTokens(file, () -> now))
        .hasMessageContaining("names no token");

    assertThatThrownBy(() -> new BearerTokens(folder.resolve("gone"), () -> now))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("gone cannot be read");
  }
}
