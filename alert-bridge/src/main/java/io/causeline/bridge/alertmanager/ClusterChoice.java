package io.causeline.bridge.alertmanager;

import io.causeline.model.ClusterName;
import io.causeline.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster an alert belongs to: the one that the request names, else the alert's own {@code
 * cluster} label, else a default. A label that can't be a cluster's name is refused rather than
 * replaced, or one cluster's alerts would land in another's incidents.
 *
 * @param named the cluster that the request's path names, which outranks labels; null if none
 * @param fallback for alerts without a {@code cluster} label
 */
public record ClusterChoice(@Nullable String named, String fallback) {

  /** The label that names the cluster. */
  public static final String LABEL = "cluster";

  public ClusterChoice {
    if (named != null) {
      ClusterName.require(named);
    }
    ClusterName.require(fallback);
  }

  /** All alerts belong to {@code cluster}, whatever their labels say. */
  public static ClusterChoice always(String cluster) {
    return new ClusterChoice(cluster, cluster);
  }

  /** The {@code cluster} label decides; alerts without one belong to {@code fallback}. */
  public static ClusterChoice byLabel(String fallback) {
    return new ClusterChoice(null, fallback);
  }

  /** The cluster, or why there is none. */
  Choice of(AlertLabels labels) {
    if (named != null) {
      return new Choice(named, null);
    }
    String label = labels.get(LABEL);
    if (label == null) {
      return new Choice(fallback, null);
    }
    return ClusterName.isValid(label)
        ? new Choice(label, null)
        : new Choice(
            null,
            "its label cluster='"
                + Text.cut(label, 120)
                + "' can't be a cluster's name (1 to 100 letters, digits, '.', '_' or '-',"
                + " beginning with a letter or digit): change the label, or name the cluster in"
                + " the webhook's URL, /webhooks/alertmanager/{cluster}");
  }

  /** The cluster for dead letters: where those who look after this bridge will look. */
  String forDeadLetters() {
    return named != null ? named : fallback;
  }

  /** Exactly one of both is set. */
  record Choice(@Nullable String cluster, @Nullable String refusal) {}
}
