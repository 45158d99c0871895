package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import io.causeline.correlator.core.Partitioner.Footprint;
import io.causeline.correlator.core.Scorer.Scored;
import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.LocalText;
import io.causeline.correlator.knowledge.Matcher;
import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.Impact;
import io.causeline.model.Json;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a hypothesis into words for people, with the real names filled in. */
final class Wording {

  private static final int MOST_MISSING = 3;

  /** As kubelet names an image that it cannot pull. */
  private static final Pattern IMAGE = Pattern.compile("image \\\\?\"([^\"\\\\ ]{1,300})");

  private final Knowledge knowledge;
  private final CoreSettings settings;
  private final Topology topology;
  private final Footprint footprint;
  private final Advices advices;
  private final Advices.Told told;

  /** Of each entry about a pod, the Services that select it. */
  private final Map<Episode, Set<EntityRef>> services;

  /** The cloud that the messages give away, once somebody asked; null if they give none away. */
  private @Nullable String provider;

  private boolean askedForProvider;

  /** What the entries name, by placeholder; of no place in particular. */
  private final Map<String, String> named = new HashMap<>();

  Wording(
      Knowledge knowledge,
      CoreSettings settings,
      Topology topology,
      Footprint footprint,
      Map<Episode, Set<EntityRef>> services,
      Advices advices,
      Advices.Told told) {
    this.services = services;
    this.advices = advices;
    this.told = told;
    this.knowledge = knowledge;
    this.settings = settings;
    this.topology = topology;
    this.footprint = footprint;
    named(named);
    more(named);
  }

  /** The place as people call it: a cloud by its provider, where the messages give it away. */
  EntityRef place(Vote.Hypothesis hypothesis) {
    EntityRef locus = hypothesis.locus();
    String cloud = locus.kind().equals("CloudProvider") ? provider() : null;
    return cloud == null ? locus : EntityRef.of("CloudProvider", null, cloud);
  }

  private @Nullable String provider() {
    if (!askedForProvider) {
      askedForProvider = true;
      provider =
          footprint.members().stream()
              .flatMap(member -> CloudProviders.of(member.state().message()).stream())
              .findFirst()
              .or(topology::provider)
              .orElse(null);
    }
    return provider;
  }

  Hypothesis hypothesis(
      int rank,
      Scored scored,
      List<String> explains,
      List<String> contradicts,
      List<String> missed,
      List<Episode> suspects) {
    Cause cause = knowledge.causeOrUnknown(scored.hypothesis().cause());
    EntityRef place = place(scored.hypothesis());
    Advice advice = advices.of(cause, values(place), told);
    return new Hypothesis(
        rank,
        cause.id(),
        advice.title(),
        place,
        scored.confidence(),
        explains,
        contradicts,
        missing(cause, scored, missed, suspects),
        advice.checks(),
        advice.fixes(),
        cause.references());
  }

  /**
   * What broke, and how much it hits: the hypothesis' title, the number of Services, pods and nodes
   * beside the place itself, and whether it comes and goes.
   */
  String title(Hypothesis best, Impact impact, boolean flapping) {
    boolean zh = settings.language() == LocalText.Language.ZH;
    List<String> hit = new ArrayList<>();
    String kind = best.locus().kind();
    count(hit, impact.services() - (kind.equals("Service") ? 1 : 0), zh, "Service", "Services");
    count(hit, impact.pods() - (kind.equals("Pod") ? 1 : 0), zh, "pod", "pods");
    boolean ofNode = kind.equals("Node") || (kind.equals(Kinds.KUBE_PROXY) && impact.nodes() == 1);
    count(hit, impact.nodes() - (ofNode ? 1 : 0), zh, "node", "nodes");
    StringBuilder title = new StringBuilder(best.title());
    if (!hit.isEmpty()) {
      title.append(zh ? "，影响 " : ", hits ").append(String.join(zh ? "、" : ", ", hit));
    }
    if (flapping) {
      title.append(zh ? "（反复出现）" : " (comes and goes)");
    }
    return title.toString();
  }

  private static void count(List<String> hit, int number, boolean zh, String one, String many) {
    if (number > 0) {
      hit.add(
          zh
              ? number + " 个 " + one.substring(0, 1).toUpperCase(Locale.ROOT) + one.substring(1)
              : number + " " + (number == 1 ? one : many));
    }
  }

