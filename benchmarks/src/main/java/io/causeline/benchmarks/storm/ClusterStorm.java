package io.causeline.benchmarks.storm;

import io.causeline.model.EntityRef;
import io.causeline.model.Heartbeat;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** One cluster's part of a storm. Names, uids and the order follow from the cluster's number. */
final class ClusterStorm {

  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final String NAMESPACE = "shop";
  private static final int NODES = 100;

  /** Often enough to open an incident at once. */
  private static final int OPENS = 9;

  private final String cluster;
  private final int number;
  private final int apps;
  private final int mostPods;
  private final int containers;
  private final Random random;

  /** Events by their number: the pod, its container, what is said of it, how often it was. */
  private int[] podOf = new int[1024];

  private int[] containerOf = new int[1024];

  private int[] voiceOf = new int[1024];
  private int[] countOf = new int[1024];
  private int events;
  private int pods;
  private long version = 1000;

  ClusterStorm(int number, StormShape shape) {
    this.number = number;
    this.cluster = name(number);
    this.apps = shape.incidents() / shape.clusters();
    this.mostPods = shape.entities() == 0 ? Integer.MAX_VALUE : shape.entities() / shape.clusters();
    this.containers = shape.containers();
    this.random = new Random(31L * number + 7);
  }

  static String name(int number) {
    return "storm-" + number;
  }

  /** The objects that are known before: each Deployment with its ReplicaSet and its first pods. */
  List<TopologyRecord> objects(Instant at) {
    List<TopologyRecord> out = new ArrayList<>();
    for (int app = 0; app < apps; app++) {
      out.add(present(EntityRef.of("Deployment", NAMESPACE, app(app)), at, Map.of(), List.of()));
      out.add(
          present(
              set(app),
              at,
              Map.of(),
              List.of(edge(Relation.OWNED_BY, "Deployment", NAMESPACE, app(app)))));
    }
    int known = mostPods == Integer.MAX_VALUE ? 2 * apps : mostPods;
    for (int pod = 0; pod < known; pod++) {
      out.add(
          present(
              pod(pod),
              at,
              Map.of(Attributes.PHASE, "Running", Attributes.READY, "False"),
              List.of(
                  new ObjectSnapshot.Edge(Relation.OWNED_BY, set(appOf(pod))),
                  edge(Relation.RUNS_ON, "Node", null, node(pod)))));
    }
    pods = known;
    return out;
  }

  /** What opens the incidents: for each Deployment one pod of which much was heard. */
  List<Signal> opening(Instant at) {
    List<Signal> out = new ArrayList<>();
    for (int app = 0; app < apps; app++) {
      out.add(fresh(app, 0, OPENS, at));
    }
    return out;
  }

  /** The collector has seen all until then. */
  Signal heartbeat(Instant at) {
    return new Heartbeat(cluster, Signal.FEED_KUBERNETES, at, Duration.ZERO, List.of());
  }

  /** The next signal of the storm. */
  Signal next(Instant at) {
    int dice = random.nextInt(100);
    if (dice < StormShape.NEW_ENTITY_PERCENT) {
      int pod = pods < mostPods ? pods++ : random.nextInt(pods);
      return fresh(pod, random.nextInt(5), 1, at);
    }
    if (dice < StormShape.NEW_ENTITY_PERCENT + StormShape.NEW_SIGNAL_PERCENT) {
      return fresh(random.nextInt(pods), random.nextInt(5), 1, at);
    }
    return repeat(at);
  }

  /** One of the Events that were told, with a higher count. */
  Signal repeat(Instant at) {
    int event = random.nextInt(events);
    countOf[event]++;
    return event(event, at);
  }

  private Signal fresh(int pod, int voice, int count, Instant at) {
    if (events == podOf.length) {
      podOf = Arrays.copyOf(podOf, 2 * events);
      containerOf = Arrays.copyOf(containerOf, 2 * events);
      voiceOf = Arrays.copyOf(voiceOf, 2 * events);
      countOf = Arrays.copyOf(countOf, 2 * events);
    }
    podOf[events] = pod;
    containerOf[events] = containers == 1 ? 0 : random.nextInt(containers);
    voiceOf[events] = voice;
    countOf[events] = count;
    return event(events++, at);
  }

  private Signal event(int event, Instant at) {
    int pod = podOf[event];
    String app = app(appOf(pod));
    Voice voice = Voice.ILLNESSES.get(appOf(pod) % Voice.ILLNESSES.size()).get(voiceOf[event]);
    EntityRef entity = pod(pod);
    return new KubernetesEvent(
        cluster,
        uid(3, event),
        at,
        at,
        entity,
        uid(2, pod),
        voice.reason(),
        voice.warning(),
        voice.about(app, entity.name(), uid(2, pod)) + said(containerOf[event]),
        false,
        countOf[event],
        voice.component(),
        voice.component().equals("kubelet") ? node(pod) : null,
        "spec.containers{" + app + "}",
        null);
  }

  private TopologyRecord present(
      EntityRef entity,
      Instant at,
      Map<String, String> attributes,
      List<ObjectSnapshot.Edge> edges) {
    return new TopologyRecord.Present(
        new ObjectSnapshot(
            cluster,
            entity,
            uid(entity.kind().length(), entity.name().hashCode()),
            String.valueOf(version++),
            1,
            at,
            at.minusSeconds(86_400),
            null,
            Map.of(),
            Map.of(),
            attributes,
            edges));
  }

  private static ObjectSnapshot.Edge edge(
      Relation relation,
      String kind,
      @org.jspecify.annotations.Nullable String namespace,
      String name) {
    return new ObjectSnapshot.Edge(relation, EntityRef.of(kind, namespace, name));
  }

  /** Of the first container nothing is added to the words of Kubernetes. */
  private static String said(int container) {
    return container == 0 ? "" : " (container " + letters(container, 3) + ")";
  }

  private int appOf(int pod) {
    return pod % apps;
  }

  private static String app(int app) {
    return "app" + letters(app, 5);
  }

  private EntityRef set(int app) {
    return EntityRef.of("ReplicaSet", NAMESPACE, app(app) + "-" + letters(app * 7919L + 3, 9));
  }

  private EntityRef pod(int pod) {
    return EntityRef.of("Pod", NAMESPACE, set(appOf(pod)).name() + "-" + letters(pod, 5));
  }

  private static String node(int pod) {
    return "node-" + pod % NODES;
  }

  /** As Kubernetes makes names: no vowels, nothing that looks like another. */
  private static String letters(long value, int length) {
    char[] out = new char[length];
    long left = value;
    for (int i = length - 1; i >= 0; i--) {
      out[i] = LETTERS.charAt((int) (left % LETTERS.length()));
      left /= LETTERS.length();
    }
    return new String(out);
  }

  private String uid(int kind, int ordinal) {
    return new UUID(
            0x4000L | (long) number << 32 | (long) kind << 48, ordinal * 0x9E3779B97F4A7C15L)
        .toString();
  }
}
