package io.causeline.bridge.alertmanager;

import io.causeline.model.EntityRef;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides what an alert is about.
 *
 * <p>A well-known alert is about what its rule says, and none of its other labels count. For any
 * other alert, labels that describe the scraped exporter rather than the metric's object are put
 * aside, and the most specific object that the rest names is taken. An alert that names nothing is
 * about the cluster.
 *
 * <p>The trap that this is for: with the most common installation, an alert about a Deployment or a
 * Node carries the {@code pod}, {@code service}, {@code namespace}, {@code container} and {@code
 * instance} of kube-state-metrics.
 */
final class EntityResolver {

  /** How the entity was found. */
  enum How {
    /** By the rule for the alert's name. */
    KNOWN_ALERT,
    /** By the labels that name objects. */
    LABELS,
    /** Nothing names an object: the cluster is meant. */
    CLUSTER
  }

  /**
   * What was found.
   *
   * @param candidates further objects that the labels name, most specific first
   * @param toldApartBy labels that tell this alert apart from others of its name and entity
   */
  record Resolution(
      EntityRef entity,
      List<EntityRef> candidates,
      NavigableMap<String, String> toldApartBy,
      How how) {}

  /** Objects that labels may name, most specific first; aliases follow their modern names. */
  private static final List<EntityRules.Place> BY_SPECIFICITY =
      List.of(
          namespaced("Pod", "pod"),
          namespaced("Pod", "pod_name"),
          namespaced("StatefulSet", "statefulset"),
          namespaced("Deployment", "deployment"),
          namespaced("DaemonSet", "daemonset"),
          namespaced("Job", "job_name"),
          namespaced("CronJob", "cronjob"),
          namespaced("ReplicaSet", "replicaset"),
          namespaced("PersistentVolumeClaim", "persistentvolumeclaim"),
          namespaced("Ingress", "ingress"),
          namespaced("Service", "service"),
          namespaced("HorizontalPodAutoscaler", "horizontalpodautoscaler"),
          namespaced("PodDisruptionBudget", "poddisruptionbudget"),
          namespaced("ResourceQuota", "resourcequota"),
          new EntityRules.Place("PersistentVolume", null, "persistentvolume", false),
          new EntityRules.Place("Node", null, "node", false));

  private static final EntityRules.Place NODE_ADDRESS =
      new EntityRules.Place("Node", null, "instance", true);
  private static final EntityRules.Place NAMESPACE =
      new EntityRules.Place("Namespace", null, "namespace", false);
  private static final EntityRef CLUSTER = EntityRef.singleton("Cluster");

  /** Labels that say who measured, who evaluated or how urgent it is, never what is wrong. */
  private static final Set<String> NEVER_TELL_APART =
      Set.of(
          "alertname",
          "alertgroup",
          "severity",
          ClusterChoice.LABEL,
          "prometheus",
          "prometheus_replica",
          "replica",
          "receive",
          "tenant_id",
          "monitor",
          "metrics_path",
          "uid",
          "grafana_folder",
          "datasource_uid",
          "ref_id");

  /** Labels of the scraped target: they tell nothing more once the object is known. */
  private static final Set<String> TARGET =
      Set.of("job", "instance", "pod", "pod_name", "service", "endpoint", "namespace", "node");

  private final EntityRules rules;

  EntityResolver(EntityRules rules) {
    this.rules = rules;
  }

  Resolution resolve(String alertName, AlertLabels labels) {
    return rules
        .of(alertName)
        .flatMap(rule -> byRule(rule, labels))
        .orElseGet(() -> byLabels(labels));
  }

  private static Optional<Resolution> byRule(EntityRules.Rule rule, AlertLabels labels) {
    EntityRef found = null;
    for (EntityRules.Place place : rule.entity()) {
      if (found == null) {
        found = place.in(labels).orElse(null);
      }
    }
    if (found == null) {
      return Optional.empty();
    }
    List<EntityRef> also = new ArrayList<>();
    for (EntityRules.Place place : rule.also()) {
      EntityRef other = place.in(labels).orElse(null);
      if (other != null && !other.equals(found) && !also.contains(other)) {
        also.add(other);
      }
    }
    NavigableMap<String, String> toldApartBy = new TreeMap<>();
    for (String name : rule.toldApartBy()) {
      String value = labels.own(name);
      if (value != null) {
        toldApartBy.put(name, value);
      }
    }
    return Optional.of(new Resolution(found, also, toldApartBy, How.KNOWN_ALERT));
  }

  private static Resolution byLabels(AlertLabels raw) {
    AlertLabels labels = ExporterLabels.without(raw);
    List<EntityRef> named = new ArrayList<>();
    for (EntityRules.Place place : BY_SPECIFICITY) {
      place.in(labels).filter(e -> !named.contains(e)).ifPresent(named::add);
    }
    if (ExporterLabels.isNodeJob(raw)) {
      NODE_ADDRESS.in(raw).filter(e -> !hasNode(named)).ifPresent(named::add);
    }
    if (!named.isEmpty()) {
      NavigableMap<String, String> toldApartBy = new TreeMap<>(labels.all());
      toldApartBy.keySet().removeAll(NEVER_TELL_APART);
      toldApartBy.keySet().removeAll(TARGET);
      return new Resolution(
          named.get(0), List.copyOf(named.subList(1, named.size())), toldApartBy, How.LABELS);
    }
    NavigableMap<String, String> toldApartBy = new TreeMap<>(labels.all());
    toldApartBy.keySet().removeAll(NEVER_TELL_APART);
    Optional<EntityRef> namespace = NAMESPACE.in(labels);
    return new Resolution(
        namespace.orElse(CLUSTER),
        List.of(),
        toldApartBy,
        namespace.isPresent() ? How.LABELS : How.CLUSTER);
  }

  private static boolean hasNode(List<EntityRef> named) {
    return named.stream().anyMatch(e -> e.kind().equals("Node"));
  }

  private static EntityRules.Place namespaced(String kind, String label) {
    return new EntityRules.Place(kind, "namespace", label, false);
  }
}
