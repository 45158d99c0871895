package io.causeline.correlator.api;

import io.causeline.correlator.knowledge.CauseCatalogue;
import io.causeline.correlator.knowledge.DidYouMean;
import io.causeline.model.Command;
import io.causeline.model.Hashes;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.model.Text;
import io.causeline.model.Topics;
import io.causeline.service.Metrics;
import io.causeline.service.Problem;
import io.causeline.service.RecordWriter;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes what people decide to the topic {@code commands}. It is answered once Kafka has stored it;
 * the incident changes a moment later.
 */
final class ActionHandler {

  /** The seam to Kafka: {@link RecordWriter#send}. */
  interface CommandLog {

    /** Writes a command; completes once it is stored. */
    CompletableFuture<?> write(String cluster, byte[] command);

    /** In the topic of commands, once there is a writer. */
    static CommandLog of(Supplier<@Nullable RecordWriter> connected) {
      return (cluster, command) -> {
        RecordWriter writer = connected.get();
        return writer == null
            ? CompletableFuture.failedFuture(new IOException("there is no connection to Kafka yet"))
            : writer.send(Topics.COMMANDS, cluster, command);
      };
    }
  }

  private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

  private record Answer(String id, String incident, String action, String status) {}

  private final IncidentHandlers incidents;
  private final CommandLog log;
  private final InstantSource clock;
  private final Duration timeout;
  private final Supplier<CauseCatalogue> causes;
  private final Metrics.Counter actions;

  ActionHandler(
      IncidentHandlers incidents,
      CommandLog log,
      Supplier<CauseCatalogue> causes,
      InstantSource clock,
      Duration timeout,
      Metrics metrics) {
    this.incidents = incidents;
    this.log = log;
    this.causes = causes;
    this.clock = clock;
    this.timeout = timeout;
    this.actions =
        metrics.counter(
            "causeline_correlator_actions_total",
            "Actions of people, by what became of them: accepted and stored in Kafka, repeated"
                + " with the same Idempotency-Key, conflict with the incident's state, or failed"
                + " since Kafka did not store them.",
            "action",
            "outcome");
  }

  void act(Context ctx) {
    Parameters.of(ctx.queryParamMap(), Set.of());
    ActionRequest request = ActionRequest.parse(ctx.bodyAsBytes());
    String id = ctx.pathParam("id");
    String commandId = commandId(ctx.header("Idempotency-Key"), id, request);
    QueryRouter.Found found = incidents.find(ctx, id);
    Incident incident = found.incident();
    String word = request.action().word();
    ActionDecision decision = ActionDecision.of(incident, found.remembered(), request, commandId);
    if (decision.verdict() == ActionDecision.Verdict.ACCEPTED) {
      Command.About about = request.about();
      if (about != null && about.into() != null) {
        Incident into = incidents.find(ctx, about.into()).incident();
        decision = ActionDecision.into(incident, into);
      } else if (about != null && about.cause() != null) {
        decision = ActionDecision.cause(incident, known(about.cause()), about.cause());
      }
    }
    switch (decision.verdict()) {
      case CONFLICT -> {
        actions.inc(word, "conflict");
        throw new Problem(409, "Conflict", decision.reason());
      }
      case DONE_BEFORE -> {
        actions.inc(word, "repeated");
        ctx.status(200).json(new Answer(commandId, id, word, decision.reason()));
      }
      case ACCEPTED -> {
        store(
            new Command(
                incident.cluster(),
                commandId,
                clock.instant(),
                id,
                request.action(),
                request.actor(),
                request.text(),
                request.about()));
        actions.inc(word, "accepted");
        ctx.status(202)
            .json(new Answer(commandId, id, word, "stored; the incident changes in a moment"));
      }
    }
  }

  /** The kind of place that a cause sits in. */
  private String known(String cause) {
    CauseCatalogue catalogue = causes.get();
    return catalogue
        .entry(cause)
        .map(entry -> entry.json().path("locus").asText())
        .orElseThrow(
            () ->
                Problem.badRequest(
                    "there is no cause '"
                        + Text.label(cause)
                        + "'"
                        + DidYouMean.hint(
                            Text.cut(cause, 100),
                            catalogue.entries().stream().map(CauseCatalogue.Entry::id).toList())
                        + "; GET /api/v1/causes lists them"));
  }

  /**
   * The same for the same request with the same key. The request is a part of it, so that a key
   * that is used twice by mistake loses nothing.
   */
  private static String commandId(@Nullable String key, String incident, ActionRequest request) {
    if (key == null) {
      return UUID.randomUUID().toString();
    }
    if (!KEY.matcher(key).matches()) {
      throw Problem.badRequest(
          "header Idempotency-Key '"
              + Text.label(key)
              + "' is not 1 to 200 visible ASCII characters");
    }
    return Hashes.id(
        incident,
        key,
        request.action().word(),
        request.actor(),
        request.text() == null ? "" : request.text(),
        request.about() == null ? "" : request.about().toString());
  }

  private void store(Command command) {
    String word = command.action().word();
    CompletableFuture<?> stored = log.write(command.cluster(), Json.bytes(command));
    try {
      stored.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      actions.inc(word, "failed");
      throw unstored("Kafka has not answered yet");
    } catch (ExecutionException e) {
      actions.inc(word, "failed");
      throw unstored(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      actions.inc(word, "failed");
      throw unstored("the process is stopping");
    }
  }

  private static Problem unstored(String why) {
    return Problem.unavailable(
        "it is not known to be stored ("
            + why
            + "); send it again, with the same Idempotency-Key so that it is done once");
  }
}
