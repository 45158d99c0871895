package io.causeline.bridge.chat.slack;

import io.causeline.bridge.chat.ChatChannel;
import io.causeline.bridge.chat.ChatSettings;
import io.causeline.bridge.chat.ChatSettings.SlackSettings;
import io.causeline.bridge.chat.WebLink;
import io.causeline.bridge.chat.Wording;
import io.causeline.service.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes Slack's channels from settings. Faults name the setting and the way out, never a secret.
 */
public final class SlackChannels {

  private static final String GROUP = "causeline.chat.slack.";

  private SlackChannels() {}

  /** What is wrong with the settings beyond their types; secrets in files are not read for it. */
  public static List<String> faults(ChatSettings settings) {
    List<String> faults = new ArrayList<>();
    settings
        .externalUrl()
        .filter(url -> WebLink.of(url.toString()).isEmpty())
        .ifPresent(
            url ->
                faults.add("causeline.chat.external-url: is no http or https address with a host"));
    SlackSettings slack = settings.slack();
    if (slack.token().isPresent() && slack.tokenFile().isPresent()) {
      faults.add(GROUP + "token and token-file: set one of them");
    }
    if (slack.webhookUrl().isPresent() && slack.webhookUrlFile().isPresent()) {
      faults.add(GROUP + "webhook-url and webhook-url-file: set one of them");
    }
    if (usesToken(slack) && usesWebhook(slack)) {
      faults.add(
          GROUP
              + "token and webhook-url: set one of them; the token can do more, the webhook would"
              + " post everything a second time");
    }
    if (usesToken(slack) && slack.channel().isEmpty()) {
      faults.add(GROUP + "channel: required with a token; set it to the channel's id");
    }
    if (!usesToken(slack) && slack.channel().isPresent()) {
      faults.add(
          GROUP
              + "channel: set, but there is no token; set "
              + GROUP
              + "token-file or CAUSELINE_CHAT_SLACK_TOKEN (a webhook has its own channel)");
    }
    if (!isHttp(slack.apiUrl())) {
      faults.add(GROUP + "api-url: is no http or https address with a host");
    }
    return faults;
  }

  /**
   * The channels that are set up: none or one.
   *
   * @throws SettingsException naming every fault, also of the files with secrets
   */
  public static List<ChatChannel> of(ChatSettings settings) {
    List<String> faults = new ArrayList<>(faults(settings));
    SlackSettings slack = settings.slack();
    Optional<String> token = secret(slack.token(), slack.tokenFile(), "token", faults);
    Optional<String> webhook =
        secret(slack.webhookUrl(), slack.webhookUrlFile(), "webhook-url", faults);
    token
        .filter(t -> !t.chars().allMatch(c -> c > ' ' && c < 127))
        .ifPresent(t -> faults.add(GROUP + "token: holds blanks or characters no token has"));
    Optional<URI> url = webhook.flatMap(SlackChannels::uri);
    if (webhook.isPresent() && url.isEmpty()) {
      faults.add(GROUP + "webhook-url: is no http or https address with a host");
    }
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
    Wording words = new Wording(settings.language());
    if (token.isPresent()) {
      return List.of(
          new SlackChannel(
              slack.apiUrl(), slack.proxyUrl(), token.get(), slack.channel().orElseThrow(), words));
    }
    return url.<List<ChatChannel>>map(u -> List.of(new SlackWebhook(u, slack.proxyUrl(), words)))
        .orElse(List.of());
  }

  private static boolean usesToken(SlackSettings slack) {
    return slack.token().isPresent() || slack.tokenFile().isPresent();
  }

  private static boolean usesWebhook(SlackSettings slack) {
    return slack.webhookUrl().isPresent() || slack.webhookUrlFile().isPresent();
  }

  private static Optional<String> secret(
      Optional<String> value, Optional<Path> file, String setting, List<String> faults) {
    if (file.isEmpty()) {
      return value.map(String::strip);
    }
    try {
      String content = Files.readString(file.get()).strip();
      if (content.isEmpty()) {
        faults.add(GROUP + setting + "-file: " + file.get() + " is empty");
      }
      return Optional.of(content);
    } catch (IOException e) {
      faults.add(
          GROUP
              + setting
              + "-file: "
              + file.get()
              + " can't be read ("
              + e.getClass().getSimpleName()
              + ")");
      return Optional.empty();
    }
  }

  private static Optional<URI> uri(String address) {
    try {
      return Optional.of(new URI(address)).filter(SlackChannels::isHttp);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isHttp(URI uri) {
    return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
        && uri.getHost() != null;
  }
}
