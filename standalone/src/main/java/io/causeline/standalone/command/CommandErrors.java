package io.causeline.standalone.command;

import io.causeline.correlator.knowledge.KnowledgeException;
import io.causeline.service.StartupException;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * How a command fails: what the caller can mend in one line, exit code 2 for a wrong call and 1 for
 * anything else; what is our own fault with its stack trace.
 */
final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  static final int FAULT = 1;
  static final int USAGE = 2;

  private final PrintStream err;

  CommandErrors(PrintStream err) {
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println(
        command
            + ": "
            + oneLine(String.valueOf(e.getMessage()))
            + "; see '"
            + command
            + " --help'");
    return USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    if (e instanceof KnowledgeException faulty) {
      faulty.faults().forEach(err::println);
    } else if (e instanceof StartupException) {
      err.println(command.getCommandSpec().qualifiedName() + ": " + e.getMessage());
    } else {
      err.println(command.getCommandSpec().qualifiedName() + ": this is a fault of Causeline:");
      e.printStackTrace(err);
    }
    return FAULT;
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
