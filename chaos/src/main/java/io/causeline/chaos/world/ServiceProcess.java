package io.causeline.chaos.world;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of Causeline: a Java of its own, with the class path of this one. */
final class ServiceProcess {

  private final Role role;
  private final List<String> arguments;
  private final File log;
  private @Nullable Process process;
  private boolean wanted;
  private int ended;

  /**
   * One that is not running yet.
   *
   * @param arguments after the command's name
   * @param log what it says is added to this file
   */
  ServiceProcess(Role role, List<String> arguments, Path log) {
    this.role = role;
    this.arguments = List.copyOf(arguments);
    this.log = log.toFile();
  }

  Role role() {
    return role;
  }

  synchronized void start() throws IOException {
    wanted = true;
    if (process != null && process.isAlive()) {
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + role.heapMib() + "m");
    // Short lives on few processors: neither a better compiler nor a parallel collector pays off.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.causeline.standalone.Main");
    command.add(role.command());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("CAUSELINE_"));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    process = builder.start();
  }

  /** kill -9; returns when it is gone. */
  synchronized void kill() throws InterruptedException {
    wanted = false;
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      boolean unused = running.waitFor(30, TimeUnit.SECONDS);
    }
  }

  /** Starts it again if it ended without having been told to; whether it had. */
  synchronized boolean revive() throws IOException {
    if (!wanted || process == null || process.isAlive()) {
      return false;
    }
    ended++;
    start();
    return true;
  }

  synchronized boolean isUp() {
    return process != null && process.isAlive();
  }

  /** How often it ended by itself. */
  synchronized int ended() {
    return ended;
  }
}
