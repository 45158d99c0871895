package io.causeline.bridge.alertmanager;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the labels that describe the scraped exporter from those that describe the metric's object.
 *
 * <p>Prometheus attaches the target's labels to every metric; only where the metric has a label of
 * the same name, and the scrape honours it, the metric's own stands. So each label is judged by its
 * value: a pod named {@code …-kube-state-metrics-7d9f8c6b5-x2x7k} is not what an alert is about.
 */
final class ExporterLabels {

  private static final List<String> EXPORTERS =
      List.of("kube-state-metrics", "node-exporter", "blackbox-exporter", "cadvisor", "kubelet");

  /** Labels of a scraped target. */
  private static final List<String> TARGETS = List.of("pod", "service", "container");

  /** Proxies that stand before an exporter in its pod. */
  private static final Set<String> SIDECARS =
      Set.of("kube-rbac-proxy", "kube-rbac-proxy-main", "kube-rbac-proxy-self");

  private static final List<String> NODE_JOBS =
      List.of("node-exporter", "node_exporter", "kubelet", "kube-proxy", "cadvisor");

  private static final Set<String> NAMESPACED =
      Set.of(
          "pod",
          "pod_name",
          "service",
          "statefulset",
          "deployment",
          "daemonset",
          "job_name",
          "cronjob",
          "replicaset",
          "persistentvolumeclaim",
          "ingress",
          "horizontalpodautoscaler",
          "poddisruptionbudget",
          "resourcequota");

  private ExporterLabels() {}

  /** The labels by their own names, without those of an exporter. */
  static AlertLabels without(AlertLabels labels) {
    NavigableMap<String, String> left = labels.owned();
    List<String> words = exporterNames(labels);
    boolean exporter = false;
    for (String name : TARGETS) {
      if (labels.renamed(name)) {
        continue;
      }
      String value = left.get(name);
      if (value != null
          && (isNamedAfter(value, words) || isLeftByRename(labels) || isSidecar(name, value))) {
        left.remove(name);
        exporter = true;
      }
    }
    String job = labels.own("job");
    if (exporter || (job != null && isNamedAfter(job, EXPORTERS))) {
      left.remove("job");
      left.remove("instance");
      if (isExportersNamespace(labels, left)) {
        left.remove("namespace");
      }
    }
    return AlertLabels.taking(left);
  }

  /** Whether {@code instance} is a node: its exporter, its kubelet or its kube-proxy. */
  static boolean isNodeJob(AlertLabels labels) {
    String job = labels.own("job");
    return job != null && (endsWithAny(job, NODE_JOBS) || job.startsWith("kubernetes-node"));
  }

  /**
   * The Prometheus operator attaches pod, service, container and endpoint together: where it had to
   * rename the metric's namespace, those that it did not rename are the target's.
   */
  private static boolean isLeftByRename(AlertLabels labels) {
    return labels.renamed("namespace") && labels.has("endpoint");
  }

  private static boolean isSidecar(String label, String value) {
    return label.equals("container") && SIDECARS.contains(value);
  }

  /**
   * A node exporter's metrics have no namespace of their own; for others, a namespace that is also
   * the one of the Prometheus that asks is taken for the exporter's. A namespaced object that is
   * still named says that it is the metric's own.
   */
  private static boolean isExportersNamespace(
      AlertLabels labels, NavigableMap<String, String> left) {
    if (labels.renamed("namespace") || NAMESPACED.stream().anyMatch(left::containsKey)) {
      return false;
    }
    String job = labels.own("job");
    if (job != null && (job.endsWith("node-exporter") || job.endsWith("node_exporter"))) {
      return true;
    }
    String prometheus = labels.get("prometheus");
    String namespace = labels.get("namespace");
    return prometheus != null && namespace != null && prometheus.startsWith(namespace + "/");
  }

  private static List<String> exporterNames(AlertLabels labels) {
    List<String> names = new ArrayList<>(EXPORTERS);
    for (String job : new String[] {labels.get("job"), labels.own("job")}) {
      if (job != null && isExporterJob(job)) {
        names.add(job);
      }
    }
    return names;
  }

  private static boolean isExporterJob(@Nullable String job) {
    if (job == null) {
      return false;
    }
    String name = job.toLowerCase(Locale.ROOT);
    return name.endsWith("-exporter")
        || name.endsWith("_exporter")
        || name.startsWith("blackbox")
        || endsWithAny(name, EXPORTERS);
  }

  private static boolean endsWithAny(String name, List<String> ends) {
    for (String end : ends) {
      if (name.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a name holds an exporter's name as whole words between dashes. */
  private static boolean isNamedAfter(String value, List<String> exporters) {
    for (String name : exporters) {
      for (int at = value.indexOf(name); at >= 0; at = value.indexOf(name, at + 1)) {
        int end = at + name.length();
        if ((at == 0 || value.charAt(at - 1) == '-')
            && (end == value.length() || value.charAt(end) == '-')) {
          return true;
        }
      }
    }
    return false;
  }
}
