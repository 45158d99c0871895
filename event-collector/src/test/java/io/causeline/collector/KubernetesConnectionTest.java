package io.causeline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.service.SettingsException;
import io.causeline.service.StartupException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesConnectionTest {

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: one
      clusters:
      - {name: c1, cluster: {server: "http://127.0.0.1:6443"}}
      - {name: c2, cluster: {server: "http://127.0.0.1:6444"}}
      users:
      - {name: u, user: {token: t}}
      contexts:
      - {name: one, context: {cluster: c1, user: u, namespace: shop}}
      - {name: two, context: {cluster: c2, user: u}}
      """;

  @TempDir private Path folder;

  @Test
  void shouldUseTheFileOfTheSettings() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), KUBECONFIG);

    try (KubernetesClient client = open(Map.of(), "kubeconfig", file.toString())) {
      assertThat(client.getMasterUrl()).hasToString("http://127.0.0.1:6443/");
      assertThat(client.getNamespace()).isEqualTo("shop");
    }
    try (KubernetesClient client =
        open(Map.of(), "kubeconfig", file.toString(), "context", "two")) {
      assertThat(client.getMasterUrl()).hasToString("http://127.0.0.1:6444/");
    }
  }

  @Test
  void shouldUseTheFileThatTheEnvironmentNamesOrTheUsualOne() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), KUBECONFIG);
    Path usual = Files.createDirectories(folder.resolve(".kube")).resolve("config");
    Files.writeString(usual, KUBECONFIG.replace("6443", "7443"));

    try (KubernetesClient client =
        open(Map.of("KUBECONFIG", file.toString(), "HOME", folder.toString()))) {
      assertThat(client.getMasterUrl()).hasToString("http://127.0.0.1:6443/");
    }
    try (KubernetesClient client = open(Map.of("HOME", folder.toString()))) {
      assertThat(client.getMasterUrl()).hasToString("http://127.0.0.1:7443/");
    }
  }

  @Test
  void shouldSayInOneLineWhereItLookedWhenThereIsNoCluster() {
    assertThatThrownBy(() -> open(Map.of("HOME", folder.toString())))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("no Kubernetes cluster to watch: KUBECONFIG is not set")
        .hasMessageContaining(folder.resolve(".kube/config").toString())
        .message()
        .hasLineCount(1);
    assertThatThrownBy(() -> open(Map.of("KUBECONFIG", "/nowhere")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("KUBECONFIG names /nowhere, which can't be read");
    assertThatThrownBy(() -> open(Map.of(), "kubeconfig", "/nowhere"))
        .isInstanceOf(StartupException.class)
        .hasMessage("causeline.collector.kubeconfig: there is no file /nowhere that can be read");
  }

  @Test
  void shouldSayWhatIsWrongWithTheKubeconfig() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), KUBECONFIG);
    Path bad = Files.writeString(folder.resolve("bad"), "apiVersion: [");
    Path empty = Files.writeString(folder.resolve("empty"), "apiVersion: v1\nkind: Config\n");

    assertThatThrownBy(() -> open(Map.of(), "kubeconfig", file.toString(), "context", "three"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("has no context three, only [one, two]");
    assertThatThrownBy(() -> open(Map.of(), "kubeconfig", bad.toString()))
        .isInstanceOf(StartupException.class)
        .message()
        .hasLineCount(1);
    assertThatThrownBy(() -> open(Map.of(), "kubeconfig", empty.toString()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("has no current context");
  }

  @Test
  void shouldNameEveryFaultOfTheSettings() {
    Map<String, String> settings =
        Map.of(
            "causeline.collector.watch-duration", "10m",
            "causeline.collector.heartbeat-interval", "2m",
            "causeline.collector.lease.duration", "5s");

    assertThatThrownBy(() -> Collecting.settings(settings))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("causeline.collector.watch-duration = PT10M: use 10s to 270s")
        .hasMessageContaining("causeline.collector.heartbeat-interval = PT2M")
        .hasMessageContaining("causeline.collector.lease.duration = PT5S");
  }

  private static KubernetesClient open(Map<String, String> environment, String... settings) {
    Map<String, String> all = new java.util.HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put("causeline.collector." + settings[i], settings[i + 1]);
    }
    return KubernetesConnection.open(Collecting.settings(all).collector(), environment);
  }
}
