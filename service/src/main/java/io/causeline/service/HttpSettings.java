package io.causeline.service;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How a service listens: the group {@code http} of its settings. */
public interface HttpSettings {

  /** Name or address to bind to. Beyond loopback it needs a tokens file, or {@code auth: none}. */
  @WithDefault("127.0.0.1")
  String host();

  /** 0 takes any free port; {@link HttpServer#port()} tells which. */
  @WithConverter(PortConverter.class)
  int port();

  /** Bearer tokens and their roles, in the format of {@link BearerTokens}. */
  Optional<Path> tokensFile();

  /** {@code none} says in so many words that anyone who reaches the port may do anything. */
  @WithDefault("token")
  Auth auth();

  /** Largest request body, in bytes; a larger one gets 413. */
  @WithDefault("16777216")
  @WithConverter(PositiveIntConverter.class)
  int maxBodyBytes();

  /** Largest request line and headers together, in bytes; larger ones get 431. */
  @WithDefault("16384")
  @WithConverter(PositiveIntConverter.class)
  int maxHeaderBytes();

  /**
   * A connection on which nothing moves for so long is closed, also while a body is being read. A
   * stream of events must say something more often than that.
   */
  @WithDefault("30s")
  Duration idleTimeout();

  /** Who may use the port. */
  enum Auth {
    /** With a tokens file: who bears a token. Without: anyone, on loopback only. */
    TOKEN,
    /** Anyone who reaches it. */
    NONE
  }
}
