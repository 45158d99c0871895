package io.causeline.standalone.command;

import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.LocalText.Language;
import picocli.CommandLine.Option;

/** In which language a command answers. */
final class LanguageOption {

  @Option(
      names = "--language",
      paramLabel = "en|zh",
      defaultValue = "en",
      description = "Language of titles, checks and fixes (default: ${DEFAULT-VALUE}).")
  private Language language = Language.EN;

  /** The defaults, in this language. */
  CoreSettings settings() {
    return CoreSettings.defaults().in(language);
  }
}
