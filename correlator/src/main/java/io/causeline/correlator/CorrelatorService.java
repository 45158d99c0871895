package io.causeline.correlator;

import io.causeline.correlator.knowledge.KnowledgeException;
import io.causeline.correlator.knowledge.KnowledgeReload;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.causeline.service.StartupException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The correlator as a process of its own: its HTTP server with the API, Kafka Streams. */
public final class CorrelatorService {

  private CorrelatorService() {}

  /**
   * Starts it, and returns once it correlates; blocks while Kafka does not answer, not being ready
   * meanwhile. Everything opened is handed to {@code lifecycle}, which may be closed at any time,
   * also by another thread while this one blocks.
   *
   * @return the correlator, for its {@link Correlator#failure}
   * @throws StartupException saying what a person must change
   */
  public static Correlator start(CorrelatorSettings settings, Lifecycle lifecycle) {
    Health health = new Health();
    Metrics metrics = new Metrics();
    Correlator correlator =
        new Correlator(
            settings,
            knowledge(settings.knowledge().orElse(null)),
            health,
            metrics,
            InstantSource.system());
    HttpServer server =
        lifecycle.add(
            "http", HttpServer.start(settings.http(), health, metrics, correlator::routes));
    lifecycle.add("correlator", correlator);
    correlator.start(server.port());
    try {
      correlator.connected().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StartupException why) {
        throw why;
      }
      throw e;
    }
    return correlator;
  }

  private static KnowledgeReload knowledge(@Nullable Path folder) {
    try {
      return KnowledgeReload.open(folder);
    } catch (KnowledgeException e) {
      throw new StartupException(
          "The knowledge packs of causeline.knowledge cannot be used:\n" + e.getMessage(), e);
    }
  }
}
