package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.AlertSignal;
import io.causeline.model.Command;
import io.causeline.model.Command.About;
import io.causeline.model.EntityRef;
import io.causeline.model.Hashes;
import io.causeline.model.Heartbeat;
import io.causeline.model.Incident;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A story told to the core, in seconds after noon. */
final class Scenario {

  static final String CLUSTER = "test";
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Knowledge KNOWLEDGE = KnowledgeLoader.builtIn();

  private final ClusterCorrelator correlator;
  private final Map<String, Integer> versions = new HashMap<>();
  final List<Incident> published = new ArrayList<>();
  private Outcome last = Outcome.IGNORED;

  Scenario() {
    this(KNOWLEDGE);
  }

  Scenario(Knowledge knowledge) {
    correlator = ClusterCorrelator.create(CLUSTER, knowledge, CoreSettings.defaults());
  }

  static Instant at(int second) {
    return NOON.plusSeconds(second);
  }

  static EntityRef pod(String name) {
    return EntityRef.of("Pod", "shop", name);
  }

  static EntityRef service(String name) {
    return EntityRef.of("Service", "shop", name);
  }

  static EntityRef node(String name) {
    return EntityRef.of("Node", null, name);
  }

  /** The built-in knowledge with a pack of one's own. */
  static Knowledge knowing(String pack) {
    try {
      Path folder = Files.createTempDirectory("pack");
      Path file = Files.writeString(folder.resolve("own.yaml"), pack);
      try {
        return KnowledgeLoader.withFolder(folder);
      } finally {
        Files.delete(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Scenario event(
      int second, EntityRef entity, boolean warning, String reason, String message, int count) {
    return signal(
        new KubernetesEvent(
            CLUSTER,
            Hashes.id(entity.path(), reason, message),
            at(second),
            at(second),
            entity,
            null,
            reason,
            warning,
            message,
            false,
            count,
            null,
            null,
            null,
            null));
  }

  Scenario fires(int second, String name, EntityRef entity, String severity) {
    return alert(second, name, entity, severity, second, -1);
  }

  Scenario resolves(int second, String name, EntityRef entity, String severity, int startedAt) {
    return alert(second, name, entity, severity, startedAt, second);
  }

  private Scenario alert(
      int second, String name, EntityRef entity, String severity, int startsAt, int endsAt) {
    return signal(
        new AlertSignal(
            CLUSTER,
            Hashes.id(name, entity.path()),
            at(second),
            name,
            endsAt < 0 ? AlertSignal.Status.FIRING : AlertSignal.Status.RESOLVED,
            entity,
            List.of(),
            severity,
            Map.of("alertname", name),
            null,
            null,
            null,
            null,
            at(startsAt),
            endsAt < 0 ? null : at(endsAt)));
  }

  /** A pod of Deployment {@code app} on a node. */
  Scenario pod(int second, String name, String app, String node, boolean ready, int readySince) {
    return present(
        second,
        pod(name),
        Map.of("app", app),
        Map.of(),
        Map.of(
            Attributes.READY,
            ready ? "True" : "False",
            Attributes.READY_SINCE,
            at(readySince).toString()),
        List.of(
            new ObjectSnapshot.Edge(Relation.RUNS_ON, node(node)),
            new ObjectSnapshot.Edge(Relation.OWNED_BY, EntityRef.of("Deployment", "shop", app))));
  }

  Scenario present(
      int second,
      EntityRef entity,
      Map<String, String> labels,
      Map<String, String> selector,
      Map<String, String> attributes,
      List<ObjectSnapshot.Edge> edges) {
    int version = versions.merge(entity.path(), 1, Integer::sum);
    last =
        correlator.apply(
            new TopologyRecord.Present(
                new ObjectSnapshot(
                    CLUSTER,
                    entity,
                    "uid-" + entity.name(),
                    String.valueOf(version),
                    1,
                    at(second),
                    NOON.minusSeconds(7200),
                    null,
                    labels,
                    selector,
                    attributes,
                    edges)));
    return then();
  }

  Scenario gone(int second, EntityRef entity) {
    last =
        correlator.apply(
            new TopologyRecord.Gone(CLUSTER, entity, "uid-" + entity.name(), "99", 1, at(second)));
    return then();
  }

  Scenario command(int second, String id, String incident, Command.Action action) {
    last =
        correlator.apply(new Command(CLUSTER, id, at(second), incident, action, "ada", "looking"));
    return then();
  }

  Scenario merge(int second, String id, String incident, String into) {
    return command(second, id, incident, Command.Action.MERGE, new About(into, List.of(), null));
  }

  Scenario split(int second, String id, String incident, String... entries) {
    return command(
        second, id, incident, Command.Action.SPLIT, new About(null, List.of(entries), null));
  }

  Scenario cause(int second, String id, String incident, Command.Action action, String cause) {
    return command(second, id, incident, action, new About(null, List.of(), cause));
  }

  private Scenario command(
      int second, String id, String incident, Command.Action action, About about) {
    last =
        correlator.apply(
            new Command(CLUSTER, id, at(second), incident, action, "ada", null, about));
    return then();
  }

  Scenario gap(int second, String feed, int from, int to) {
    return signal(
        new Heartbeat(
            CLUSTER,
            feed,
            at(second),
            Duration.ZERO,
            List.of(new Heartbeat.Gap(at(from), at(to), "events were lost"))));
  }

  Scenario heartbeat(int second, String feed) {
    return signal(new Heartbeat(CLUSTER, feed, at(second), Duration.ZERO, List.of()));
  }

  Scenario signal(Signal signal) {
    last = correlator.apply(signal);
    return then();
  }

  /** Both feeds have come so far. */
  Scenario until(int second) {
    correlator.advanceTo(at(second));
    return then();
  }

  private Scenario then() {
    published.addAll(correlator.publish());
    return this;
  }

  Outcome outcome() {
    return last;
  }

  ClusterCorrelator correlator() {
    return correlator;
  }

  /** All but the merged ones. */
  List<Incident> incidents() {
    return correlator.incidents().stream()
        .filter(incident -> incident.state() != Incident.State.MERGED)
        .toList();
  }

  Incident only() {
    List<Incident> all = incidents();
    if (all.size() != 1) {
      throw new AssertionError("not one incident but " + all.size() + ": " + all);
    }
    return all.get(0);
  }
}
