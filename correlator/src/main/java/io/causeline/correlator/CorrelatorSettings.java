package io.causeline.correlator;

import io.causeline.correlator.knowledge.LocalText.Language;
import io.causeline.service.HttpSettings;
import io.causeline.service.KafkaSettings;
import io.causeline.service.PositiveIntConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The correlator's settings. */
@ConfigMapping(prefix = "causeline")
public interface CorrelatorSettings {

  /** Kafka; its partition count is how many correlators can share the work. */
  KafkaSettings kafka();

  /** Where the API is served. */
  HttpSettings http();

  /** Folder of the local state. It can be lost: Kafka holds all of it, restoring takes a while. */
  @WithDefault("correlator-state")
  Path stateDir();

  /**
   * {@code host:port} by which the other correlators reach this one. By default this machine's name
   * and the port that {@link #http()} got.
   */
  Optional<String> applicationServer();

  /** Threads that correlate; more than there are partitions do nothing. */
  @WithDefault("2")
  @WithConverter(PositiveIntConverter.class)
  int threads();

  /** On how many other correlators each partition's state is kept up to date, to take over. */
  @WithDefault("1")
  int standbyReplicas();

  /** How often what was read and what came of it is committed. */
  @WithDefault("100ms")
  Duration commitInterval();

  /** How long incidents are kept after they ended, by their cluster's clock. */
  @WithDefault("30d")
  Duration retention();

  /** How long a query waits for other correlators before it names what is missing. */
  @WithDefault("2s")
  Duration queryTimeout();

  /** Memory for the stores of all partitions together, outside the heap, in MiB. */
  @WithDefault("256")
  int storeMemoryMib();

  /**
   * Folder with knowledge packs; an entry with the id of a built-in cause replaces it. Read again
   * when its files change.
   */
  Optional<Path> knowledge();

  /** Language of titles, checks and fixes: {@code en} or {@code zh}. */
  @WithDefault("en")
  Language language();
}
