package io.causeline.correlator.streams;

import io.causeline.correlator.core.Outcome;
import io.causeline.model.AlertSignal;
import io.causeline.model.Command;
import io.causeline.model.Heartbeat;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;

/** A record that was read and found good. */
sealed interface Input {

  /** The cluster whose core it goes to. */
  String cluster();

  /** The word in metric labels. */
  String kind();

  /** Hands it to the core. */
  Outcome applyTo(Correlation correlation);

  /** From the topic of signals. */
  record OfSignal(Signal signal) implements Input {
    @Override
    public String cluster() {
      return signal.cluster();
    }

    @Override
    public String kind() {
      if (signal instanceof Heartbeat) {
        return "heartbeat";
      }
      return signal instanceof AlertSignal ? "alert" : "kubernetes-event";
    }

    @Override
    public Outcome applyTo(Correlation correlation) {
      return correlation.apply(signal);
    }
  }

  /** From the topic of objects. */
  record OfTopology(TopologyRecord record) implements Input {
    @Override
    public String cluster() {
      return record.cluster();
    }

    @Override
    public String kind() {
      return "topology";
    }

    @Override
    public Outcome applyTo(Correlation correlation) {
      return correlation.apply(record);
    }
  }

  /** From the topic of commands. */
  record OfCommand(Command command) implements Input {
    @Override
    public String cluster() {
      return command.cluster();
    }

    @Override
    public String kind() {
      return "command";
    }

    @Override
    public Outcome applyTo(Correlation correlation) {
      return correlation.apply(command);
    }
  }

  /** A tombstone of {@code topology}: compaction's, the object's end came as a value before it. */
  record Tombstone(String cluster) implements Input {
    @Override
    public String kind() {
      return "topology";
    }

    @Override
    public Outcome applyTo(Correlation correlation) {
      return Outcome.IGNORED;
    }
  }
}
