package io.causeline.correlator.core;

import static io.causeline.correlator.core.Scenario.CLUSTER;
import static io.causeline.correlator.core.Scenario.NOON;
import static io.causeline.correlator.core.Scenario.at;

import io.causeline.model.AlertSignal;
import io.causeline.model.EntityRef;
import io.causeline.model.Hashes;
import io.causeline.model.Heartbeat;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.ObjectSnapshot.Edge;
import io.causeline.model.Relation;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays a story: keeps the world's objects as they are, and writes down what is seen of them. */
final class Cast {

  private record Act(int second, Runnable run) {}

  /** An object as it is now. */
  private static final class Actor {
    final String uid;
    final int createdAt;
    final Map<String, String> labels = new TreeMap<>();
    final Map<String, String> selector = new TreeMap<>();
    final Map<String, String> attributes = new TreeMap<>();
    final List<Edge> edges = new ArrayList<>();

    Actor(String uid, int createdAt) {
      this.uid = uid;
      this.createdAt = createdAt;
    }
  }

  private final World world;
  private final Map<EntityRef, Actor> actors = new TreeMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<Object> seen = new ArrayList<>();
  private final List<Act> acts = new ArrayList<>();
  private int version = 100;
  private int rollouts = 1;

  Cast(World world) {
    this.world = world;
  }

  List<Object> play(List<Step> steps) {
    build();
    List<EntityRef> all = List.copyOf(actors.keySet());
    all.forEach(entity -> show(0, entity));
    for (Step step : steps) {
      plan(step);
    }
    acts.sort(Comparator.comparing(Act::second));
    acts.forEach(act -> act.run().run());
    seen.sort(Comparator.comparing(Story::seenAt));
    return List.copyOf(seen);
  }

  private void build() {
    for (EntityRef node : world.allNodes()) {
      Actor actor = actor(node, -7200);
      actor.labels.put("kubernetes.io/hostname", node.name());
      ready(actor, true, -7000);
      actor.attributes.put(Attributes.PROVIDER, "aws");
      actor.attributes.put(Attributes.ZONE, "a");
    }
    for (int app = 0; app < world.apps(); app++) {
      String name = world.app(app);
      Actor deployment = actor(world.deployment(app), -7200);
      deployment.labels.put("app", name);
      deployment.selector.put("app", name);
      deployment.attributes.put(Attributes.REPLICAS, String.valueOf(world.pods()));
      deployment.attributes.put(Attributes.TEMPLATE, "t1");
      Actor set = actor(replicaSet(name, 1), -7200);
      set.labels.put("app", name);
      set.selector.put("app", name);
      set.attributes.put(Attributes.REVISION, "1");
      set.edges.add(new Edge(Relation.OWNED_BY, world.deployment(app)));
      for (int number = 0; number < world.pods(); number++) {
        pod(world.pod(app, number), app, number, 1, -3600);
      }
      Actor service = actor(world.service(app), -7200);
      service.selector.put("app", name);
      service.attributes.put(Attributes.TYPE, "LoadBalancer");
      service.attributes.put(Attributes.PORTS, "http:80>8080/TCP");
      service.attributes.put(Attributes.LOAD_BALANCER, name + ".elb.example.org");
      service.edges.add(new Edge(Relation.PROVIDED_BY, EntityRef.of("CloudProvider", null, "aws")));
      slice(app);
    }
    Actor ingress = actor(EntityRef.of("Ingress", World.NAMESPACE, "edge"), -7200);
    ingress.attributes.put(Attributes.BACKENDS, world.app(0) + ":80");
    ingress.attributes.put(Attributes.LOAD_BALANCER, "10.0.0.1");
    ingress.edges.add(new Edge(Relation.ROUTES, world.service(0)));
  }

  private Actor actor(EntityRef entity, int createdAt) {
    Actor actor = new Actor(entity.path() + "@" + createdAt, createdAt);
    actors.put(entity, actor);
    return actor;
  }

  private static EntityRef replicaSet(String app, int revision) {
    return EntityRef.of("ReplicaSet", World.NAMESPACE, app + "-" + revision);
  }

