package io.causeline.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.CauseCatalogue;
import io.causeline.standalone.ProjectFiles;
import io.causeline.standalone.command.CauselineCommand;
import io.causeline.standalone.command.Console;
import io.causeline.standalone.rules.CausesDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents say of packs is so. */
class KnowledgePacksDocumentTest {

  private static final String DOCUMENT = "docs/knowledge-packs.md";
  private static final Pattern FILE =
      Pattern.compile("^cat > (\\S+) <<'END'\\n(.*?)^END$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir Path folder;
  private Path packs;
  private Path tests;

  @BeforeEach
  void writeTheExample() throws IOException {
    for (MatchResult file :
        FILE.matcher(String.join("\n", ProjectFiles.shellBlocks(DOCUMENT))).results().toList()) {
      Path path = folder.resolve(file.group(1));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.group(2));
    }
    packs = folder.resolve("packs");
    tests = packs.resolve("tests/licences.yaml");
  }

  private String run(int exit, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int ended =
        CauselineCommand.run(
            new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of()),
            words);
    String said = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    assertThat(ended).as(said).isEqualTo(exit);
    return said;
  }

  @Test
  void shouldPassItsOwnChecksWhenTheWorkedExampleIsFollowed() {
    assertThat(run(0, "rules", "check", packs)).isEqualTo("no faults\n");
    assertThat(run(0, "rules", "test", "--packs", packs, tests)).isEqualTo("5 passed, 0 failed\n");
    assertThat(ProjectFiles.read(DOCUMENT)).contains("# no faults", "# 5 passed, 0 failed");
  }

  @Test
  void shouldFailAsShownWhenTheWorkedExampleIsBroken() throws IOException {
    Files.writeString(
        tests, Files.readString(tests).replace("locus: Deployment/studio/render", "locus: Node"));

    String said = run(1, "rules", "test", "--packs", packs, tests);

    String shown =
        Pattern.compile("^```text\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(ProjectFiles.read(DOCUMENT))
            .results()
            .map(block -> block.group(1))
            .findFirst()
            .orElseThrow();
    assertThat(masked(said.replace(folder + "/", ""))).startsWith(masked(shown));
  }

  /** How sure an answer is may move a little when causes are added. */
  private static String masked(String text) {
    return text.replaceAll("\\b0\\.\\d\\d", "0.xx");
  }

  @Test
  void shouldTellFileAndLineWhenThePackIsBroken() throws IOException {
    Path pack = packs.resolve("licences.yaml");
    Files.writeString(pack, Files.readString(pack).replace("evidence:", "evidnce:"));

    assertThat(run(1, "rules", "check", packs))
        .contains(pack + ":5: cause 'licence-server-full': unknown key 'evidnce'")
        .contains("did you mean 'evidence'?")
        .endsWith("1 fault\n");
    assertThat(run(1, "rules", "test", "--packs", packs, tests)).contains(pack + ":5: ");
    assertThat(run(1, "rules", "test", tests)).contains("there is no cause 'licence-server-full'");
  }

  @Test
  void shouldTellTheFaultsAndNothingElseWhenAnyCommandReadsABrokenPack() throws IOException {
    Path pack = packs.resolve("licences.yaml");
    Files.writeString(pack, Files.readString(pack).replace("evidence:", "evidnce:"));
    Path recording =
        ProjectFiles.path("standalone/src/main/resources/recordings/node-lost.jsonl.gz");

    String faults = run(1, "diagnose", "--packs", packs);

    assertThat(faults.lines()).allMatch(line -> line.startsWith(pack + ":"));
    assertThat(run(1, "replay", "--packs", packs, recording)).isEqualTo(faults);
  }

  @Test
  void shouldPrintOneDocumentWhenJsonIsAskedFor() {
    assertThat(run(0, "rules", "test", "--output", "json", "--packs", packs, tests))
        .startsWith("{")
        .contains("\"passed\" : 5", "\"failures\" : [ ]");
  }

  /** After a change of packs: {@code ./causeline rules docs docs/causes.md}. */
  @Test
  void shouldListTheCausesAsThePacksHaveThem() {
    assertThat(ProjectFiles.read("docs/causes.md"))
        .as("docs/causes.md is old: run './causeline rules docs docs/causes.md'")
        .isEqualTo(CausesDocument.of(CauseCatalogue.builtIn()));
  }
}
