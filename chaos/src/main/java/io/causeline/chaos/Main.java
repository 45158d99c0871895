package io.causeline.chaos;

/** {@code ./causeline chaos}. */
public final class Main {

  private Main() {}

  /** Runs the suite. */
  public static void main(String[] args) {
    System.err.println("not built yet");
    System.exit(1);
  }
}
