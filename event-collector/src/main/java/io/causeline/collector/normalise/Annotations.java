package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Hashes;
import io.causeline.model.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the annotations by which people configure load balancers and ingress controllers. */
final class Annotations {

  private static final int LONGEST_VALUE = 80;

  /** What a load balancer's annotations have in their keys. */
  private static final List<String> OF_LOAD_BALANCERS =
      List.of(
          "service.beta.kubernetes.io/",
          "service.alpha.kubernetes.io/",
          "service.kubernetes.io/",
          "cloud.google.com/",
          "networking.gke.io/",
          "load-balancer",
          "loadbalancer",
          "metallb",
          "kube-vip.io/",
          "kubernetes.digitalocean.com/",
          "oci.oraclecloud.com/",
          "external-dns.alpha.kubernetes.io/");

  /** Written by controllers as they go on, or by tools about themselves. */
  private static final List<String> STATUS =
      List.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          "cloud.google.com/neg-status",
          "ingress.kubernetes.io/backends",
          "ingress.kubernetes.io/forwarding-rule",
          "ingress.kubernetes.io/https-forwarding-rule",
          "ingress.kubernetes.io/https-target-proxy",
          "ingress.kubernetes.io/target-proxy",
          "ingress.kubernetes.io/url-map",
          "ingress.kubernetes.io/static-ip",
          "ingress.kubernetes.io/ssl-cert",
          "field.cattle.io/",
          "meta.helm.sh/",
          "argocd.argoproj.io/");

  private Annotations() {}

  /** {@code key=value} of those that configure a load balancer; a long value as its hash. */
  static Set<String> ofLoadBalancer(JsonNode metadata) {
    Set<String> items = new TreeSet<>();
    for (Map.Entry<String, JsonNode> annotation : metadata.path("annotations").properties()) {
      String key = Text.label(annotation.getKey());
      if (OF_LOAD_BALANCERS.stream().anyMatch(key::contains) && !isStatus(key)) {
        String value = Text.label(Fields.scalar(annotation.getValue()));
        items.add(key + "=" + (value.length() > LONGEST_VALUE ? "#" + Hashes.id(value) : value));
      }
    }
    return items;
  }

  /** {@code key=hash} of all: of their values nothing is told, since snippets may hold anything. */
  static Set<String> hashed(JsonNode metadata) {
    Set<String> items = new TreeSet<>();
    for (Map.Entry<String, JsonNode> annotation : metadata.path("annotations").properties()) {
      String key = Text.label(annotation.getKey());
      if (!isStatus(key)) {
        items.add(key + "=" + Hashes.id(Fields.scalar(annotation.getValue())));
      }
    }
    return items;
  }

  private static boolean isStatus(String key) {
    return STATUS.stream().anyMatch(key::startsWith);
  }
}
