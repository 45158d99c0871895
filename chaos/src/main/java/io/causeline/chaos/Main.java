package io.causeline.chaos;

import io.causeline.standalone.command.Console;
import java.util.List;

/** {@code ./causeline chaos}. */
public final class Main {

  private Main() {}

  /** Runs the suite; the exit code is 0, 1 if something was found, 2 for a wrong call. */
  public static void main(String[] args) {
    List<String> words = List.of(args);
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    System.exit(ChaosCommand.run(Console.ofProcess(), rest));
  }
}
