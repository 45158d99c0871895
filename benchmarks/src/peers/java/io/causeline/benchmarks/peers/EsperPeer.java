package io.causeline.benchmarks.peers;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.common.client.configuration.common.ConfigurationCommonEventTypeBean;
import com.espertech.esper.common.client.util.AccessorStyle;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import io.causeline.benchmarks.core.CorePeer;
import io.causeline.benchmarks.storm.Storm;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Esper with ten patterns "a, then b on the same entity within five minutes" over the storm's
 * reasons. Set up to its advantage: one thread without locks, a clock that the signals move, events
 * as they are without a copy, the entity by a property that an index can take. Of the ways to write
 * it the quickest: a first part that repeats is not waited for a second time ({@code every} would
 * hold each repeat, at a fourth of the speed; a context for each entity, at a tenth).
 */
public final class EsperPeer implements CorePeer {

  /** What follows what, in the storm's four ways to be ill. */
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("BackOff", "Unhealthy"),
          List.of("Unhealthy", "Killing"),
          List.of("Killing", "Started"),
          List.of("Failed", "BackOff"),
          List.of("Pulling", "Failed"),
          List.of("BackOff", "Failed"),
          List.of("Unhealthy", "ProbeWarning"),
          List.of("Created", "Started"),
          List.of("FailedMount", "Pulled"),
          List.of("Pulled", "SuccessfulMountVolume"));

  private static final int BATCH = 30_000;
  private static final String HEARD = "Heard";

  /** Made by the service loader. */
  public EsperPeer() {}

  @Override
  public Run of(StormShape shape) {
    Configuration configuration = configuration();
    EPRuntime runtime = EPRuntimeProvider.getRuntime("peer", configuration);
    try {
      LongAdder matches = new LongAdder();
      deploy(runtime, configuration, matches);
      return run(new Storm(shape), runtime.getEventService(), matches);
    } finally {
      runtime.destroy();
    }
  }

  private static Run run(Storm storm, EPEventService events, LongAdder matches) {
    storm.objects();
    long now = 0;
    for (Signal signal : storm.opening()) {
      now = tell(events, signal, now);
    }
    int signals = 0;
    long took = 0;
    while (storm.left() > 0) {
      List<Signal> batch = storm.next(BATCH);
      long start = System.nanoTime();
      for (Signal signal : batch) {
        now = tell(events, signal, now);
      }
      took += System.nanoTime() - start;
      signals += batch.size();
    }
    return new Run(signals, Duration.ofNanos(took), matches.sum());
  }

  /** Moves the clock to the signal's time, where that is later, and hands it over. */
  private static long tell(EPEventService events, Signal signal, long now) {
    Instant at = signal.observedAt();
    long millis = at.toEpochMilli();
    if (millis > now) {
      events.advanceTime(millis);
    }
    if (signal instanceof KubernetesEvent) {
      events.sendEventBean(signal, HEARD);
    }
    return Math.max(millis, now);
  }

  private static Configuration configuration() {
    ConfigurationCommonEventTypeBean heard = new ConfigurationCommonEventTypeBean();
    heard.setAccessorStyle(AccessorStyle.EXPLICIT);
    heard.addMethodProperty("reason", "reason");
    heard.addMethodProperty("entity", "entityUid");
    Configuration configuration = new Configuration();
    configuration.getCommon().addEventType(HEARD, KubernetesEvent.class.getName(), heard);
    configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
    configuration.getRuntime().getThreading().setListenerDispatchPreserveOrder(false);
    configuration.getRuntime().getExecution().setDisableLocking(true);
    return configuration;
  }

  private static void deploy(EPRuntime runtime, Configuration configuration, LongAdder matches) {
    CompilerArguments arguments = new CompilerArguments(configuration);
    try {
      for (List<String> pair : PAIRS) {
        EPCompiled compiled =
            EPCompilerProvider.getCompiler()
                .compile(pattern(pair.get(0), pair.get(1)), arguments);
        for (EPStatement statement :
            runtime.getDeploymentService().deploy(compiled).getStatements()) {
          statement.addListener(
              (found, gone, of, by) -> matches.add(found == null ? 0 : found.length));
        }
      }
    } catch (EPCompileException | EPDeployException e) {
      throw new IllegalStateException("Esper does not take the patterns", e);
    }
  }

  private static String pattern(String first, String then) {
    return """
        select a.entity from pattern [
          every-distinct(a.entity, %d seconds) a=%s(reason='%s')
            -> (b=%s(reason='%s', entity=a.entity) where timer:within(%d seconds))]"""
        .formatted(WITHIN.toSeconds(), HEARD, first, HEARD, then, WITHIN.toSeconds());
  }
}
