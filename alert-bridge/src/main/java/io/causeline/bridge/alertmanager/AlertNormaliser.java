package io.causeline.bridge.alertmanager;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.bridge.alertmanager.NormalisedAlert.Accepted;
import io.causeline.bridge.alertmanager.NormalisedAlert.Ignored;
import io.causeline.bridge.alertmanager.NormalisedAlert.Reason;
import io.causeline.bridge.alertmanager.NormalisedAlert.Rejected;
import io.causeline.bridge.alertmanager.NormalisedAlert.Watchdog;
import io.causeline.model.AlertSignal;
import io.causeline.model.AlertSignal.Status;
import io.causeline.model.Hashes;
import io.causeline.model.Json;
import io.causeline.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes signals of alerts: a pure function of the alert, the cluster and the time of observation.
 * It reads an element of a webhook's {@code alerts} (Alertmanager's version 4, and Grafana's
 * superset of it) as well as one of {@code GET /api/v2/alerts}.
 *
 * <p>Only the alert's own status counts, never the group's, which Alertmanager computes after
 * truncation. The identity is a hash of the alert's name, its entity and the labels that tell
 * alerts about one entity apart; not Alertmanager's fingerprint, which changes when an exporter
 * restarts, and without severity and the names of the Prometheus that evaluated.
 *
 * <p>Whatever is in an alert, nothing is thrown: what can't be used is rejected with a reason.
 */
public final class AlertNormaliser {

  /** A larger alert is rejected: Prometheus' own default limits keep alerts below 100 kB. */
  public static final int MAX_ALERT_BYTES = 1024 * 1024;

  /** Longest link that is kept; a longer one would lead nowhere once cut. */
  static final int MAX_URL_BYTES = 2048;

  /** Names, new and old, of the alert that always fires (kube-prometheus). */
  private static final Set<String> WATCHDOGS = Set.of("Watchdog", "DeadMansSwitch");

  private static final String NO_SEVERITY = "none";

  /** Labels that a signal keeps even when it can't keep all. */
  private static final List<String> KEPT_FIRST =
      List.of(
          "alertname",
          "severity",
          "namespace",
          "exported_namespace",
          "pod",
          "exported_pod",
          "container",
          "exported_container",
          "reason",
          "condition",
          "node",
          "deployment",
          "statefulset",
          "daemonset",
          "job_name",
          "service",
          "exported_service",
          "ingress",
          "persistentvolumeclaim",
          "instance",
          "job",
          "prometheus",
          ClusterChoice.LABEL);

  private final EntityResolver resolver;

  /** A normaliser with the rules that come with Causeline. */
  public AlertNormaliser() {
    this.resolver = new EntityResolver(EntityRules.builtIn());
  }

  /**
   * Reads a webhook body.
   *
   * @param observedAt when it was received
   * @throws UnusableBodyException if it is no JSON object with an array {@code alerts}
   */
  public NormalisedBody body(ClusterChoice clusters, byte[] body, Instant observedAt) {
    List<NormalisedAlert> usual = new ArrayList<>();
    long truncated =
        WebhookBody.readAtOnce(
            body, (alert, json) -> usual.add(alert(clusters, alert, json, observedAt)));
    return truncated < 0
        ? withCare(clusters, body, observedAt)
        : new NormalisedBody(usual, truncated);
  }

