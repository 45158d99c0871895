package io.causeline.standalone.command;

import picocli.CommandLine.Option;

/** How a command prints what it was asked for. */
final class OutputOption {

  @Option(
      names = "--output",
      paramLabel = "json|text",
      defaultValue = "text",
      description = "How to print (default: ${DEFAULT-VALUE}).")
  OutputFormat format = OutputFormat.TEXT;

  /** Whether one JSON document is wanted. */
  boolean json() {
    return format == OutputFormat.JSON;
  }
}