  private void pod(EntityRef entity, int app, int number, int revision, int createdAt) {
    Actor pod = actor(entity, createdAt);
    pod.labels.put("app", world.app(app));
    pod.attributes.put(Attributes.PHASE, "Running");
    pod.attributes.put(Attributes.IMAGES, "registry.example.org/" + world.app(app) + ":1");
    pod.attributes.put(Attributes.CONTAINER_PORTS, "http:8080/TCP");
    ready(pod, createdAt <= 0, createdAt);
    pod.edges.add(new Edge(Relation.RUNS_ON, world.nodeOf(app, number)));
    pod.edges.add(new Edge(Relation.OWNED_BY, replicaSet(world.app(app), revision)));
  }

  private static void ready(Actor actor, boolean ready, int since) {
    actor.attributes.put(Attributes.READY, ready ? "True" : "False");
    actor.attributes.put(Attributes.READY_SINCE, at(since).toString());
  }

  private EntityRef slice(int app) {
    EntityRef entity = EntityRef.of("EndpointSlice", World.NAMESPACE, world.app(app) + "-s");
    Actor known = actors.get(entity);
    Actor slice = known == null ? actor(entity, -7200) : known;
    slice.edges.clear();
    slice.edges.add(new Edge(Relation.SLICE_OF, world.service(app)));
    int ready = 0;
    int total = 0;
    Map<String, String> selector = actors.get(world.service(app)).selector;
    for (Map.Entry<EntityRef, Actor> other : actors.entrySet()) {
      if (other.getKey().kind().equals("Pod")
          && other.getValue().labels.entrySet().containsAll(selector.entrySet())) {
        total++;
        ready += "True".equals(other.getValue().attributes.get(Attributes.READY)) ? 1 : 0;
        slice.edges.add(new Edge(Relation.ENDPOINT, other.getKey()));
      }
    }
    slice.attributes.put(Attributes.ENDPOINTS_READY, String.valueOf(ready));
    slice.attributes.put(Attributes.ENDPOINTS_TOTAL, String.valueOf(total));
    return entity;
  }

  // What happens.

  private void plan(Step step) {
    int t = step.second();
    int which = step.which();
    int end = step.heals() ? t + 200 + 10 * step.times() : -1;
    EntityRef pod = world.pod(which);
    switch (step.kind()) {
      case NODE_DOWN -> nodeDown(t, world.node(which), end);
      case IMAGE_PULL_FAILS -> {
        podReady(t, pod, false);
        repeat(
            t + 2,
            step.times(),
            pod,
            "Failed",
            "Failed to pull image \"registry.example.org/web:2\": rpc error: code = NotFound desc"
                + " = failed to pull and unpack image: not found");
        repeat(t + 5, step.times(), pod, "BackOff", "Back-off pulling image \"example.org/web:2\"");
        podHeals(end, pod, "Pulled", "Successfully pulled image \"example.org/web:2\" in 1s");
      }
      case CRASHES -> {
        podReady(t, pod, false);
        repeat(
            t + 1,
            step.times(),
            pod,
            "BackOff",
            "Back-off restarting failed container app in pod " + pod.name());
        alert(t + 60, end, "KubePodCrashLooping", pod, "warning");
        podHeals(end, pod, "Started", "Started container app");
      }
      case PROBE_FAILS -> {
        if (!step.heals()) {
          podReady(t + 1, pod, false);
        }
        repeat(
            t,
            step.times(),
            pod,
            "Unhealthy",
            "Readiness probe failed: HTTP probe failed with statuscode: 503");
      }
      case ROLLOUT -> rollout(t, which % world.apps(), step.heals());
      case LOAD_BALANCER_FAILS -> {
        EntityRef service = world.service(which);
        repeat(
            t,
            step.times(),
            service,
            "SyncLoadBalancerFailed",
            "Error syncing load balancer: failed to ensure load balancer: RequestLimitExceeded:"
                + " Request limit exceeded");
        if (step.heals()) {
          event(end, service, false, "EnsuredLoadBalancer", "Ensured load balancer");
        }
      }
      case SELECTOR_BROKEN -> selectorBroken(t, which % world.apps(), end);
      case EVICTED -> {
        event(t, pod, true, "Evicted", "The node was low on resource: memory.");
        gone(t + 3, pod);
      }
      case UNSCHEDULABLE ->
          repeat(
              t,
              step.times(),
              EntityRef.of("Pod", World.NAMESPACE, "late-1-1"),
              "FailedScheduling",
              "0/3 nodes are available: 3 Insufficient cpu.");
      case UNKNOWN_ALERT -> alert(t, end, "SomethingIsOff", pod, "warning");
      case CRITICAL_ALERT -> alert(t, end, "ErrorBudgetBurn", world.service(which), "critical");
      case UNKNOWN_WARNING ->
          repeat(t, step.times(), world.deployment(which), "Startled", "nobody knows this reason");
      case CLOUD_FAILS -> {
        for (int app = 0; app < world.apps(); app++) {
          repeat(
              t + app,
              step.times() + 2,
              world.service(app),
              "SyncLoadBalancerFailed",
              "Error syncing load balancer: failed to ensure load balancer: AccessDenied: not"
                  + " authorized to perform this operation");
        }
      }
      case HEARTBEATS -> {
        for (int i = 0; i < step.times(); i++) {
          heartbeat(t + 10 * i, Signal.FEED_KUBERNETES);
          heartbeat(t + 10 * i + 1, Signal.FEED_ALERTMANAGER);
        }
      }
      case STRAY_RESOLVE ->
          seen.add(alertSignal("NeverFired", pod, "critical", t, t - 300, t, "resolved"));
      case QUIET_LIFE -> {
        event(t, pod, false, "Scheduled", "Successfully assigned shop/" + pod.name());
        event(t + 1, pod, false, "Created", "Created container: app");
      }
    }
  }

