package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import io.causeline.model.EntityRef;

/**
 * Knows, by their names, the workloads and pods that give Services of type LoadBalancer addresses.
 */
final class LoadBalancerControllers {

  private static final Pattern CLOUD =
      Pattern.compile("cloud-controller(-manager)?|(^|-)ccm(-|$)|^cloud-provider-");

  private static final Pattern OTHER =
      Pattern.compile(
          "metallb|kube-vip|^svclb-|servicelb|klipper-lb|load-?balancer-controller|purelb|openelb"
              + "|^porter-|loxilb|^kube-lb|cilium-operator|^avi-|^ako-|nsx-ncp|f5-|citrix");

  private LoadBalancerControllers() {}

  /** Whether it may give Services addresses. */
  static boolean isOne(EntityRef entity) {
    String kind = entity.kind();
    if (!kind.equals("Pod") && !Kinds.WORKLOADS.contains(kind)) {
      return false;
    }
    String namespace = entity.namespace() == null ? "" : entity.namespace();
    return CLOUD.matcher(entity.name()).find()
        || OTHER.matcher(entity.name()).find()
        || namespace.startsWith("metallb");
  }

  /** Whether it is a cloud's controller. */
  static boolean isOfCloud(EntityRef entity) {
    return isOne(entity) && CLOUD.matcher(entity.name()).find();
  }
}
