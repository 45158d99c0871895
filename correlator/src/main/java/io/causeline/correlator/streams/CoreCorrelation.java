package io.causeline.correlator.streams;

import io.causeline.correlator.core.ClusterCorrelator;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.core.Outcome;
import io.causeline.correlator.core.StateRecord;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Command;
import io.causeline.model.Incident;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The real core behind {@link Correlation}. */
public final class CoreCorrelation implements Correlation {

  private final ClusterCorrelator core;

  private CoreCorrelation(ClusterCorrelator core) {
    this.core = core;
  }

  /** Instances that share these settings, each with the knowledge that there is when it is made. */
  public static Correlation.Factory factory(Supplier<Knowledge> knowledge, CoreSettings settings) {
    return new Correlation.Factory() {
      @Override
      public Correlation restore(
          String cluster, List<StateRecord> records, ClusterCorrelator.Snapshots published) {
        Knowledge now = knowledge.get();
        return new CoreCorrelation(
            records.isEmpty()
                ? ClusterCorrelator.create(cluster, now, settings)
                : ClusterCorrelator.restore(cluster, now, settings, records, published));
      }

      @Override
      public String knowledge() {
        return knowledge.get().version();
      }
    };
  }

  @Override
  public Outcome apply(Signal signal) {
    return core.apply(signal);
  }

  @Override
  public Outcome apply(TopologyRecord record) {
    return core.apply(record);
  }

  @Override
  public Outcome apply(Command command) {
    return core.apply(command);
  }

  @Override
  public List<Incident> publish() {
    return core.publish();
  }

  @Override
  public List<Incident> publishUrgent() {
    return core.publishUrgent();
  }

  @Override
  public List<Incident> incidents() {
    return core.incidents();
  }

  @Override
  public List<StateRecord> takeWrites() {
    return core.takeWrites();
  }

  @Override
  public Instant clock() {
    return core.clock();
  }

  @Override
  public Incident.Feed feed() {
    return core.feed();
  }
}
