package io.causeline.bridge.chat;

import io.causeline.model.Incident.Severity;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where incidents are told to people: the group {@code chat} of the bridge's settings. */
public interface ChatSettings {

  /**
   * The least severity of an incident that gets a message: {@code critical}, {@code warning} or
   * {@code info}. An incident that has a message keeps it up to date whatever its severity becomes.
   */
  @WithDefault("info")
  Severity leastSeverity();

  /** The language of our own words: {@code en} or {@code zh}. */
  @WithDefault("en")
  Language language();

  /**
   * The address that people reach Causeline at, such as {@code https://causeline.example.com}; with
   * it messages link to {@code …/incidents/{id}}.
   */
  Optional<URI> externalUrl();

  /** Slack. */
  SlackSettings slack();

  /**
   * Slack, in one of two ways: a bot token with a channel, which edits messages and replies in
   * threads, or an incoming webhook, which can only post. Without either there is no Slack.
   */
  interface SlackSettings {

    /**
     * File with the bot token ({@code xoxb-…}); its scopes are {@code chat:write} and {@code
     * channels:history} (for a private channel {@code groups:history}).
     */
    Optional<Path> tokenFile();

    /** The bot token itself; from the environment, never from the settings file. */
    Optional<String> token();

    /** The channel: its id (best: names change), or its name. */
    Optional<String> channel();

    /** File with the address of an incoming webhook, which is a secret. */
    Optional<Path> webhookUrlFile();

    /** The address of an incoming webhook; from the environment, never from the settings file. */
    Optional<String> webhookUrl();

    /** Where Slack's Web API is. */
    @WithDefault("https://slack.com/api/")
    URI apiUrl();

    /** An HTTP proxy on the way to Slack, {@code http://[user:password@]host:port}. */
    Optional<String> proxyUrl();
  }
}
