package io.causeline.correlator.api;

import io.causeline.correlator.streams.IncidentFilter;
import io.causeline.model.ClusterName;
import io.causeline.model.EntityRef;
import io.causeline.model.Hashes;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import io.causeline.service.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for.
 *
 * @param path of the route, as asked
 * @param parameters those of the filter as asked, sorted: with the path they tell the list
 * @param limit of one page
 */
record IncidentQuery(
    String path,
    Map<String, String> parameters,
    IncidentFilter filter,
    int limit,
    PageCursor cursor) {

  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  /** Filters that every list takes. */
  private static final Set<String> COMMON =
      Set.of("cluster", "state", "severity", "cause", "since", "until", "q", "limit", "cursor");

  /** Filters of a list that is not of one entity's incidents. */
  private static final Set<String> OF_ENTITIES = Set.of("namespace", "kind", "name");

  /** Reads the parameters of {@code GET /incidents}. */
  static IncidentQuery of(String path, Map<String, List<String>> given) {
    return read(path, given, union(COMMON, OF_ENTITIES), null);
  }

  /** Reads those of {@code GET /entities/…/incidents}. */
  static IncidentQuery of(String path, Map<String, List<String>> given, EntityRef entity) {
    return read(path, given, COMMON, entity);
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    return Stream.concat(a.stream(), b.stream()).collect(Collectors.toSet());
  }

  private static IncidentQuery read(
      String path, Map<String, List<String>> given, Set<String> known, @Nullable EntityRef entity) {
    Parameters parameters = Parameters.of(given, known);
    Set<String> clusters = parameters.several("cluster");
    for (String cluster : clusters) {
      if (!ClusterName.isValid(cluster)) {
        throw Parameters.bad("cluster", cluster, "a cluster's name");
      }
    }
    Set<State> states = parameters.words("state", State.values(), State::word);
    Optional<Instant> since = parameters.time("since");
    Optional<Instant> until = parameters.time("until");
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      throw Problem.badRequest("query parameter 'since' is not before 'until'");
    }
    IncidentFilter filter =
        new IncidentFilter(
            clusters,
            states.isEmpty() ? IncidentFilter.ALL_BUT_MERGED : states,
            parameters.words("severity", Severity.values(), Severity::word),
            parameters.one("namespace").orElse(null),
            parameters.one("kind").orElse(null),
            parameters.one("name").orElse(null),
            entity,
            parameters.several("cause"),
            since.orElse(null),
            until.orElse(null),
            parameters.one("q").orElse(null));
    Map<String, String> filters = new LinkedHashMap<>();
    for (String name : new TreeSet<>(given.keySet())) {
      if (!name.equals("limit") && !name.equals("cursor")) {
        filters.put(name, String.join(",", given.getOrDefault(name, List.of())));
      }
    }
    String list = list(path, filters);
    return new IncidentQuery(
        path,
        filters,
        filter,
        parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
        parameters
            .one("cursor")
            .map(text -> PageCursor.decode(text, list))
            .orElse(PageCursor.START));
  }

  /** Tells this list from lists with other filters. */
  String list() {
    return list(path, parameters);
  }

  private static String list(String path, Map<String, String> filters) {
    return Hashes.id(path, filters.toString());
  }

  /** Path and query that ask another correlator for the same page. */
  String uri() {
    StringBuilder uri = new StringBuilder(path).append("?limit=").append(limit);
    parameters.forEach((name, value) -> append(uri, name, value));
    if (!cursor.places().isEmpty()) {
      append(uri, "cursor", cursor.encode(list()));
    }
    return uri.toString();
  }

  private static void append(StringBuilder uri, String name, String value) {
    uri.append('&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
