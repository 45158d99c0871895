package io.causeline.collector.normalise;

import io.causeline.model.KubernetesEvent;
import java.util.Optional;

/** What became of an Event's JSON. */
public sealed interface NormalisedEvent {

  /** The signal; empty if it was rejected. */
  Optional<KubernetesEvent> event();

  /** It is a signal. */
  record Accepted(KubernetesEvent signal) implements NormalisedEvent {
    @Override
    public Optional<KubernetesEvent> event() {
      return Optional.of(signal);
    }
  }

  /**
   * It can't be read as an Event.
   *
   * @param reason one of few words, fit for a metric's label
   */
  record Rejected(String reason) implements NormalisedEvent {
    @Override
    public Optional<KubernetesEvent> event() {
      return Optional.empty();
    }
  }
}
