package io.causeline.model;

import java.util.Locale;

/**
 * Reads the registry out of an image's name, by the rule of the container runtimes: what stands
 * before the first slash is a host if it has a dot or a port, or is {@code localhost}.
 *
 * @see <a
 *     href="https://github.com/distribution/reference/blob/main/normalize.go">distribution/reference</a>
 */
public final class ImageReference {

  private static final String DOCKER_HUB = "docker.io";

  private ImageReference() {}

  /** Host and port of the registry; {@code docker.io} where none is named. */
  public static String registry(String image) {
    int slash = image.indexOf('/');
    if (slash <= 0) {
      return DOCKER_HUB;
    }
    String first = image.substring(0, slash).toLowerCase(Locale.ROOT);
    boolean host = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
    return host ? hub(Text.label(first)) : DOCKER_HUB;
  }

  /**
   * The registry that a text means, be it an image or a registry's own host: {@code ghcr.io},
   * {@code registry:5000/app}, {@code nginx:1.25}.
   */
  public static String registryOrHost(String text) {
    int end = text.indexOf(':') < 0 ? text.length() : text.indexOf(':');
    boolean host =
        text.indexOf('/') < 0
            && (text.substring(0, end).indexOf('.') > 0 || text.startsWith("localhost"));
    return registry(host ? text + "/" : text);
  }

  /** Docker Hub has several names. */
  private static String hub(String host) {
    return host.equals("index.docker.io") || host.equals("registry-1.docker.io")
        ? DOCKER_HUB
        : host;
  }
}
