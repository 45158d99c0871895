package io.causeline.bridge.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.bridge.chat.ChatChannel;
import io.causeline.bridge.chat.ChatRules;
import io.causeline.bridge.chat.ChatSettings;
import io.causeline.bridge.chat.Language;
import io.causeline.model.Incident.Severity;
import io.causeline.service.SettingsException;
import io.causeline.service.SettingsLoader;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackChannelsTest {

  @ConfigMapping(prefix = "causeline")
  interface Sample {
    ChatSettings chat();
  }

  @TempDir Path folder;

  private static ChatSettings settings(String... namesAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put("CAUSELINE_CHAT_" + namesAndValues[i], namesAndValues[i + 1]);
    }
    return SettingsLoader.of(null, environment, Map.of()).load(Sample.class).chat();
  }

  private static List<String> names(List<ChatChannel> channels) {
    List<String> names = channels.stream().map(ChatChannel::name).toList();
    channels.forEach(ChatChannel::close);
    return names;
  }

  @Test
  void shouldHaveNoChannelWhenNothingIsSet() {
    ChatSettings settings = settings();

    assertThat(SlackChannels.of(settings)).isEmpty();
    assertThat(settings.leastSeverity()).isEqualTo(Severity.INFO);
    assertThat(settings.language()).isEqualTo(Language.EN);
    assertThat(ChatRules.of(settings).external()).isNull();
  }

  @Test
  void shouldReadEverythingFromTheEnvironment() {
    ChatSettings settings =
        settings(
            "LEAST_SEVERITY", "critical",
            "LANGUAGE", "zh",
            "EXTERNAL_URL", "https://causeline.example",
            "SLACK_TOKEN", "xoxb-1",
            "SLACK_CHANNEL", "C0DOUBLE001",
            "SLACK_API_URL", "http://127.0.0.1:9/api");

    assertThat(settings.leastSeverity()).isEqualTo(Severity.CRITICAL);
    assertThat(settings.language()).isEqualTo(Language.ZH);
    assertThat(ChatRules.of(settings).external().host()).isEqualTo("causeline.example");
    assertThat(names(SlackChannels.of(settings))).containsExactly("slack");
  }

  @Test
  void shouldUseTheWebhookWhenItIsSet() {
    assertThat(
            names(
                SlackChannels.of(
                    settings("SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T/B/x"))))
        .containsExactly("slack-webhook");
  }

  @Test
  void shouldReadSecretsFromFiles() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), " xoxb-1\n");
    Path url = Files.writeString(folder.resolve("url"), "https://hooks.slack.com/services/T/B/x\n");

    assertThat(
            names(
                SlackChannels.of(
                    settings("SLACK_TOKEN_FILE", token.toString(), "SLACK_CHANNEL", "#incidents"))))
        .containsExactly("slack");
    assertThat(names(SlackChannels.of(settings("SLACK_WEBHOOK_URL_FILE", url.toString()))))
        .containsExactly("slack-webhook");
  }

  @Test
  void shouldNameEveryFaultAndNoSecret() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    ChatSettings settings =
        settings(
            "EXTERNAL_URL", "causeline.example",
            "SLACK_TOKEN", "xoxb-1",
            "SLACK_TOKEN_FILE", empty.toString(),
            "SLACK_WEBHOOK_URL", "hooks.slack.com/s3cr3t",
            "SLACK_WEBHOOK_URL_FILE", folder.resolve("absent").toString(),
            "SLACK_API_URL", "ftp://slack.example");

    assertThatThrownBy(() -> SlackChannels.of(settings))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("causeline.chat.external-url")
        .hasMessageContaining("token and token-file")
        .hasMessageContaining("webhook-url and webhook-url-file")
        .hasMessageContaining("token and webhook-url")
        .hasMessageContaining("slack.channel: required")
        .hasMessageContaining("slack.api-url")
        .hasMessageContaining("empty is empty")
        .hasMessageContaining("absent can't be read")
        .hasMessageNotContaining("s3cr3t")
        .hasMessageNotContaining("xoxb");
  }

  @Test
  void shouldRefuseAChannelWithoutATokenAndATokenThatIsNone() {
    assertThatThrownBy(() -> SlackChannels.of(settings("SLACK_CHANNEL", "C0DOUBLE001")))
        .hasMessageContaining("there is no token");
    assertThatThrownBy(
            () ->
                SlackChannels.of(
                    settings("SLACK_TOKEN", "xoxb 1\u00e9", "SLACK_CHANNEL", "C0DOUBLE001")))
        .hasMessageContaining("slack.token")
        .hasMessageNotContaining("xoxb");
    assertThatThrownBy(() -> SlackChannels.of(settings("SLACK_WEBHOOK_URL", "not/s3cr3t")))
        .hasMessageContaining("slack.webhook-url")
        .hasMessageNotContaining("s3cr3t");
  }
}
