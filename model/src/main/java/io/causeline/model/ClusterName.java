package io.causeline.model;

/**
 * A cluster's name is the key that all of its records are partitioned by and the first part of the
 * keys of its objects, so it is narrow: letters, digits, dots, dashes and underscores, 1 to 100.
 */
public final class ClusterName {

  private static final int LONGEST = 100;

  private ClusterName() {}

  /** Whether {@code name} can be a cluster's name. */
  public static boolean isValid(String name) {
    // By hand: it is asked twice for every signal.
    if (name.isEmpty() || name.length() > LONGEST || !isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /**
   * Returns {@code name}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static String require(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "cluster name '"
              + Text.cut(Text.clean(name), 120)
              + "' is not valid: use 1 to 100 letters, digits, '.', '_' or '-', beginning with a"
              + " letter or digit");
    }
    return name;
  }
}
