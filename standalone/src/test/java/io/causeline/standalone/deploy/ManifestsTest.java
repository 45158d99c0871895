package io.causeline.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.causeline.service.SettingsLoader;
import io.causeline.standalone.ProjectFiles;
import io.causeline.standalone.ProjectFiles.Ended;
import io.causeline.standalone.ServiceSettings;
import io.causeline.standalone.deploy.DeployedService.Common;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manifests agree with one another and with the services that they start. */
class ManifestsTest {

  private static final String NAMESPACE = "causeline";

  private final Manifests manifests = Manifests.read();

  @TempDir Path folder;

  @Test
  void shouldComeOutOfKustomizeWholeWhenKubectlIsInstalled() throws Exception {
    assumeThat(ProjectFiles.hasProgram("kubectl"))
        .as("kubectl is not installed, so 'kubectl kustomize' could not be run")
        .isTrue();

    // When
    Ended built =
        ProjectFiles.run(
            ProjectFiles.root(),
            folder.resolve("output"),
            Map.of(),
            "kubectl",
            "kustomize",
            "deploy");

    // Then: all that went in, the settings as a ConfigMap, and pods that read it and have a tag
    assertThat(built.code()).as(built.output()).isZero();
    Manifests out = new Manifests(manifests.kustomization(), Manifests.parse(built.output()));
    assertThat(out.objects()).hasSize(manifests.objects().size() + 1);
    ConfigMap settings = out.all(ConfigMap.class).findFirst().orElseThrow();
    assertThat(settings.getMetadata().getNamespace()).isEqualTo(NAMESPACE);
    assertThat(settings.getData())
        .isEqualTo(Map.of("causeline.yaml", ProjectFiles.read("deploy/causeline.yaml")));
    for (DeployedService service : DeployedService.values()) {
      PodSpec pods = out.pods(service).getSpec();
      assertThat(volume(pods, "settings").getConfigMap().getName())
          .isEqualTo(settings.getMetadata().getName());
      assertThat(pods.getContainers().get(0).getImage())
          .isEqualTo("causeline:" + manifests.kustomization().images().get(0).newTag());
    }
  }

  @Test
  void shouldNameEveryFileWhenItIsBuilt() throws IOException {
    List<String> named = new ArrayList<>(List.of("kustomization.yaml"));
    named.addAll(manifests.kustomization().resources());
    manifests.kustomization().configMapGenerator().forEach(map -> named.addAll(map.files()));

    try (Stream<Path> files = Files.list(ProjectFiles.path(Manifests.FOLDER))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @Test
  void shouldLieInOneNamespaceWhenAnObjectHasOne() {
    assertThat(manifests.objects())
        .filteredOn(object -> object.getMetadata().getNamespace() != null)
        .allSatisfy(object -> assertThat(object.getMetadata().getNamespace()).isEqualTo(NAMESPACE));
    assertThat(manifests.objects())
        .filteredOn(object -> object.getMetadata().getNamespace() == null)
        .extracting(HasMetadata::getKind)
        .containsExactlyInAnyOrder("Namespace", "ClusterRole", "ClusterRoleBinding");
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindItsSettingsAndTokensWhenAServiceStarts(DeployedService service) {
    // Given
    PodSpec pods = manifests.pods(service).getSpec();
    Container container = pods.getContainers().get(0);
    Path file = Path.of(environment(container).get("CAUSELINE_CONFIG"));

    // When: the file of the ConfigMap that is mounted there
    Common settings = service.load(loader(container));

    // Then
    Kustomization.Generator generator = manifests.kustomization().configMapGenerator().get(0);
    Volume volume = volume(pods, mountAt(container, file.getParent()).getName());
    assertThat(volume.getConfigMap().getName()).isEqualTo(generator.name());
    assertThat(generator.files()).containsExactly(file.getFileName().toString());

    Path tokens = settings.http().tokensFile().orElseThrow();
    Volume secret = volume(pods, mountAt(container, tokens.getParent()).getName());
    assertThat(secret.getSecret().getSecretName()).isEqualTo("causeline-tokens");
    assertThat(secret.getSecret().getItems())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.getKey()).isEqualTo(service.command());
              assertThat(item.getPath()).isEqualTo(tokens.getFileName().toString());
            });
    assertThat(settings.http().host()).isEqualTo("0.0.0.0");
    assertThat(container.getArgs()).containsExactly(service.command());
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeProbedWhereItListensWhenItRuns(DeployedService service) {
    // Given
    Container container = manifests.pods(service).getSpec().getContainers().get(0);

    // When
    int port = service.load(loader(container)).http().port();

    // Then
    assertThat(container.getPorts())
        .singleElement()
        .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
        .containsExactly("http", port);
    assertProbe(container.getStartupProbe(), "/healthz");
    assertProbe(container.getLivenessProbe(), "/healthz");
    assertProbe(container.getReadinessProbe(), "/readyz");
  }

  private static void assertProbe(Probe probe, String path) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
  }