  private void nodeDown(int t, EntityRef node, int end) {
    act(t, () -> nodeReady(t, node, false));
    event(t, node, false, "NodeNotReady", "Node " + node.name() + " status is now: NodeNotReady");
    alert(t + 60, end, "KubeNodeNotReady", node, "critical");
    for (int app = 0; app < world.apps(); app++) {
      for (int number = 0; number < world.pods(); number++) {
        if (world.nodeOf(app, number).equals(node)) {
          EntityRef pod = world.pod(app, number);
          event(t + 1, pod, true, "NodeNotReady", "Node is not ready");
          podReady(t + 1, pod, false);
          alert(t + 90, end, "KubePodNotReady", pod, "warning");
          if (end > 0) {
            podReady(end + 2, pod, true);
          } else {
            event(t + 100, pod, false, "TaintManagerEviction", "Marking for deletion Pod shop/x");
          }
        }
      }
    }
    if (end > 0) {
      act(end, () -> nodeReady(end, node, true));
      event(end, node, false, "NodeReady", "Node " + node.name() + " status is now: NodeReady");
    }
  }

  private void nodeReady(int t, EntityRef node, boolean ready) {
    ready(actors.get(node), ready, t);
    show(t, node);
  }

  private void rollout(int t, int app, boolean goesWell) {
    int revision = ++rollouts;
    EntityRef set = replicaSet(world.app(app), revision);
    EntityRef fresh = EntityRef.of("Pod", World.NAMESPACE, world.app(app) + "-" + revision + "-1");
    EntityRef old = world.pod(app, 0);
    act(
        t,
        () -> {
          Actor deployment = actors.get(world.deployment(app));
          deployment.attributes.put(Attributes.TEMPLATE, "t" + revision);
          show(t, world.deployment(app));
          Actor owner = actor(set, t);
          owner.labels.put("app", world.app(app));
          owner.attributes.put(Attributes.REVISION, String.valueOf(revision));
          owner.edges.add(new Edge(Relation.OWNED_BY, world.deployment(app)));
          show(t, set);
          pod(fresh, app, 0, revision, t + 1);
          show(t + 1, fresh);
        });
    event(
        t,
        world.deployment(app),
        false,
        "ScalingReplicaSet",
        "Scaled up replica set " + set.name() + " to 1");
    if (goesWell) {
      podReady(t + 20, fresh, true);
      event(t + 21, old, false, "Killing", "Stopping container app");
      gone(t + 25, old);
    } else {
      repeat(
          t + 15,
          8,
          fresh,
          "Unhealthy",
          "Readiness probe failed: HTTP probe failed with statuscode: 500");
    }
  }

