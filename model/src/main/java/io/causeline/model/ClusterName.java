package io.causeline.model;

import java.util.regex.Pattern;

/**
 * A cluster's name is the key that all of its records are partitioned by and the first part of the
 * keys of its objects, so it is narrow: letters, digits, dots, dashes and underscores, 1 to 100.
 */
public final class ClusterName {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private ClusterName() {}

  /** Whether {@code name} can be a cluster's name. */
  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
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
