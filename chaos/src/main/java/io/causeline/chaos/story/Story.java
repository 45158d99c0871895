package io.causeline.chaos.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.chaos.Seed;
import io.causeline.standalone.recording.Recorded.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Several faults at once in several clusters, each told in its order, all of them shuffled. Two
 * stories of one seed differ in nothing but the time at which they begin.
 *
 * <p>A story lies in the past when it is told: what was over is over then, what waited whether it
 * heals has waited, and nothing has gone quiet yet. So it does not matter how fast it is told.
 *
 * @param base when it begins, by its own clock
 * @param atStart what the lists of {@link #CLUSTER} hold before anything happens
 * @param faults how many there are
 */
public record Story(Instant base, List<Watch> atStart, List<Step> steps, int faults) {

  /** The cluster with a collector. */
  public static final String CLUSTER = "alpha";

  /** Those of which only alerts tell. */
  public static final List<String> ALERT_CLUSTERS = List.of("beta", "gamma");

  /** How long before it is told a story begins: by then all of it is over that will be over. */
  public static final Duration AGO = Duration.ofMinutes(7);

  private static final List<String> APPS =
      List.of("web", "cart", "ledger", "search", "mail", "auth", "stock", "feed", "quota", "maps");

  private static final int FAULTS = 6;
  private static final int FIRST_VERSION = 1000;

  public Story {
    atStart = List.copyOf(atStart);
    steps = List.copyOf(steps);
  }

  /** The story of a seed. */
  public static Story of(Seed seed, Instant base) {
    Random random = seed.random("story");
    Objects objects = new Objects(base.minus(Duration.ofHours(2)));
    List<Draft> drafts = new ArrayList<>();
    List<String> apps = shuffled(APPS, random);
    List<String> kinds = shuffled(new TreeSet<>(Faults.ALL.keySet()), random);
    for (int i = 0; i < FAULTS; i++) {
      drafts.add(draft(CLUSTER, base, kinds.get(i), i, apps, objects, random));
    }
    for (String cluster : ALERT_CLUSTERS) {
      List<String> alerts = shuffled(new TreeSet<>(Faults.ALERTS_ONLY.keySet()), random);
      for (int i = 0; i < 2; i++) {
        drafts.add(draft(cluster, base, alerts.get(i), i, apps, objects, random));
      }
    }
    return new Story(base, atStart(drafts, base), steps(drafts, base, random), drafts.size());
  }

  private static Draft draft(
      String cluster,
      Instant base,
      String kind,
      int number,
      List<String> apps,
      Objects objects,
      Random random) {
    Draft draft = new Draft(cluster, base, cluster + "-" + kind, objects);
    String app = apps.get(number);
    Faults.named(kind)
        .accept(
            draft,
            new Faults.Scenery(
                "team-" + app, app, "node-" + number, new Random(random.nextLong())));
    return draft;
  }

  private static List<Watch> atStart(List<Draft> drafts, Instant base) {
    List<Watch> held = new ArrayList<>();
    int version = FIRST_VERSION;
    Set<String> nodes = new TreeSet<>();
    for (Draft draft : drafts) {
      for (ObjectNode object : draft.atStart) {
        if (object.path("kind").asText().equals("Node")) {
          nodes.add(Objects.name(object));
        }
        held.add(watch(object, Watch.Type.ADDED, base, ++version));
      }
    }
    Objects others = new Objects(base.minus(Duration.ofHours(3)));
    for (int i = 0; i < FAULTS; i++) {
      if (!nodes.contains("node-" + i)) {
        ObjectNode node = others.node("node-" + i);
        ((ObjectNode) node.path("metadata")).put("uid", "node-" + i + "-chaos");
        held.add(watch(node, Watch.Type.ADDED, base, ++version));
      }
    }
    return held;
  }

  private static Watch watch(ObjectNode object, Watch.Type type, Instant at, int version) {
    ObjectNode told = object.deepCopy();
    ((ObjectNode) told.path("metadata")).put("resourceVersion", String.valueOf(version));
    return new Watch(at, Objects.plural(object.path("kind").asText()), type, told);
  }

  /** Each fault's scenes in their order, those of different faults anyhow. */
  private static List<Step> steps(List<Draft> drafts, Instant base, Random random) {
    List<Draft> turns = new ArrayList<>();
    drafts.forEach(draft -> draft.scenes.forEach(scene -> turns.add(draft)));
    Collections.shuffle(turns, random);
    Map<Draft, Integer> next = new HashMap<>();
    Map<String, String> latest = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    int version = 2 * FIRST_VERSION;
    for (Draft draft : turns) {
      Draft.Scene scene = draft.scenes.get(next.merge(draft, 1, Integer::sum) - 1);
      if (scene.body() != null) {
        steps.add(new Step.Notify(draft.cluster, scene.body()));
      } else if (scene.object() != null) {
        Watch.Type type = scene.first() ? Watch.Type.ADDED : Watch.Type.MODIFIED;
        Watch watch = watch(scene.object(), type, base, ++version);
        String uid = watch.object().path("metadata").path("uid").asText();
        String key = key(draft.cluster, watch);
        steps.add(new Step.Tell(watch, key, Optional.ofNullable(latest.put(uid, key))));
      }
    }
    return steps;
  }

  private static String key(String cluster, Watch watch) {
    ObjectNode object = watch.object();
    return watch.isEvent()
        ? SignalKeys.event(
            cluster, object.path("metadata").path("uid").asText(), object.path("count").asInt())
        : SignalKeys.object(
            cluster,
            object.path("kind").asText(),
            Objects.namespace(object) + "/" + Objects.name(object),
            object.path("metadata").path("resourceVersion").asText());
  }

  private static List<String> shuffled(java.util.Collection<String> words, Random random) {
    List<String> shuffled = new ArrayList<>(words);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** The last state of each Event and object that is told: what may not be lost. */
  public Set<String> lastStates() {
    Map<String, String> last = new LinkedHashMap<>();
    for (Step step : steps) {
      if (step instanceof Step.Tell tell) {
        last.put(tell.watch().object().path("metadata").path("uid").asText(), tell.key());
      }
    }
    return new TreeSet<>(last.values());
  }
}