  /** What is not known and would decide it. */
  private List<String> missing(
      Cause cause, Scored scored, List<String> missed, List<Episode> suspects) {
    boolean zh = settings.language() == LocalText.Language.ZH;
    List<String> missing = new ArrayList<>();
    for (String gap : missed) {
      missing.add((zh ? "数据可能不完整：" : "what may have been missed: ") + gap);
    }
    for (Episode suspect : suspects) {
      EntityRef entity = suspect.entity();
      missing.add(
          (zh ? "是否由此变更引起：" : "whether this change did it: ")
              + entity.kind()
              + " "
              + entity.name()
              + ", "
              + suspect.state().message()
              + ", "
              + Json.time(suspect.first()));
    }
    if (scored.strong()) {
      return missing;
    }
    for (Matcher matcher : cause.evidence()) {
      if (matcher.weight() == Weight.STRONG
          && missing.size() < MOST_MISSING + missed.size() + suspects.size()) {
        missing.add(advices.evidence(matcher));
      }
    }
    return missing;
  }

  private Map<String, String> values(EntityRef place) {
    Map<String, String> values = new HashMap<>();
    values.put("locus.kind", place.kind());
    values.put("locus.name", place.name());
    put(values, "locus.namespace", place.namespace());
    put(values, "namespace", place.kind().equals("Namespace") ? place.name() : place.namespace());
    name(values, place);
    named.forEach(values::putIfAbsent);
    if (place.kind().equals("Service")) {
      service(values, place, footprint.members().get(0).first());
    }
    return values;
  }

  private void named(Map<String, String> values) {
    for (Episode member : footprint.members()) {
      EntityRef entity = member.entity();
      put(
          values,
          "namespace",
          entity.kind().equals("Namespace") ? entity.name() : entity.namespace());
      if (!values.containsKey("image")) {
        put(values, "image", image(member.state().message()));
      }
      put(values, "reason", member.state().what());
      name(values, entity);
      Episode.Alert alert = member.state().alert();
      if (alert != null) {
        put(values, "container", alert.labels().get("container"));
      }
    }
  }

  private static @Nullable String image(String message) {
    if (!message.contains("image ")) {
      return null;
    }
    com.google.re2j.Matcher image = IMAGE.matcher(message);
    return image.find() ? image.group(1) : null;
  }

  private static void name(Map<String, String> values, EntityRef entity) {
    switch (entity.kind()) {
      case Kinds.NODE -> put(values, "node", entity.name());
      case Kinds.KUBE_PROXY -> {
        if (!entity.equals(Places.EVERYWHERE)) {
          put(values, "node", entity.name());
        }
      }
      case "Pod" -> put(values, "pod", entity.name());
      case "Service" -> put(values, "service", entity.name());
      case "Ingress" -> put(values, "ingress", entity.name());
      default -> {
        if (Kinds.WORKLOADS.contains(entity.kind())) {
          put(values, "workload", entity.name());
          put(values, "workload.kind", entity.kind().toLowerCase(Locale.ROOT));
        }
      }
    }
  }

  /** What the topology adds to the names that the entries bear. */
  private void more(Map<String, String> values) {
    for (Episode member : footprint.members()) {
      EntityRef entity = member.entity();
      if (entity.kind().equals("Pod")) {
        pod(values, entity, member.first());
        services.getOrDefault(member, Set.of()).forEach(service -> name(values, service));
      }
      if (entity.kind().equals("Service")) {
        service(values, entity, member.first());
      }
    }
  }

  /** The first that names a thing counts, so nothing is looked up for what is named already. */
  private void pod(Map<String, String> values, EntityRef pod, Instant time) {
    boolean node = values.containsKey("node");
    if (!node || !values.containsKey("workload")) {
      EntityRef owner = topology.topOwner(pod, time);
      if (!owner.equals(pod)) {
        name(values, owner);
      }
    }
    if (!node) {
      topology.step(pod, Relation.RUNS_ON, time).forEach(on -> name(values, on));
    }
    if (!values.containsKey("image")) {
      ObjectSnapshot snapshot = topology.asOf(pod, time);
      put(values, "image", snapshot == null ? null : snapshot.attribute(Attributes.IMAGES));
    }
  }

  /** What a Service selects, by its words and by an example. */
  private void service(Map<String, String> values, EntityRef entity, Instant time) {
    ObjectSnapshot service = topology.asOf(entity, time);
    if (service == null || service.selector().isEmpty()) {
      return;
    }
    StringBuilder selector = new StringBuilder();
    new TreeMap<>(service.selector())
        .forEach(
            (k, v) ->
                selector.append(selector.length() == 0 ? "" : ",").append(k).append('=').append(v));
    put(values, "selector", selector.toString());
    topology.step(entity, Relation.SELECTS, time).forEach(pod -> name(values, pod));
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      values.putIfAbsent(name, value);
    }
  }
}
