package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Command;
import io.causeline.model.Incident;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.List;

/**
 * One cluster's correlation: signals, topology and commands in, incidents out.
 *
 * <p>Not thread-safe. It keeps its working state in memory; what a store must keep comes out of
 * {@link #takeWrites()}, small records that {@link #restore} reads back. After an exception from
 * any method the instance is broken: drop it and restore from what was stored.
 *
 * <p>Time moves only by what is applied: the clock is the least {@code observedAt} over the live
 * feeds.
 */
public final class ClusterCorrelator {

  /** A cluster of which nothing is known yet. */
  public static ClusterCorrelator create(
      String cluster, Knowledge knowledge, CoreSettings settings) {
    return new ClusterCorrelator();
  }

  /** A cluster as it was stored; everything is due for {@link #publish()} again. */
  public static ClusterCorrelator restore(
      String cluster, Knowledge knowledge, CoreSettings settings, Iterable<StateRecord> records) {
    return new ClusterCorrelator();
  }

  /** Applies a signal; it may be late, repeated or out of order. */
  public Outcome apply(Signal signal) {
    return Outcome.IGNORED;
  }

  /** Applies a record of the topology. */
  public Outcome apply(TopologyRecord record) {
    return Outcome.IGNORED;
  }

  /** Applies what a person decided. */
  public Outcome apply(Command command) {
    return Outcome.IGNORED;
  }

  /**
   * Moves the clock on without a record, as {@code replay} and {@code diagnose} do after the last
   * one.
   */
  public void advanceTo(Instant time) {}

  /**
   * Computes what is due, and returns the incidents that have materially changed since the last
   * call, each with a higher revision, in a stable order.
   */
  public List<Incident> publish() {
    return List.of();
  }

  /** The state records that changed since the last call, the last state of each key only. */
  public List<StateRecord> takeWrites() {
    return List.of();
  }

  /** All incidents that are remembered, merged ones included, as they were last published. */
  public List<Incident> incidents() {
    return List.of();
  }

  /** The cluster's clock; {@link Instant#EPOCH} before the first record. */
  public Instant clock() {
    return Instant.EPOCH;
  }

  /** What is known of the feeds now: joined to incidents when they are read. */
  public Incident.Feed feed() {
    return Incident.Feed.COMPLETE;
  }
}
