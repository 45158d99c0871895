package io.causeline.bridge.alertmanager;

import io.causeline.model.AlertSignal;
import java.util.List;

/**
 * What became of one webhook body.
 *
 * @param alerts one for each alert, in the body's order
 * @param truncated how many alerts Alertmanager left out of the body ({@code max_alerts}): what
 *     they would have said is not known
 */
public record NormalisedBody(List<NormalisedAlert> alerts, long truncated) {

  public NormalisedBody {
    alerts = List.copyOf(alerts);
  }

  /** The signals. */
  public List<AlertSignal> signals() {
    return alerts.stream()
        .filter(NormalisedAlert.Accepted.class::isInstance)
        .map(alert -> ((NormalisedAlert.Accepted) alert).signal())
        .toList();
  }

  /** The alerts that can't be used, with their reasons. */
  public List<NormalisedAlert.Rejected> rejected() {
    return alerts.stream()
        .filter(NormalisedAlert.Rejected.class::isInstance)
        .map(NormalisedAlert.Rejected.class::cast)
        .toList();
  }
}
