package io.causeline.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.service.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path parent;

  @Test
  void shouldKeepItsContentWhenItWasNamed() throws IOException {
    Path named = parent.resolve("a/b");
    try (DataFolder folder = DataFolder.open(Optional.of(named))) {
      Files.writeString(folder.path().resolve("kept"), "x");
    }

    assertThat(named.resolve("kept")).exists();
  }

  @Test
  void shouldBeGoneWithItsContentWhenItWasTemporary() throws IOException {
    Path path;
    try (DataFolder folder = DataFolder.open(Optional.empty())) {
      path = folder.path();
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/c"), "x");
    }

    assertThat(path).doesNotExist();
  }

  @Test
  void shouldRefuseTheFolderWhenAnotherHoldsIt() throws IOException {
    try (DataFolder held = DataFolder.open(Optional.of(parent))) {
      assertThatThrownBy(() -> DataFolder.open(Optional.of(held.path())))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("in use by another Causeline");
    }
    try (DataFolder again = DataFolder.open(Optional.of(parent))) {
      assertThat(again.path()).isDirectory();
    }
  }

  @Test
  void shouldSayWhichFolderWhenItCannotBeMade() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "x");

    assertThatThrownBy(() -> DataFolder.open(Optional.of(file.resolve("below"))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(file.resolve("below").toString());
  }
}