  /** Cuts the body first and then reads each alert, so that one can't spoil the others. */
  private NormalisedBody withCare(ClusterChoice clusters, byte[] body, Instant observedAt) {
    WebhookBody parts = WebhookBody.read(body);
    List<NormalisedAlert> alerts = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      alerts.add(
          parts.bytes(i) > MAX_ALERT_BYTES
              ? tooLarge(clusters, parts.bytes(i), parts.json(i))
              : parsed(clusters, parts.json(i), observedAt));
    }
    return new NormalisedBody(alerts, parts.truncated());
  }

  /**
   * Reads a webhook body that is parsed already.
   *
   * @param observedAt when it was received
   * @throws UnusableBodyException if it is no object with an array {@code alerts}
   */
  public NormalisedBody body(ClusterChoice clusters, JsonNode body, Instant observedAt) {
    JsonNode alerts = body.path("alerts");
    if (!alerts.isArray()) {
      throw new UnusableBodyException("the body has no array 'alerts'");
    }
    List<NormalisedAlert> all = new ArrayList<>(alerts.size());
    for (JsonNode alert : alerts) {
      all.add(alert(clusters, alert, observedAt));
    }
    return new NormalisedBody(all, Math.max(0, body.path("truncatedAlerts").asLong(0)));
  }

  /** Reads one alert, of a webhook body or of {@code GET /api/v2/alerts}. */
  public NormalisedAlert alert(ClusterChoice clusters, JsonNode alert, Instant observedAt) {
    try (JsonParser json = alert.traverse()) {
      json.nextToken();
      return alert(clusters, AlertFields.read(json), alert::toString, observedAt);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree in memory does not fail", e);
    }
  }

  private NormalisedAlert alert(
      ClusterChoice clusters, AlertFields alert, Supplier<String> original, Instant observedAt) {
    if (!alert.object()) {
      return rejected(clusters, Reason.SHAPE, "it is not an object", original);
    }
    AlertLabels labels = alert.labels();
    if (labels == null) {
      return rejected(clusters, Reason.SHAPE, "its 'labels' are not an object", original);
    }
    String name = labels.get("alertname");
    if (name == null) {
      return rejected(
          clusters,
          Reason.NAME,
          "it has no label 'alertname', by which alerts are told apart",
          original);
    }
    ClusterChoice.Choice choice = clusters.of(labels);
    String cluster = choice.cluster();
    if (cluster == null) {
      return rejected(clusters, Reason.CLUSTER, String.valueOf(choice.refusal()), original);
    }
    AlertTimes times = AlertTimes.of(alert, observedAt);
    Status status = times.status();
    if (status == null) {
      return rejected(
          clusters,
          Reason.STATUS,
          "its status '"
              + Text.cut(Text.clean(alert.status()), 120)
              + "' is neither firing nor resolved",
          original);
    }
    String severity = severity(labels);
    if (WATCHDOGS.contains(name)) {
      return watchdog(cluster, labels, times);
    }
    if (NO_SEVERITY.equals(severity)) {
      return new Ignored(cluster, Text.label(name));
    }
    return new Accepted(signal(cluster, name, labels, severity, status, times, alert, observedAt));
  }

  private NormalisedAlert parsed(ClusterChoice clusters, String json, Instant observedAt) {
    try (JsonParser parser = Json.mapper().getFactory().createParser(json)) {
      parser.nextToken();
      return alert(clusters, AlertFields.read(parser), () -> json, observedAt);
    } catch (IOException e) {
      return new Rejected(
          clusters.forDeadLetters(),
          Reason.SHAPE,
          "it is not JSON: " + Text.message(e.getMessage()),
          json);
    }
  }

  private AlertSignal signal(
      String cluster,
      String name,
      AlertLabels labels,
      @Nullable String severity,
      Status status,
      AlertTimes times,
      AlertFields alert,
      Instant observedAt) {
    EntityResolver.Resolution about = resolver.resolve(name, labels);
    return new AlertSignal(
        cluster,
        identity(name, severity, about),
        observedAt,
        name,
        status,
        about.entity(),
        about.candidates(),
        severity,
        labels.kept(KEPT_FIRST),
        text(alert.notes(), "summary"),
        text(alert.notes(), "description", "message"),
        link(alert.notes().get("runbook_url")),
        link(alert.generatorUrl()),
        times.startsAt(),
        times.endsAt());
  }

  private static Watchdog watchdog(String cluster, AlertLabels labels, AlertTimes times) {
    String prometheus = labels.get("prometheus");
    List<String> all = new ArrayList<>();
    labels
        .all()
        .forEach(
            (label, value) -> {
              all.add(label);
              all.add(value);
            });
    return new Watchdog(
        cluster,
        prometheus == null ? "" : Text.label(prometheus),
        Hashes.id(all.toArray(String[]::new)),
        times.startsAt(),
        times.endsAt());
  }

  private static String identity(
      String name, @Nullable String severity, EntityResolver.Resolution about) {
    NavigableMap<String, String> toldApartBy = about.toldApartBy();
    List<String> parts = new ArrayList<>(3 + 2 * toldApartBy.size());
    parts.add(name);
    parts.add(about.entity().path());
    parts.add(severity == null ? "" : severity);
    toldApartBy.forEach(
        (label, value) -> {
          parts.add(label);
          parts.add(value);
        });
    return Hashes.id(parts.toArray(String[]::new));
  }

  private static @Nullable String severity(AlertLabels labels) {
    String severity = labels.get("severity");
    return severity == null ? null : Text.label(severity).toLowerCase(Locale.ROOT);
  }

  /** The first of these annotations that says something. */
  private static @Nullable String text(Map<String, String> notes, String... names) {
    for (String name : names) {
      String text = Text.message(notes.get(name));
      if (!text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  /** A link that people may follow: http or https, short enough to be kept whole. */
  private static @Nullable String link(@Nullable String url) {
    if (url == null
        || !(url.startsWith("https://") || url.startsWith("http://"))
        || url.length() > MAX_URL_BYTES) {
      return null;
    }
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) <= ' ' || url.charAt(i) > '~') {
        return null;
      }
    }
    return url;
  }

  private static Rejected tooLarge(ClusterChoice clusters, int bytes, String json) {
    return new Rejected(
        clusters.forDeadLetters(),
        Reason.SIZE,
        "it has " + bytes + " bytes, more than the " + MAX_ALERT_BYTES + " of any real alert",
        json);
  }

  private static Rejected rejected(
      ClusterChoice clusters, Reason reason, String detail, Supplier<String> original) {
    return new Rejected(clusters.forDeadLetters(), reason, detail, original.get());
  }
}
