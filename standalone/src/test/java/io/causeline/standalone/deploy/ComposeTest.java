package io.causeline.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.causeline.standalone.ProjectFiles;
import io.causeline.standalone.ProjectFiles.Ended;
import io.causeline.standalone.ServiceSettings;
import io.causeline.standalone.deploy.ComposeFile.Service;
import io.causeline.standalone.deploy.DeployedService.Common;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The compose file agrees with itself and with the services that it starts. */
class ComposeTest {

  private static final String SETTINGS = "docker/causeline.yaml";

  private final ComposeFile compose = ComposeFile.read("docker-compose.yml");

  @TempDir Path folder;

  @Test
  void shouldPassTheToolsOwnCheckWhenItIsInstalled() throws Exception {
    assumeThat(ProjectFiles.hasProgram("docker-compose"))
        .as("docker-compose is not installed, so its 'config' could not be run")
        .isTrue();

    Ended plain = config(Map.of(), "docker-compose.yml");
    Ended slack = config(Map.of("SLACK_CHANNEL", "C1"), "docker-compose.yml", "docker/slack.yml");

    assertThat(plain).isEqualTo(new Ended(0, ""));
    assertThat(slack).isEqualTo(new Ended(0, ""));
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindItsSettingsAndSecretsWhenAServiceStarts(DeployedService service) {
    // Given
    Service container = container(service);

    // When: the file that is mounted where the service is told to look
    Common settings = service.load(loader(container));

    // Then
    assertThat(container.mounts())
        .containsEntry(Path.of(container.environment().get("CAUSELINE_CONFIG")), "./" + SETTINGS);
    assertThat(container.secretFiles())
        .containsEntry(settings.http().tokensFile().orElseThrow(), service.command() + "-tokens");
    assertThat(settings.http().host()).isEqualTo("0.0.0.0");
    assertThat(container.command()).containsExactly(service.command());
  }

  @Test
  void shouldMountWhatOneServiceNeedsWhenItsSettingsNameIt() {
    Service collector = container(DeployedService.EVENT_COLLECTOR);
    Service correlator = container(DeployedService.CORRELATOR);

    Path kubeconfig =
        ServiceSettings.collector(loader(collector)).collector().kubeconfig().orElseThrow();
    Path state = ServiceSettings.correlator(loader(correlator)).stateDir();

    assertThat(collector.secretFiles()).containsEntry(kubeconfig, "kubeconfig");
    assertThat(correlator.mounts()).containsEntry(state.getParent(), "correlator-state");
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeWatchedAndPublishedByThePortThatItListensOnWhenItRuns(DeployedService service) {
    Service container = container(service);

    String port = String.valueOf(service.load(loader(container)).http().port());

    assertThat(container.healthcheck().test())
        .containsExactly("CMD", "/opt/causeline/bin/ready", port);
    assertThat(container.ports()).singleElement().asString().endsWith(":" + port);
  }

  @Test
  void shouldPublishOnLoopbackAloneWhenPortsArePublished() {
    List<String> published = new ArrayList<>();
    compose.services().values().forEach(service -> published.addAll(service.ports()));

    assertThat(published).isNotEmpty().allMatch(port -> port.matches("127\\.0\\.0\\.1:\\d+:\\d+"));
    assertThat(published.stream().map(port -> port.split(":", -1)[1])).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void shouldRunWithoutPrivilegesOnAReadOnlyImageWhenItIsOneOfOurs(DeployedService service) {
    Service container = container(service);

    assertThat(container.readOnly()).isTrue();
    assertThat(container.capDrop()).containsExactly("ALL");
    assertThat(container.securityOpt()).containsExactly("no-new-privileges:true");
    // Native libraries are loaded from there, and Docker mounts such folders without that right.
    assertThat(container.tmpfs()).singleElement().asString().startsWith("/tmp:exec,");
    assertThat(container.dependsOn().get("kafka").condition()).isEqualTo("service_healthy");
    assertThat(container.build()).isEqualTo(".");
  }

  @Test
  void shouldBeOneImageWhenItIsOneOfOurs() {
    assertThat(List.of(DeployedService.values()).stream().map(s -> container(s).image()))
        .containsOnly("causeline:" + Manifests.read().kustomization().images().get(0).newTag());
  }

  @ParameterizedTest
  @EnumSource
  void shouldReachKafkaAsItIsSetUpWhenAServiceStarts(DeployedService service) {
    // Given
    Service kafka = compose.services().get("kafka");
    Map<String, String> broker = kafka.environment();

    // When
    Common settings = service.load(loader(container(service)));

    // Then
    assertThat(broker.get("KAFKA_ADVERTISED_LISTENERS"))
        .isEqualTo("PLAINTEXT://" + settings.kafka().bootstrapServers());
    assertThat(kafka.healthcheck().test()).contains(settings.kafka().bootstrapServers());
    assertThat(settings.kafka().replication()).isEqualTo(1);
    assertThat(broker.get("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR")).isEqualTo("1");
    assertThat(broker.get("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR")).isEqualTo("1");
    assertThat(kafka.mounts()).containsKey(Path.of(broker.get("KAFKA_LOG_DIRS")));
    assertThat(kafka.image())
        .isEqualTo("apache/kafka:" + ProjectFiles.pomProperty("kafka.version"));
  }

  @Test
  void shouldPostToTheBridgeWithItsTokenWhenAlertmanagerHasAlerts() {
    // Given
    Service alertmanager = compose.services().get("alertmanager");
    Map<?, ?> config = StrictYaml.one(ProjectFiles.read("docker/alertmanager.yml"));

    // When
    Map<?, ?> receiver = (Map<?, ?>) ((List<?>) config.get("receivers")).get(0);
    Map<?, ?> webhook = (Map<?, ?>) ((List<?>) receiver.get("webhook_configs")).get(0);
    URI url = URI.create(String.valueOf(webhook.get("url")));
    Map<?, ?> http = (Map<?, ?>) webhook.get("http_config");
    Map<?, ?> authorization = (Map<?, ?>) http.get("authorization");

    // Then
    Common bridge =
        DeployedService.ALERT_BRIDGE.load(loader(container(DeployedService.ALERT_BRIDGE)));
    assertThat(url)
        .isEqualTo(
            URI.create("http://alert-bridge:" + bridge.http().port() + "/webhooks/alertmanager"));
    assertThat(webhook.get("send_resolved")).isEqualTo(true);
    assertThat(authorization.get("type")).isEqualTo("Bearer");
    assertThat(alertmanager.secretFiles())
        .containsEntry(
            Path.of(String.valueOf(authorization.get("credentials_file"))), "alertmanager-token");
    assertThat(alertmanager.mounts())
        .containsEntry(Path.of("/etc/alertmanager/alertmanager.yml"), "./docker/alertmanager.yml");
    assertThat(alertmanager.command()).contains("--config.file=/etc/alertmanager/alertmanager.yml");
  }

  @Test
  void shouldBeUnderstoodByAlertmanagerWhenItsToolIsInstalled() throws Exception {
    assumeThat(ProjectFiles.hasProgram("amtool"))
        .as("Alertmanager's amtool is not installed, so its configuration could not be checked")
        .isTrue();

    Ended check =
        ProjectFiles.run(
            ProjectFiles.root(),
            folder.resolve("output"),
            Map.of(),
            "amtool",
            "check-config",
            "docker/alertmanager.yml");

    assertThat(check.code()).as(check.output()).isZero();
  }

  @Test
  void shouldDeclareAndUseEachVolumeAndSecretWhenOneIsNamed() {
    List<String> usedSecrets = new ArrayList<>();
    List<String> usedVolumes = new ArrayList<>();
    for (Service service : compose.services().values()) {
      usedSecrets.addAll(service.secretFiles().values());
      for (String source : service.mounts().values()) {
        if (source.startsWith("./")) {
          assertThat(ProjectFiles.path(source)).exists();
        } else {
          usedVolumes.add(source);
        }
      }
    }

    assertThat(compose.secrets().keySet()).containsExactlyInAnyOrderElementsOf(usedSecrets);
    assertThat(compose.volumes().keySet()).containsExactlyInAnyOrderElementsOf(usedVolumes);
  }

  @Test
  void shouldKeepSecretsOutOfTheRepositoryAndTheImageWhenTheyAreMade() {
    assertThat(compose.secrets())
        .allSatisfy((name, secret) -> assertThat(secret.file()).isEqualTo("./secrets/" + name));
    assertThat(ProjectFiles.read(".gitignore").lines()).contains("/secrets/");
    assertThat(ProjectFiles.read(".dockerignore").lines())
        .contains("*")
        .noneMatch(line -> line.startsWith("!secrets"));
  }

  @Test
  void shouldSetUpSlackWhenItsFileIsAdded() throws IOException {
    // Given
    Service added = ComposeFile.read("docker/slack.yml").services().get("alert-bridge");
    Map<String, String> environment = new java.util.HashMap<>(added.environment());
    environment.put("CAUSELINE_CHAT_SLACK_CHANNEL", "C0123456789");

    // When
    var slack =
        ServiceSettings.bridge(DeployedService.loader(ProjectFiles.path(SETTINGS), environment))
            .chat()
            .slack();

    // Then
    assertThat(added.secretFiles()).containsKey(slack.tokenFile().orElseThrow());
    assertThat(slack.channel()).contains("C0123456789");
    assertThat(Files.readString(ProjectFiles.path("docker/slack.yml"))).doesNotContain("xoxb");
  }

  private Service container(DeployedService service) {
    return compose.services().get(service.command());
  }

  private static io.causeline.service.SettingsLoader loader(Service container) {
    return DeployedService.loader(ProjectFiles.path(SETTINGS), container.environment());
  }

  private Ended config(Map<String, String> environment, String... files) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker-compose"));
    for (String file : files) {
      command.addAll(List.of("-f", file));
    }
    command.addAll(List.of("config", "-q"));
    return ProjectFiles.run(
        ProjectFiles.root(), folder.resolve("output"), environment, command.toArray(String[]::new));
  }
}
