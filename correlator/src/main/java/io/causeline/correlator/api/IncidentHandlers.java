package io.causeline.correlator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.causeline.model.EntityRef;
import io.causeline.model.Hashes;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Feed;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.TimelineEntry;
import io.causeline.model.Json;
import io.causeline.model.Text;
import io.causeline.service.Problem;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The routes that read incidents. */
final class IncidentHandlers {

  /** What a stale or partial answer lacks, where its body has no place for it. */
  static final String MISSING_HEADER = "Causeline-Missing";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{12}");

  /** Answer of {@code /incidents/{id}/timeline}. */
  private record TimelineAnswer(
      String id, int revision, @Nullable List<TimelineEntry> timeline, Feed feed) {}

  /** Answer of {@code /incidents/{id}/hypotheses}. */
  private record HypothesesAnswer(
      String id, int revision, List<Hypothesis> hypotheses, Feed feed) {}

  /** Answer of lists; {@code next} is there even when it is null. */
  private record ListAnswer(
      List<Incident> incidents, @JsonInclude @Nullable String next, List<String> missing) {}

  private final QueryRouter router;
  private final int partitions;

  IncidentHandlers(QueryRouter router, int partitions) {
    this.router = router;
    this.partitions = partitions;
  }

  void list(Context ctx) {
    list(ctx, IncidentQuery.of(ctx.path(), ctx.queryParamMap()));
  }

  void ofEntity(Context ctx) {
    String namespace = ctx.pathParam("namespace");
    EntityRef entity;
    try {
      entity =
          EntityRef.of(
              ctx.pathParam("kind"),
              namespace.equals("-") ? null : namespace,
              ctx.pathParam("name"));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("the path names no object: " + e.getMessage());
    }
    list(ctx, IncidentQuery.of(ctx.path(), ctx.queryParamMap(), entity));
  }

  private void list(Context ctx, IncidentQuery query) {
    Collection<Integer> here = forwarded(ctx);
    if (!here.isEmpty()) {
      json(ctx, Json.bytes(router.listHere(query, here)));
      return;
    }
    QueryRouter.Page page = router.list(query, ctx.header("Authorization"));
    json(ctx, Json.bytes(new ListAnswer(page.incidents(), page.next(), page.missing())));
  }

  void incident(Context ctx) {
    String id = id(ctx);
    Collection<Integer> here = forwarded(ctx);
    if (!here.isEmpty()) {
      json(ctx, Json.bytes(router.findHere(id, here)));
      return;
    }
    QueryRouter.Found found = find(ctx, id);
    tagged(ctx, found.incident(), found.incident());
  }

  void timeline(Context ctx) {
    Incident incident = find(ctx, id(ctx)).incident();
    tagged(
        ctx,
        incident,
        new TimelineAnswer(
            incident.id(), incident.revision(), incident.timeline(), incident.feed()));
  }

  void hypotheses(Context ctx) {
    Incident incident = find(ctx, id(ctx)).incident();
    tagged(
        ctx,
        incident,
        new HypothesesAnswer(
            incident.id(), incident.revision(), incident.hypotheses(), incident.feed()));
  }

  private static String id(Context ctx) {
    Parameters.of(ctx.queryParamMap(), Set.of());
    return ctx.pathParam("id");
  }

  /**
   * The incident of this id.
   *
   * @throws Problem 404 if there is none; 503 if that cannot be told
   */
  QueryRouter.Found find(Context ctx, String id) {
    if (!ID.matcher(id).matches()) {
      throw notFound(id);
    }
    QueryRouter.Search search =
        router.find(id, ApiRoutes.INCIDENTS + "/" + id, ctx.header("Authorization"));
    if (search instanceof QueryRouter.Unknown unknown) {
      throw Problem.unavailable(
          "incident '"
              + id
              + "' is in no partition that answered; try again: "
              + String.join("; ", unknown.missing()));
    }
    if (!(search instanceof QueryRouter.Found found)) {
      throw notFound(id);
    }
    if (!found.missing().isEmpty()) {
      // Header values are ASCII.
      ctx.header(MISSING_HEADER, String.join("; ", found.missing()).replaceAll("[^ -~]", "?"));
    }
    return found;
  }

  private static Problem notFound(String id) {
    return Problem.notFound(
        "there is no incident '"
            + Text.label(id)
            + "'; it may have ended longer ago than incidents are kept");
  }

  /** Partitions that another correlator asks for; empty for a request of a client. */
  private Collection<Integer> forwarded(Context ctx) {
    String header = ctx.header(RemoteQueries.PARTITIONS_HEADER);
    Set<Integer> wanted = new TreeSet<>();
    if (header == null) {
      return wanted;
    }
    for (String part : header.split(",", -1)) {
      try {
        int partition = Integer.parseInt(part.trim());
        if (partition < 0 || partition >= partitions) {
          throw new NumberFormatException();
        }
        wanted.add(partition);
      } catch (NumberFormatException e) {
        throw Problem.badRequest(
            "header "
                + RemoteQueries.PARTITIONS_HEADER
                + ": '"
                + Text.label(part)
                + "' is no partition from 0 to "
                + (partitions - 1)
                + "; the correlators' partition counts must be the same");
      }
    }
    return wanted;
  }

  private static void tagged(Context ctx, Incident incident, Object answer) {
    byte[] body = Json.bytes(answer);
    String tag =
        "\""
            + incident.revision()
            + "-"
            + Hashes.id(new String(body, StandardCharsets.UTF_8))
            + "\"";
    ctx.header("ETag", tag);
    if (matches(ctx.header("If-None-Match"), tag)) {
      ctx.status(304);
      return;
    }
    json(ctx, body);
  }

  private static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String one : ifNoneMatch.split(",", -1)) {
      String given = one.trim();
      if (given.equals("*") || given.equals(tag) || given.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  private static void json(Context ctx, byte[] body) {
    ctx.header("Cache-Control", "no-cache");
    ctx.contentType("application/json").result(body);
  }
}
