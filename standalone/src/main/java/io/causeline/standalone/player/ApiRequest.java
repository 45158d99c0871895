package io.causeline.standalone.player;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a path and a query of the Kubernetes API ask for.
 *
 * @param group empty for the core group
 * @param plural empty for the API group itself
 */
record ApiRequest(
    String group,
    String version,
    String plural,
    Optional<String> namespace,
    Optional<String> name,
    Map<String, String> query) {

  /** Reads it, or empty if the path is not one of an API group. */
  static Optional<ApiRequest> of(URI uri) {
    List<String> path = segments(uri.getPath());
    String group;
    if (path.size() >= 2 && path.get(0).equals("api")) {
      group = "";
      path = path.subList(1, path.size());
    } else if (path.size() >= 3 && path.get(0).equals("apis")) {
      group = path.get(1);
      path = path.subList(2, path.size());
    } else {
      return Optional.empty();
    }
    String version = path.get(0);
    List<String> rest = path.subList(1, path.size());
    Optional<String> namespace = Optional.empty();
    if (rest.size() >= 3 && rest.get(0).equals("namespaces")) {
      namespace = Optional.of(rest.get(1));
      rest = rest.subList(2, rest.size());
    }
    if (rest.size() > 2) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiRequest(
            group,
            version,
            rest.isEmpty() ? "" : rest.get(0),
            namespace,
            rest.size() == 2 ? Optional.of(rest.get(1)) : Optional.empty(),
            query(uri.getRawQuery())));
  }

  boolean isFor(ApiResource resource) {
    return resource.group().equals(group)
        && resource.version().equals(version)
        && resource.plural().equals(plural);
  }

  /** A parameter of the query; empty where it is absent or blank. */
  Optional<String> parameter(String key) {
    return Optional.ofNullable(query.get(key)).filter(value -> !value.isEmpty());
  }

  boolean flag(String key) {
    return parameter(key).filter(value -> value.equals("true") || value.equals("1")).isPresent();
  }

  /** A parameter that is a count. */
  Optional<Integer> count(String key) throws ApiStatus {
    Optional<String> value = parameter(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.parseInt(value.get()));
    } catch (NumberFormatException e) {
      throw ApiStatus.badRequest(key + "=" + value.get() + " is not a number");
    }
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return segments;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
