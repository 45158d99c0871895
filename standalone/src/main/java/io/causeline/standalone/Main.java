package io.causeline.standalone;

import io.causeline.standalone.command.CauselineCommand;
import io.causeline.standalone.command.Console;

/** The one entry point: {@code ./causeline} starts it. */
public final class Main {

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(CauselineCommand.run(Console.ofProcess(), args));
  }
}