  @Test
  void shouldLeadToPodsOfOneServiceWhenAServiceOrBudgetSelects() {
    manifests
        .all(Service.class)
        .forEach(
            service -> {
              assertSelectsOneService(
                  service.getMetadata().getName(), service.getSpec().getSelector());
              assertThat(service.getSpec().getPorts())
                  .allSatisfy(
                      port -> assertThat(port.getTargetPort().getStrVal()).isEqualTo("http"));
            });
    manifests
        .all(PodDisruptionBudget.class)
        .forEach(
            budget ->
                assertSelectsOneService(
                    budget.getMetadata().getName(),
                    budget.getSpec().getSelector().getMatchLabels()));
    assertThat(manifests.all(PodDisruptionBudget.class).map(b -> b.getMetadata().getName()))
        .containsExactlyInAnyOrderElementsOf(DeployedService.commands());
  }

  private void assertSelectsOneService(String name, Map<String, String> selector) {
    assertThat(selector).as(name).isNotEmpty();
    assertThat(DeployedService.values())
        .filteredOn(
            service ->
                manifests
                    .pods(service)
                    .getMetadata()
                    .getLabels()
                    .entrySet()
                    .containsAll(selector.entrySet()))
        .extracting(DeployedService::command)
        .singleElement()
        .satisfies(command -> assertThat(name).startsWith(command));
  }

