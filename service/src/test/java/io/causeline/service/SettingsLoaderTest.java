package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {

  @ConfigMapping(prefix = "causeline")
  interface Sample {
    @WithConverter(ClusterNameConverter.class)
    String cluster();

    KafkaSettings kafka();

    HttpSettings http();

    List<String> namespaces();

    Map<String, Channel> channels();

    Optional<String> botToken();

    @WithDefault("warning")
    String severity();
  }

  interface Channel {
    String url();

    @WithDefault("PT1S")
    Duration interval();
  }

  @ConfigMapping(prefix = "causeline")
  interface Other {
    Optional<String> kubeconfig();
  }

  private static final String GOOD =
      """
      causeline:
        cluster: prod-1
        namespaces: [a, b]
        kafka:
          bootstrap-servers: localhost:9092
          properties:
            security.protocol: SSL
            acks-note: x
        http:
          port: 8080
          idle-timeout: 2m
        channels:
          slack:
            url: https://example.test
            interval: 500ms
      """;

  @TempDir Path folder;

  @Test
  void shouldReadTheFileWithDefaults() throws IOException {
    Sample settings = load(GOOD, Map.of(), Map.of());

    assertThat(settings.cluster()).isEqualTo("prod-1");
    assertThat(settings.namespaces()).containsExactly("a", "b");
    assertThat(settings.kafka().topicPrefix()).isEqualTo("causeline.");
    assertThat(settings.kafka().partitions()).isEqualTo(12);
    assertThat(settings.kafka().deliveryTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.kafka().properties())
        .containsOnly(Map.entry("security.protocol", "SSL"), Map.entry("acks-note", "x"));
    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.http().auth()).isEqualTo(HttpSettings.Auth.TOKEN);
    assertThat(settings.http().idleTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.channels().get("slack").interval()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void shouldPreferEnvironmentToFileAndOverridesToBoth() throws IOException {
    Sample settings =
        load(
            GOOD,
            Map.of(
                "CAUSELINE_HTTP_PORT", "9",
                "CAUSELINE_CLUSTER", "from-env",
                "CAUSELINE_KAFKA_PROPERTIES_SASL_MECHANISM", "PLAIN",
                "CAUSELINE_KAFKA_PROPERTY_FILES_SSL_KEY_PASSWORD", "/run/secrets/key",
                "CAUSELINE_HTTP_TOKENS_FILE", "/etc/tokens",
                "CAUSELINE_CHANNELS_TEAMS_URL", "https://teams.test",
                "CAUSELINE_HTTP_AUTH", "none",
                "PATH", "/bin"),
            Map.of("causeline.http.port", "0"));

    assertThat(settings.http().port()).isZero();
    assertThat(settings.cluster()).isEqualTo("from-env");
    assertThat(settings.kafka().properties())
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("security.protocol", "SSL");
    assertThat(settings.kafka().propertyFiles())
        .containsOnly(Map.entry("ssl.key.password", Path.of("/run/secrets/key")));
    assertThat(settings.http().tokensFile()).contains(Path.of("/etc/tokens"));
    assertThat(settings.http().auth()).isEqualTo(HttpSettings.Auth.NONE);
    assertThat(settings.channels()).containsOnlyKeys("slack", "teams");
  }

  @Test
  void shouldReadListsFromTheEnvironment() throws IOException {
    assertThat(load(GOOD, Map.of("CAUSELINE_NAMESPACES", "x,y,z"), Map.of()).namespaces())
        .containsExactly("x", "y", "z");
  }

  @Test
  void shouldNotExpandAnythingInValues() throws IOException {
    assertThat(load(GOOD, Map.of("CAUSELINE_BOT_TOKEN", "a${HOME}$b\\c"), Map.of()).botToken())
        .contains("a${HOME}$b\\c");
  }

  @Test
  void shouldNameEveryFaultAtOnce() {
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                load(
                    """
                    causeline:
                      cluster: "no spaces please"
                      http:
                        prot: 80
                        auth: maybe
                      kafka:
                        partitions: 0
                      unheard-of:
                    other: x
                    """,
                    Map.of(
                        "CAUSELINE_HTTP_PORT", "70000",
                        "CAUSELINE_HTTP_HOTS", "x",
                        "CAUSELINE_LOG_FORMAT", "xml"),
                    Map.of("causeline.nope", "1")));

    assertThat(e.getMessage()).contains("12 faults");
    assertThat(e.faults())
        .anySatisfy(
            f ->
                assertThat(f)
                    .startsWith("causeline.cluster = \"no spaces please\"")
                    .contains("settings.yaml")
                    .contains("use 1 to 100 letters"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .startsWith("causeline.http.prot (")
                    .endsWith("unknown setting; did you mean causeline.http.port?"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .startsWith("causeline.http.auth = \"maybe\"")
                    .endsWith("use one of none, token"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .startsWith("causeline.kafka.partitions = \"0\"")
                    .contains("expected a whole number"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .startsWith("causeline.http.port = \"70000\" (environment): expected a port"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .isEqualTo(
                        "causeline.kafka.bootstrap-servers: required but not set; set it in the"
                            + " settings file or as CAUSELINE_KAFKA_BOOTSTRAP_SERVERS"))
        .anySatisfy(f -> assertThat(f).startsWith("causeline.unheard-of (").contains("unknown"))
        .anySatisfy(f -> assertThat(f).startsWith("other (").contains("under 'causeline:'"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .isEqualTo(
                        "CAUSELINE_HTTP_HOTS (environment): unknown setting; did you mean"
                            + " CAUSELINE_HTTP_HOST?"))
        .anySatisfy(f -> assertThat(f).startsWith("CAUSELINE_LOG_FORMAT = \"xml\""))
        .anySatisfy(f -> assertThat(f).startsWith("causeline.nope (command line): unknown"));
  }

  @Test
  void shouldHideSecretsInFaults() {
    assertThatThrownBy(
            () -> load(GOOD, Map.of("CAUSELINE_CHANNELS_TOKEN_INTERVAL", "s3cr3t"), Map.of()))
        .hasMessageContaining("causeline.channels.token.interval = (hidden)")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void shouldTellFaultsOfTheCheckLikeTheOthers() {
    assertThatThrownBy(
            () ->
                SettingsLoader.of(write(GOOD), Map.of(), Map.of("causeline.nope", "1"))
                    .load(Sample.class, s -> List.of("causeline.cluster: not that one")))
        .hasMessageContaining("causeline.cluster: not that one")
        .hasMessageContaining("causeline.nope");
  }

  @Test
  void shouldAcceptKeysOfOtherServicesOfTheSameProcess() throws IOException {
    SettingsLoader loader =
        SettingsLoader.of(
            write(GOOD + "  kubeconfig: /x\n"), Map.of("CAUSELINE_KUBECONFIG", "/y"), Map.of());

    assertThat(loader.load(Sample.class, Other.class).cluster()).isEqualTo("prod-1");
    assertThat(loader.load(Other.class, Sample.class).kubeconfig()).contains("/y");
    assertThatThrownBy(() -> loader.load(Sample.class)).hasMessageContaining("kubeconfig");
  }

  @Test
  void shouldIgnoreWhatKubernetesSetsForServices() throws IOException {
    Sample settings =
        load(
            GOOD,
            Map.of(
                "CAUSELINE_CORRELATOR_SERVICE_HOST", "10.0.0.1",
                "CAUSELINE_CORRELATOR_SERVICE_PORT_HTTP", "8080",
                "CAUSELINE_CORRELATOR_PORT", "tcp://10.0.0.1:8080",
                "CAUSELINE_CORRELATOR_PORT_8080_TCP_ADDR", "10.0.0.1",
                "CAUSELINE_HTTP_PORT", "tcp://10.0.0.1:8080",
                "CAUSELINE_LOG_LEVEL", "DEBUG"),
            Map.of());

    assertThat(settings.http().port()).isEqualTo(8080);
  }

  @Test
  void shouldAcceptGroupsLeftEmpty() throws IOException {
    assertThat(load(GOOD + "  # nothing yet\n", Map.of(), Map.of()).severity())
        .isEqualTo("warning");
    Sample settings =
        load(
            "causeline:\n  http:\n",
            Map.of(
                "CAUSELINE_CLUSTER", "c",
                "CAUSELINE_NAMESPACES", "n",
                "CAUSELINE_HTTP_PORT", "1",
                "CAUSELINE_KAFKA_BOOTSTRAP_SERVERS", "k:9092"),
            Map.of());
    assertThat(settings.kafka().bootstrapServers()).isEqualTo("k:9092");
  }

  @Test
  void shouldSayWhereTheYamlIsBroken() {
    assertThatThrownBy(() -> load("causeline:\n  a: 1\n a: 2\n", Map.of(), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("settings.yaml:3")
        .hasMessageContaining("not valid YAML");
    assertThatThrownBy(() -> load("causeline:\n  a: 1\n  a: 2\n", Map.of(), Map.of()))
        .hasMessageContaining("duplicate key a");
    assertThatThrownBy(() -> load("just text", Map.of(), Map.of()))
        .hasMessageContaining("holds no settings");
    assertThatThrownBy(() -> load("causeline.cluster: x\n", Map.of(), Map.of()))
        .hasMessageContaining("nest it");
    assertThatThrownBy(() -> SettingsLoader.of(folder.resolve("gone.yaml"), Map.of(), Map.of()))
        .hasMessageContaining("gone.yaml: no such file");
  }

  private Sample load(String yaml, Map<String, String> environment, Map<String, String> overrides)
      throws IOException {
    return SettingsLoader.of(write(yaml), environment, overrides).load(Sample.class);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("settings.yaml"), yaml);
  }
}
