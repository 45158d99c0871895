package io.causeline.collector;

import io.causeline.service.ClusterNameConverter;
import io.causeline.service.HttpSettings;
import io.causeline.service.KafkaSettings;
import io.causeline.service.PositiveIntConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the event-collector. */
@ConfigMapping(prefix = "causeline")
public interface CollectorSettings {

  /** The cluster's name: the key of all its records. It must not change, and must be its own. */
  @WithDefault("default")
  @WithConverter(ClusterNameConverter.class)
  String cluster();

  KafkaSettings kafka();

  HttpSettings http();

  Collector collector();

  /** What is watched and how. */
  interface Collector {

    /** Where the cluster is told; else KUBECONFIG, ~/.kube/config or the pod's service account. */
    Optional<Path> kubeconfig();

    /** The context of the kubeconfig; else its current one. */
    Optional<String> context();

    /**
     * Namespaces to tell of; all if there are none. Everything is still read, so this is no way to
     * do with fewer permissions; what has no namespace, such as a node, is always told.
     */
    Optional<List<String>> namespaces();

    /** Between heartbeats; a feed that is silent for a minute counts as a gap. */
    @WithDefault("10s")
    Duration heartbeatInterval();

    /** Events, and objects, that may wait for Kafka before their watch is paused. */
    @WithDefault("10000")
    @WithConverter(PositiveIntConverter.class)
    int bufferSize();

    /** Objects in one page of a list. */
    @WithDefault("500")
    @WithConverter(PositiveIntConverter.class)
    int pageSize();

    /**
     * How long a watch lasts before it is begun anew. A connection that dies in silence goes
     * unnoticed for so long. Less than 5m, after which etcd forgets.
     */
    @WithDefault("2m")
    Duration watchDuration();

    /** For a page of a list, and for a watch to begin. */
    @WithDefault("30s")
    Duration requestTimeout();

    Lease lease();
  }

  /** The Lease by which one of several collectors of a cluster is the active one. */
  interface Lease {

    /** False for a collector that is the only one for certain. */
    @WithDefault("true")
    boolean enabled();

    @WithDefault("causeline-event-collector")
    String name();

    /** Where the Lease lies; else the pod's own namespace, or the kubeconfig's. */
    Optional<String> namespace();

    /** This collector, unlike any other; else the host's name and a random part. */
    Optional<String> identity();

    /** After which a standby takes a lease that is not renewed. */
    @WithDefault("15s")
    Duration duration();

    /** After which the active collector gives up renewing. Less than the duration. */
    @WithDefault("10s")
    Duration renewDeadline();

    /** Between tries. Less than the renew deadline. */
    @WithDefault("2s")
    Duration retryPeriod();
  }
}
