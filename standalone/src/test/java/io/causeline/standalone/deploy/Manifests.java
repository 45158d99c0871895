package io.causeline.standalone.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.causeline.standalone.ProjectFiles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The objects in {@code deploy/}, read strictly into Kubernetes' own types. */
record Manifests(Kustomization kustomization, List<HasMetadata> objects) {

  static final String FOLDER = "deploy/";

  private static final ObjectMapper CAMEL_CASE =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** The kinds that are deployed; no Secret is among them. */
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.ofEntries(
          Map.entry("v1 Namespace", Namespace.class),
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("apps/v1 StatefulSet", StatefulSet.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("rbac.authorization.k8s.io/v1 ClusterRole", ClusterRole.class),
          Map.entry("rbac.authorization.k8s.io/v1 ClusterRoleBinding", ClusterRoleBinding.class),
          Map.entry("rbac.authorization.k8s.io/v1 Role", Role.class),
          Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class));

  /** Reads the kustomization and the resources that it names. */
  static Manifests read() {
    Kustomization kustomization =
        CAMEL_CASE.convertValue(
            StrictYaml.one(ProjectFiles.read(FOLDER + "kustomization.yaml")), Kustomization.class);
    List<HasMetadata> objects = new ArrayList<>();
    for (String resource : kustomization.resources()) {
      objects.addAll(parse(ProjectFiles.read(FOLDER + resource)));
    }
    return new Manifests(kustomization, objects);
  }

  /** The objects of a text. */
  static List<HasMetadata> parse(String text) {
    List<HasMetadata> objects = new ArrayList<>();
    for (Map<?, ?> document : StrictYaml.all(text)) {
      String kind = document.get("apiVersion") + " " + document.get("kind");
      Class<? extends HasMetadata> type = KINDS.get(kind);
      if (type == null) {
        throw new IllegalArgumentException("no object of kind " + kind + " was expected");
      }
      objects.add(StrictYaml.KUBERNETES.convertValue(document, type));
    }
    return objects;
  }

  /** The objects of a type. */
  <T> Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  /** The object of a type and name. */
  <T extends HasMetadata> T get(Class<T> type, String name) {
    return all(type)
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
  }

  /** What a service's pods are made from. */
  PodTemplateSpec pods(DeployedService service) {
    return service == DeployedService.CORRELATOR
        ? get(StatefulSet.class, service.command()).getSpec().getTemplate()
        : get(Deployment.class, service.command()).getSpec().getTemplate();
  }
}