  @Test
  void shouldBeReachedByOtherCorrelatorsWhenItTellsItsAddress() {
    // Given
    StatefulSet correlator = manifests.get(StatefulSet.class, "correlator");
    Service instances = manifests.get(Service.class, correlator.getSpec().getServiceName());
    Container container = correlator.getSpec().getTemplate().getSpec().getContainers().get(0);

    // When
    var settings = ServiceSettings.correlator(loader(container));

    // Then
    assertThat(settings.applicationServer())
        .contains(
            "correlator-0."
                + instances.getMetadata().getName()
                + "."
                + NAMESPACE
                + ".svc:"
                + settings.http().port());
    assertThat(instances.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(instances.getSpec().getPublishNotReadyAddresses()).isTrue();
    assertThat(settings.standbyReplicas()).isLessThan(correlator.getSpec().getReplicas());
  }

  @Test
  void shouldKeepItsStateOnAVolumeOfItsOwnWhenACorrelatorRestarts() {
    StatefulSet correlator = manifests.get(StatefulSet.class, "correlator");
    Container container = correlator.getSpec().getTemplate().getSpec().getContainers().get(0);

    Path state = ServiceSettings.correlator(loader(container)).stateDir();

    PersistentVolumeClaim claim = correlator.getSpec().getVolumeClaimTemplates().get(0);
    assertThat(mountAt(container, state.getParent()).getName())
        .isEqualTo(claim.getMetadata().getName());
  }

  @ParameterizedTest
  @EnumSource
  void shouldMountEveryVolumeThatItHasWhenItRuns(DeployedService service) {
    PodSpec pods = manifests.pods(service).getSpec();
    List<String> volumes =
        new ArrayList<>(pods.getVolumes().stream().map(Volume::getName).toList());
    if (service == DeployedService.CORRELATOR) {
      volumes.add("state");
    }

    Container container = pods.getContainers().get(0);

    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactlyInAnyOrderElementsOf(volumes);
    assertThat(mountAt(container, Path.of("/tmp")).getReadOnly()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void shouldRunWithoutPrivilegesWhenItRuns(DeployedService service) {
    PodSpec pods = manifests.pods(service).getSpec();
    Container container = pods.getContainers().get(0);

    assertThat(pods.getContainers()).hasSize(1);
    assertThat(pods.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pods.getSecurityContext().getRunAsUser()).isEqualTo(ImageTest.user());
    assertThat(pods.getSecurityContext().getRunAsGroup()).isEqualTo(ImageTest.user());
    assertThat(pods.getSecurityContext().getFsGroup()).isEqualTo(ImageTest.user());
    assertThat(pods.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
    assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
    assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
    // Else Kubernetes would add a variable for each Service, some with our prefix.
    assertThat(pods.getEnableServiceLinks()).isFalse();
    if (service == DeployedService.EVENT_COLLECTOR) {
      assertThat(pods.getServiceAccountName()).isEqualTo("event-collector");
    } else {
      assertThat(pods.getAutomountServiceAccountToken()).isFalse();
    }
  }

  @Test
  void shouldSetUpSlackWhenItsSecretIsThereAndDoWithoutWhenItIsNot() {
    // Given
    Container bridge =
        manifests.pods(DeployedService.ALERT_BRIDGE).getSpec().getContainers().get(0);
    Map<String, String> without = new HashMap<>(environment(bridge));
    without.keySet().removeIf(name -> name.contains("SLACK"));

    // When
    var slack = ServiceSettings.bridge(loader(bridge)).chat().slack();
    var none =
        ServiceSettings.bridge(
                DeployedService.loader(ProjectFiles.path("deploy/causeline.yaml"), without))
            .chat()
            .slack();

    // Then
    assertThat(slack.token()).contains("token-of-causeline-slack");
    assertThat(slack.channel()).contains("channel-of-causeline-slack");
    assertThat(none.token()).isEmpty();
    assertThat(none.channel()).isEmpty();
    assertThat(bridge.getEnv())
        .filteredOn(env -> env.getValueFrom() != null)
        .allSatisfy(env -> assertThat(env.getValueFrom().getSecretKeyRef().getOptional()).isTrue());
  }

  /** The one settings file, with what the container has in its environment. */
  private static SettingsLoader loader(Container container) {
    return DeployedService.loader(
        ProjectFiles.path("deploy/causeline.yaml"), environment(container));
  }

  /** As the first pod would see it, with a word for what is in a Secret. */
  private static Map<String, String> environment(Container container) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar env : container.getEnv()) {
      environment.put(env.getName(), value(container, env, environment));
    }
    return environment;
  }

  private static String value(Container container, EnvVar env, Map<String, String> before) {
    if (env.getValueFrom() == null) {
      String value = env.getValue();
      for (Map.Entry<String, String> known : before.entrySet()) {
        value = value.replace("$(" + known.getKey() + ")", known.getValue());
      }
      return value;
    }
    if (env.getValueFrom().getSecretKeyRef() != null) {
      var secret = env.getValueFrom().getSecretKeyRef();
      return secret.getKey() + "-of-" + secret.getName();
    }
    return switch (env.getValueFrom().getFieldRef().getFieldPath()) {
      case "metadata.name" -> container.getName() + "-0";
      case "metadata.namespace" -> NAMESPACE;
      default -> throw new AssertionError("unknown field of " + env);
    };
  }

  private static VolumeMount mountAt(Container container, Path path) {
    return container.getVolumeMounts().stream()
        .filter(mount -> Path.of(mount.getMountPath()).equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing is mounted at " + path));
  }

  private static Volume volume(PodSpec pods, String name) {
    return pods.getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no volume " + name));
  }
}