  private void selectorBroken(int t, int app, int end) {
    EntityRef service = world.service(app);
    act(t, () -> select(t, app, world.app(app) + "x"));
    alert(t + 60, end, "ServiceHasNoEndpoints", service, "critical");
    if (end > 0) {
      act(end, () -> select(end, app, world.app(app)));
    }
  }

  private void select(int t, int app, String value) {
    actors.get(world.service(app)).selector.put("app", value);
    show(t, world.service(app));
    show(t + 1, slice(app));
  }

  // What is seen of it.

  private void act(int second, Runnable run) {
    acts.add(new Act(second, run));
  }

  private void podReady(int t, EntityRef pod, boolean ready) {
    act(
        t,
        () -> {
          Actor actor = actors.get(pod);
          if (actor != null) {
            ready(actor, ready, t);
            show(t, pod);
            for (int app = 0; app < world.apps(); app++) {
              if (world.app(app).equals(actor.labels.get("app"))) {
                show(t + 1, slice(app));
              }
            }
          }
        });
  }

  private void podHeals(int end, EntityRef pod, String reason, String message) {
    if (end > 0) {
      event(end, pod, false, reason, message);
      podReady(end + 5, pod, true);
    }
  }

  private void gone(int t, EntityRef entity) {
    act(
        t,
        () -> {
          Actor actor = actors.remove(entity);
          if (actor != null) {
            seen.add(
                new TopologyRecord.Gone(
                    CLUSTER, entity, actor.uid, String.valueOf(++version), 1, at(t + 1)));
            for (int app = 0; app < world.apps(); app++) {
              show(t + 1, slice(app));
            }
          }
        });
  }

  private void show(int t, EntityRef entity) {
    Actor actor = actors.get(entity);
    seen.add(
        new TopologyRecord.Present(
            new ObjectSnapshot(
                CLUSTER,
                entity,
                actor.uid,
                String.valueOf(++version),
                1,
                at(t + 1),
                NOON.plusSeconds(actor.createdAt),
                null,
                actor.labels,
                actor.selector,
                actor.attributes,
                actor.edges)));
  }

  private void repeat(int t, int times, EntityRef entity, String reason, String message) {
    for (int i = 0; i < times; i++) {
      event(t + i * (5 + 3 * i), entity, true, reason, message);
    }
  }

  private void event(int t, EntityRef entity, boolean warning, String reason, String message) {
    act(
        t,
        () -> {
          String uid = Hashes.id(entity.path(), reason, message);
          Actor actor = actors.get(entity);
          seen.add(
              new KubernetesEvent(
                  CLUSTER,
                  uid,
                  at(t + 1),
                  at(t),
                  entity,
                  actor == null ? null : actor.uid,
                  reason,
                  warning,
                  message,
                  false,
                  counts.merge(uid, 1, Integer::sum),
                  null,
                  null,
                  null,
                  null));
        });
  }

  private void alert(int t, int end, String name, EntityRef entity, String severity) {
    seen.add(alertSignal(name, entity, severity, t + 5, t, -1, "firing"));
    if (end > t) {
      seen.add(alertSignal(name, entity, severity, end + 5, t, end, "resolved"));
    }
  }

  private static AlertSignal alertSignal(
      String name,
      EntityRef entity,
      String severity,
      int seenAt,
      int startsAt,
      int endsAt,
      String status) {
    return new AlertSignal(
        CLUSTER,
        Hashes.id(name, entity.path()),
        at(seenAt),
        name,
        status.equals("firing") ? AlertSignal.Status.FIRING : AlertSignal.Status.RESOLVED,
        entity,
        List.of(),
        severity,
        Map.of("alertname", name),
        null,
        null,
        null,
        null,
        at(startsAt),
        status.equals("firing") ? null : at(endsAt));
  }

  private void heartbeat(int t, String feed) {
    seen.add(new Heartbeat(CLUSTER, feed, at(t), Duration.ZERO, List.of()));
  }
}
