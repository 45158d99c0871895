package io.causeline.correlator.streams;

import io.causeline.correlator.core.Outcome;
import io.causeline.correlator.core.StateRecord;
import io.causeline.model.Command;
import io.causeline.model.Incident;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.List;

/** For tests that change one method. */
class ForwardingCorrelation implements Correlation {

  private final Correlation inner;

  ForwardingCorrelation(Correlation inner) {
    this.inner = inner;
  }

  @Override
  public Outcome apply(Signal signal) {
    return inner.apply(signal);
  }

  @Override
  public Outcome apply(TopologyRecord record) {
    return inner.apply(record);
  }

  @Override
  public Outcome apply(Command command) {
    return inner.apply(command);
  }

  @Override
  public List<Incident> publish() {
    return inner.publish();
  }

  @Override
  public List<Incident> publishUrgent() {
    return inner.publishUrgent();
  }

  @Override
  public List<Incident> incidents() {
    return inner.incidents();
  }

  @Override
  public List<StateRecord> takeWrites() {
    return inner.takeWrites();
  }

  @Override
  public Instant clock() {
    return inner.clock();
  }

  @Override
  public Incident.Feed feed() {
    return inner.feed();
  }
}
