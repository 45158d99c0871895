package io.causeline.correlator.core;

/**
 * Quotes a name for a shell: people paste our commands, and names of objects in events are hostile
 * input. Names that Kubernetes would accept stay as they are.
 */
final class ShellWord {

  private ShellWord() {}

  static String of(String value) {
    boolean plain =
        !value.isEmpty()
            && value
                .chars()
                .allMatch(
                    c ->
                        (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-_./:=,@".indexOf(c) >= 0)
            && value.charAt(0) != '-';
    return plain ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
