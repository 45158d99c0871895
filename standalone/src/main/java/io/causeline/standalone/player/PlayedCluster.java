package io.causeline.standalone.player;

import io.causeline.standalone.recording.Recorded.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All resources of a played cluster, as far as it has been played. */
public final class PlayedCluster {

  private static final Logger log = LoggerFactory.getLogger(PlayedCluster.class);

  private final Map<ApiResource, PlayedResource> resources = new LinkedHashMap<>();
  private final Set<String> unknown = new TreeSet<>();

  /** An empty one. */
  public PlayedCluster() {
    ApiResource.ALL.forEach(resource -> resources.put(resource, new PlayedResource(resource)));
  }

  /**
   * Whether a line at the beginning of a recording is what the lists held at the start: an object
   * that was there before the recording began. Events are never listed.
   */
  static boolean heldAtStart(Watch watch, Instant start) {
    return watch.type() == Watch.Type.ADDED && !watch.isEvent() && existedBefore(watch, start);
  }

  private static boolean existedBefore(Watch watch, Instant start) {
    String created = watch.object().path("metadata").path("creationTimestamp").asText();
    try {
      // Creation times are in whole seconds, cut off.
      return !Instant.parse(created).isAfter(start.truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** Adds what a list holds at the start; before it is served. */
  public void hold(Watch watch) {
    find(watch).ifPresent(resource -> resource.hold(watch.object()));
  }

  /** Plays a change; the resourceVersions of a resource must rise. */
  public void apply(Watch watch) {
    find(watch).ifPresent(resource -> resource.apply(watch));
  }

  PlayedResource of(ApiResource resource) {
    PlayedResource played = resources.get(resource);
    if (played == null) {
      throw new IllegalArgumentException(resource.plural() + " is not played");
    }
    return played;
  }

  /** Waits until someone watches this resource; whether it is so in time. */
  boolean awaitWatch(ApiResource resource, Duration timeout) throws InterruptedException {
    return of(resource).awaitWatch(timeout.toNanos());
  }

  void close() {
    resources.values().forEach(PlayedResource::close);
  }

  private Optional<PlayedResource> find(Watch watch) {
    Optional<PlayedResource> played = ApiResource.named(watch.resource()).map(this::of);
    if (played.isEmpty() && unknown.add(watch.resource())) {
      log.warn(
          "the recording holds {}, which Causeline does not watch: they are not played",
          watch.resource());
    }
    return played;
  }
}
