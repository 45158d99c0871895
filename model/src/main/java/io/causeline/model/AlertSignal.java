package io.causeline.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert of a webhook, in one status. Identity: cluster, {@code identity} and {@code startsAt};
 * resolved wins over firing for the same start, a later start over an earlier one.
 *
 * @param identity hash of alert name, entity and distinguishing labels; not Alertmanager's
 *     fingerprint, which changes when an exporter restarts
 * @param observedAt when the bridge received it
 * @param name the {@code alertname} label
 * @param entity what it is about; a cluster-level alert is about {@code Cluster/cluster}
 * @param candidates other objects that its labels name, most specific first, without {@code entity}
 * @param severity the {@code severity} label in lower case: critical, warning, info, none or any
 *     other word; null where the rule has none
 * @param labels as received, cleaned
 * @param startsAt when it began to fire, never after {@code observedAt}
 * @param endsAt when it was over; null while firing
 */
public record AlertSignal(
    String cluster,
    String identity,
    Instant observedAt,
    String name,
    Status status,
    EntityRef entity,
    List<EntityRef> candidates,
    @Nullable String severity,
    Map<String, String> labels,
    @Nullable String summary,
    @Nullable String description,
    @JsonProperty("runbook_url") @Nullable String runbookUrl,
    @JsonProperty("generatorURL") @Nullable String generatorUrl,
    Instant startsAt,
    @Nullable Instant endsAt)
    implements Signal {

  /** Whether it fires. */
  public enum Status {
    @JsonProperty("firing")
    FIRING,
    @JsonProperty("resolved")
    RESOLVED
  }

  public AlertSignal {
    ClusterName.require(cluster);
    name = Text.label(name);
    candidates = candidates == null ? List.of() : List.copyOf(candidates);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    startsAt = startsAt.isAfter(observedAt) ? observedAt : startsAt;
  }

  /** Whether it fires. */
  @JsonIgnore
  public boolean firing() {
    return status == Status.FIRING;
  }

  @Override
  public String feedName() {
    return FEED_ALERTMANAGER;
  }
}
