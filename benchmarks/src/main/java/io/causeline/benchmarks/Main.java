package io.causeline.benchmarks;

import io.causeline.standalone.command.Console;
import java.util.List;

/** {@code ./causeline bench NAME}. */
public final class Main {

  private Main() {}

  /** Runs a benchmark; the exit code is 0, 1 if a bound is not kept, 2 for a wrong call. */
  public static void main(String[] args) {
    List<String> words = List.of(args);
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    System.exit(BenchCommand.run(Console.ofProcess(), rest));
  }
}
