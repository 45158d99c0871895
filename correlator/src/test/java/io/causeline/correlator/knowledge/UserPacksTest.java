package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserPacksTest {

  private static final String OWN_NODE_DOWN =
      """
      - cause: node-down
        title: {en: "Ours", zh: "自有"}
        locus: Node
        evidence:
          - {event: NodeNotReady, on: Node, weight: strong}
      """;

  @TempDir Path folder;

  @Test
  void shouldReplaceABuiltInCauseWhenTheUserHasOneOfItsId() throws IOException {
    // Given
    write("own.yaml", OWN_NODE_DOWN);

    // When
    Knowledge knowledge = KnowledgeLoader.withFolder(folder);

    // Then
    Cause cause = knowledge.cause("node-down").orElseThrow();
    assertThat(cause.title().en()).isEqualTo("Ours");
    assertThat(cause.source()).isEqualTo(folder.resolve("own.yaml") + ":1");
    assertThat(knowledge.causes()).hasSameSizeAs(KnowledgeLoader.builtIn().causes());
    assertThat(knowledge.alertLines("KubeNodeNotReady"))
        .extracting(line -> line.cause().id())
        .doesNotContain("node-down");
  }

  @Test
  void shouldReplaceAnAliasEverywhereWhenTheUserDefinesIt() throws IOException {
    // Given
    write("own.yaml", "- alias: LB_OK\n  reasons: [OurOwnSuccess]\n");

    // When
    Knowledge knowledge = KnowledgeLoader.withFolder(folder);

    // Then
    assertThat(knowledge.eventLines("OurOwnSuccess")).isNotEmpty();
    assertThat(knowledge.eventLines("EnsuredLoadBalancer"))
        .hasSizeLessThan(KnowledgeLoader.builtIn().eventLines("EnsuredLoadBalancer").size());
  }

  @Test
  void shouldTakeAnAlertAsBenignWhenTheUserSaysSo() throws IOException {
    // Given
    write("own.yaml", "- benign: {alert: [KubeSchedulerDown, Ours], labels: {job: 'kube-.*'}}\n");

    // When
    Knowledge knowledge = KnowledgeLoader.withFolder(folder);

    // Then
    assertThat(knowledge.benignAlerts("KubeSchedulerDown")).hasSize(1);
    assertThat(knowledge.benignAlerts("Ours").get(0).labels()).containsOnlyKeys("job");
    assertThat(knowledge.benignAlerts("KubeVersionMismatch")).hasSize(1);
    assertThat(knowledge.benignAlerts("KubeNodeNotReady")).isEmpty();
  }

  @Test
  void shouldAskTheUsersRulesFirstWhenBothMatch() throws IOException {
    // Given
    write("own.yml", "- benign: {event: FailedScheduling, namespace: '^batch$'}\n");

    // When
    Knowledge knowledge = KnowledgeLoader.withFolder(folder);

    // Then
    assertThat(knowledge.rules("FailedScheduling").get(0).benign()).isTrue();
    assertThat(knowledge.rules("FailedScheduling").get(0).matcher().namespace()).isNotNull();
  }

  @Test
  void shouldChangeItsVersionWhenAPackChanges() throws IOException {
    // Given
    String builtIn = KnowledgeLoader.builtIn().version();
    write("own.yaml", OWN_NODE_DOWN);
    String before = KnowledgeLoader.withFolder(folder).version();

    // When
    write("own.yaml", OWN_NODE_DOWN + "  prior: rare\n");

    // Then
    assertThat(KnowledgeLoader.withFolder(folder).version()).isNotEqualTo(before);
    assertThat(before).isNotEqualTo(builtIn);
    assertThat(KnowledgeLoader.builtIn().version()).isEqualTo(builtIn);
    assertThat(KnowledgeLoader.withFolder(null).version()).isEqualTo(builtIn);
  }

  @Test
  void shouldLeaveOutOtherFilesWhenReadingAFolder() throws IOException {
    // Given
    write(".hidden.yaml", "not: [a pack");
    write("README.md", "not: [a pack");
    Files.createDirectory(folder.resolve("sub.yaml"));

    // When
    Knowledge knowledge = KnowledgeLoader.withFolder(folder);

    // Then
    assertThat(knowledge.version()).isEqualTo(KnowledgeLoader.builtIn().version());
  }

  @Test
  void shouldFollowLinksWhenPacksAreMountedFromAConfigMap() throws IOException {
    // Given
    Path data = Files.createDirectory(folder.resolve("..2026_11_21"));
    Files.writeString(data.resolve("own.yaml"), OWN_NODE_DOWN);
    Files.createSymbolicLink(folder.resolve("..data"), data);
    Files.createSymbolicLink(folder.resolve("own.yaml"), Path.of("..data", "own.yaml"));

    // When
    Knowledge knowledge = KnowledgeLoader.withFolder(folder);

    // Then
    assertThat(knowledge.cause("node-down").orElseThrow().title().en()).isEqualTo("Ours");
  }

  @Test
  void shouldNameBothFilesFaultsWhenTwoOfTheUsersPacksHaveTheSameId() throws IOException {
    // Given
    write("a.yaml", OWN_NODE_DOWN);
    write("b.yaml", OWN_NODE_DOWN);

    // When, then
    assertThatThrownBy(() -> KnowledgeLoader.withFolder(folder))
        .isInstanceOf(KnowledgeException.class)
        .hasMessage(folder.resolve("b.yaml") + ":1: cause 'node-down' is there twice");
  }

  @Test
  void shouldTellWhatIsWrongWithFilesWhenTheyCannotBeRead() throws IOException {
    // Given
    Files.write(folder.resolve("latin.yaml"), "- cause: é".getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(folder.resolve("large.yaml"), "#".repeat((4 << 20) + 1));

    // When, then
    assertThatThrownBy(() -> KnowledgeLoader.withFolder(folder))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining("latin.yaml: is not UTF-8")
        .hasMessageContaining("large.yaml: is larger than 4 MiB");
  }

  @Test
  void shouldNameTheFolderWhenItIsNotThere() {
    Path missing = folder.resolve("nowhere");
    assertThatThrownBy(() -> KnowledgeLoader.withFolder(missing))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining(missing + ": is no folder of knowledge packs")
        .hasMessageContaining("NoSuchFileException");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
