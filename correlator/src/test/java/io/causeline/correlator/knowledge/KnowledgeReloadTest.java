package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.KnowledgeReload.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnowledgeReloadTest {

  @TempDir Path folder;
  private Path pack;
  private KnowledgeReload reload;

  @BeforeEach
  void load() throws IOException {
    pack = folder.resolve("own.yaml");
    Files.writeString(pack, cause("mine"));
    reload = KnowledgeReload.open(folder);
  }

  private static String cause(String id) {
    return """
        - cause: %s
          title: {en: "X", zh: "某"}
          locus: Node
          evidence: [{event: %s, on: Node}]
        """
        .formatted(id, id);
  }

  @Test
  void shouldUseTheFilesWhenTwoLooksHaveFoundTheSame() throws IOException {
    Files.writeString(pack, cause("yours"));
    assertThat(reload.poll()).isEqualTo(Outcome.CHANGING);
    Files.writeString(pack, cause("theirs"));
    assertThat(reload.poll()).isEqualTo(Outcome.CHANGING);
    assertThat(reload.get().cause("mine")).isPresent();
    assertThat(reload.poll()).isEqualTo(Outcome.LOADED);
    assertThat(reload.get().cause("mine")).isEmpty();
    assertThat(reload.get().cause("theirs")).isPresent();
    assertThat(reload.causes().version()).isEqualTo(reload.get().version());
    assertThat(reload.causes().entry("theirs")).isPresent();
    assertThat(reload.poll()).isEqualTo(Outcome.SAME);
  }

  @Test
  void shouldKeepWhatItHasWhenTheFilesHaveFaults() throws IOException {
    Knowledge before = reload.get();
    Files.writeString(pack, "- cause: [");
    assertThat(reload.poll()).isEqualTo(Outcome.CHANGING);
    assertThat(reload.poll()).isEqualTo(Outcome.REFUSED);
    assertThat(reload.get()).isSameAs(before);
    assertThat(reload.faults()).singleElement().asString().startsWith(pack + ":1: is not YAML");
    assertThat(reload.detail())
        .contains(before.version())
        .contains("the packs in " + folder + " as they are now have faults (1) and are not used");
    // Told once.
    assertThat(reload.poll()).isEqualTo(Outcome.SAME);
    assertThat(reload.faults()).hasSize(1);

    Files.writeString(pack, cause("mended"));
    assertThat(reload.poll()).isEqualTo(Outcome.CHANGING);
    assertThat(reload.poll()).isEqualTo(Outcome.LOADED);
    assertThat(reload.faults()).isEmpty();
    assertThat(reload.detail()).doesNotContain("faults");
  }

  @Test
  void shouldForgetTheFaultWhenTheFilesAreAgainThoseInUse() throws IOException {
    Files.writeString(pack, "nonsense");
    reload.poll();
    reload.poll();
    assertThat(reload.faults()).isNotEmpty();
    Files.writeString(pack, cause("mine"));
    assertThat(reload.poll()).isEqualTo(Outcome.RESTORED);
    assertThat(reload.faults()).isEmpty();
    assertThat(reload.poll()).isEqualTo(Outcome.SAME);
  }

  @Test
  void shouldKeepWhatItHasWhenTheFolderIsGone() throws IOException {
    Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
    Files.move(folder, moved);
    try {
      reload.poll();
      assertThat(reload.poll()).isEqualTo(Outcome.REFUSED);
      assertThat(reload.get().cause("mine")).isPresent();
    } finally {
      Files.move(moved, folder);
    }
    assertThat(reload.poll()).isEqualTo(Outcome.RESTORED);
  }

  /** As the kubelet does it: the files are links through {@code ..data}, which is swapped. */
  @Test
  void shouldFollowAConfigMapWhenItsLinksAreSwapped() throws IOException {
    Files.delete(pack);
    data("..one", cause("mine"));
    Path link = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..one"));
    Files.createSymbolicLink(pack, Path.of("..data/own.yaml"));
    assertThat(reload.poll()).isEqualTo(Outcome.SAME);

    data("..two", cause("yours"));
    Path swapped = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..two"));
    Files.move(swapped, link, StandardCopyOption.ATOMIC_MOVE);

    assertThat(reload.poll()).isEqualTo(Outcome.CHANGING);
    assertThat(reload.poll()).isEqualTo(Outcome.LOADED);
    assertThat(reload.get().cause("yours")).isPresent();
  }

  private void data(String name, String content) throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("own.yaml"), content);
  }

  @Test
  void shouldNeverChangeWhenThereIsNoFolder() {
    KnowledgeReload none = KnowledgeReload.open(null);
    assertThat(none.poll()).isEqualTo(Outcome.SAME);
    assertThat(none.detail()).contains("causes, version ");
  }
}
