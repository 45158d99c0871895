package io.causeline.correlator;

import io.causeline.correlator.knowledge.KnowledgeReload;
import io.causeline.service.Metrics;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the folder of knowledge packs every few seconds, and tells what came of it. */
final class KnowledgeWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KnowledgeWatch.class);

  /** Two looks must agree, so a change counts within twice this. */
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final KnowledgeReload knowledge;
  private final Metrics.Counter reloads;
  private final ScheduledThreadPoolExecutor executor;

  KnowledgeWatch(KnowledgeReload knowledge, Metrics metrics) {
    this.knowledge = knowledge;
    this.reloads =
        metrics.counter(
            "causeline_correlator_knowledge_reloads_total",
            "Changes of the knowledge packs: loaded, or refused for their faults.",
            "outcome");
    metrics.gauge(
        "causeline_correlator_knowledge_refused",
        "1 while the knowledge packs have faults and those before them are in use, else 0.",
        () -> knowledge.faults().isEmpty() ? 0.0 : 1.0);
    metrics.gauge(
        "causeline_correlator_knowledge_causes",
        "Causes that are known.",
        () -> (double) knowledge.get().causes().size());
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "knowledge-watch");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins to look, where there is a folder. */
  void start() {
    if (knowledge.folder() != null) {
      var unusedFuture =
          executor.scheduleWithFixedDelay(
              this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Looks once. */
  void look() {
    try {
      tell(knowledge.poll());
    } catch (RuntimeException e) {
      // Thrown on, it would end the looking for good.
      log.error("the folder of knowledge packs {} cannot be looked at", knowledge.folder(), e);
    }
  }

  private void tell(KnowledgeReload.Outcome outcome) {
    switch (outcome) {
      case LOADED -> {
        reloads.inc("loaded");
        log.info("the knowledge packs have changed and are in use: {}", knowledge.detail());
      }
      case REFUSED -> {
        reloads.inc("refused");
        log.error(
            "the knowledge packs have changed and have faults; those before stay in use:\n{}",
            String.join("\n", knowledge.faults()));
      }
      case RESTORED ->
          log.info("the knowledge packs are again those in use: {}", knowledge.detail());
      case SAME, CHANGING -> {}
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
