package io.causeline.standalone.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.bridge.alertmanager.AlertNormaliser;
import io.causeline.bridge.alertmanager.ClusterChoice;
import io.causeline.bridge.alertmanager.NormalisedAlert;
import io.causeline.collector.normalise.EventNormaliser;
import io.causeline.collector.normalise.ObjectTrimmer;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.AlertSignal;
import io.causeline.model.Incident;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import io.causeline.service.StartupException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names the likely causes of what a person has at hand, without any server. Signals are told in the
 * order in which they happened, each when it happened; objects, of which only the present state is
 * known, before all of them, and judged by that state after them. The present is the greatest time
 * in the input.
 */
public final class Diagnosis {

  private static final Logger log = LoggerFactory.getLogger(Diagnosis.class);

  /** The core publishes what merely grew a little later. */
  private static final Duration AFTERTHOUGHT = Duration.ofSeconds(10);

  private final String name;
  private final ClusterChoice clusters;
  private final Knowledge knowledge;
  private final CoreSettings settings;
  private String read = "nothing was read";
  private final AlertNormaliser normaliser = new AlertNormaliser();

  /** A diagnosis in a cluster of this name. */
  public Diagnosis(String name, Knowledge knowledge, CoreSettings settings) {
    this.name = name;
    this.clusters = ClusterChoice.always(name);
    this.knowledge = knowledge;
    this.settings = settings.openingAtOnce();
  }

  /**
   * Diagnoses the input.
   *
   * @param source for messages: the file, or standard input
   * @return all incidents in it, also those that are over
   * @throws StartupException if the input cannot be read
   */
  public List<Incident> of(String source, InputStream input) {
    Observations observations = ObservationsReader.read(source, input);
    read =
        "%d events, %d alerts, %d other objects were read"
            .formatted(
                observations.events().size(),
                observations.alerts().size(),
                observations.objects().size());
    Optional<Instant> now = observations.now();
    if (now.isEmpty()) {
      return List.of();
    }
    List<Incident> incidents = run(observations, now.get(), settings);
    // Who asks about what is harmless wants to be told that it is.
    return incidents.isEmpty() ? run(observations, now.get(), settings.tellingBenign()) : incidents;
  }

  /** What the last input held, for people: that nothing was found says little about nothing. */
  public String read() {
    return read;
  }

  private List<Incident> run(Observations observations, Instant now, CoreSettings how) {
    OfflineCluster cluster = new OfflineCluster(name, knowledge, how, incident -> {});
    List<Signal> signals = signals(observations, now);
    Instant first = signals.isEmpty() ? now : signals.get(0).observedAt();
    cluster.passTo(first);
    observations
        .objects()
        .forEach(
            object ->
                ObjectTrimmer.trim(name, object, 0, first)
                    .ifPresent(snapshot -> cluster.apply(new TopologyRecord.Present(snapshot))));
    for (Signal signal : signals) {
      // Told as a whole: what healed in time was no incident.
      cluster.passTo(signal.observedAt());
      cluster.apply(signal);
    }
    cluster.passTo(now);
    cluster.observeObjects(first);
    cluster.publish();
    cluster.advanceTo(now.plus(AFTERTHOUGHT));
    cluster.publish();
    return cluster.incidents();
  }

  private List<Signal> signals(Observations observations, Instant now) {
    List<Signal> signals = new ArrayList<>();
    for (JsonNode event : observations.events()) {
      event(event, now).flatMap(seen -> event(event, seen.at())).ifPresent(signals::add);
    }
    for (JsonNode alert : observations.alerts()) {
      alert(alert, now).flatMap(seen -> alert(alert, saidAt(seen))).ifPresent(signals::add);
    }
    signals.sort(Comparator.comparing(Signal::observedAt));
    return signals;
  }

  private Optional<KubernetesEvent> event(JsonNode event, Instant observedAt) {
    return EventNormaliser.normalise(name, event, observedAt).event();
  }

  private Optional<AlertSignal> alert(JsonNode alert, Instant observedAt) {
    NormalisedAlert normalised = normaliser.alert(clusters, alert, observedAt);
    if (normalised instanceof NormalisedAlert.Accepted accepted) {
      return Optional.of(accepted.signal());
    }
    if (normalised instanceof NormalisedAlert.Rejected rejected) {
      log.warn("an alert can't be used: {}", rejected.detail());
    }
    return Optional.empty();
  }

  private static Instant saidAt(AlertSignal alert) {
    Instant end = alert.endsAt();
    return end == null ? alert.startsAt() : end;
  }
}
