package io.causeline.standalone.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command has of the world around its process.
 *
 * @param out what the command was asked for, and nothing else
 * @param err faults and progress
 * @param environment the whole of it, read once
 */
public record Console(
    InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

  /** This process' own. Output is UTF-8 whatever the locale, since JSON is. */
  public static Console ofProcess() {
    return new Console(
        System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), Map.copyOf(System.getenv()));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
