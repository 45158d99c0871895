package io.causeline.collector.normalise;

import io.causeline.model.Text;
import java.util.Locale;

/**
 * Reads the registry out of an image's name, by the rule of the container runtimes: what stands
 * before the first slash is a host if it has a dot or a port, or is {@code localhost}.
 *
 * @see <a
 *     href="https://github.com/distribution/reference/blob/main/normalize.go">distribution/reference</a>
 */
final class ImageReference {

  private static final String DOCKER_HUB = "docker.io";

  private ImageReference() {}

  /** Host and port of the registry; {@code docker.io} where none is named. */
  static String registry(String image) {
    int slash = image.indexOf('/');
    if (slash <= 0) {
      return DOCKER_HUB;
    }
    String first = image.substring(0, slash).toLowerCase(Locale.ROOT);
    boolean host = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
    if (!host || first.equals("index.docker.io") || first.equals("registry-1.docker.io")) {
      return DOCKER_HUB;
    }
    return Text.label(first);
  }
}
