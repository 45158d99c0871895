package io.causeline.standalone.command;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command knows. */
final class PacksOption {

  @Option(
      names = "--packs",
      paramLabel = "DIR",
      description = "A folder with packs of your own, beside those that come with Causeline.")
  @Nullable Path packs;

  /**
   * The built-in knowledge, with that of the folder.
   *
   * @throws io.causeline.correlator.knowledge.KnowledgeException with all faults of all packs
   */
  Knowledge knowledge() {
    return KnowledgeLoader.withFolder(packs);
  }
}
