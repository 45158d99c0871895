package io.causeline.bridge.chat;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Affected;
import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Feed;
import io.causeline.model.Incident.Fix;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.Impact;
import io.causeline.model.Incident.Role;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.Source;
import io.causeline.model.Incident.State;
import io.causeline.model.Incident.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Incidents for tests: a lost node, unless told otherwise. */
public final class TestIncident {

  public static final Instant START = Instant.parse("2026-11-21T03:00:00Z");

  private String id = "0a1b2c3d-000000000001";
  private String cluster = "prod-1";
  private State state = State.OPEN;
  private Severity severity = Severity.WARNING;
  private String title = "Node worker-3 is not ready";
  private int revision = 1;
  private int reopened;
  private Instant resolvedAt;
  private String mergedInto;
  private final List<Hypothesis> hypotheses = new ArrayList<>();
  private final List<Affected> affected = new ArrayList<>();
  private final List<TimelineEntry> timeline = new ArrayList<>();

  public static TestIncident open() {
    return new TestIncident();
  }

  public TestIncident id(String id) {
    this.id = id;
    return this;
  }

  public TestIncident numbered(int number) {
    return id("0a1b2c3d-%012d".formatted(number));
  }

  public TestIncident revision(int revision) {
    this.revision = revision;
    return this;
  }

  public TestIncident severity(Severity severity) {
    this.severity = severity;
    return this;
  }

  public TestIncident title(String title) {
    this.title = title;
    return this;
  }

  public TestIncident cluster(String cluster) {
    this.cluster = cluster;
    return this;
  }

  public TestIncident state(State state) {
    this.state = state;
    return this;
  }

  public TestIncident resolvedAfter(Duration lasted) {
    this.state = State.RESOLVED;
    this.resolvedAt = START.plus(lasted);
    return this;
  }

  public TestIncident mergedInto(String other) {
    this.state = State.MERGED;
    this.mergedInto = other;
    return this;
  }

  public TestIncident reopened(int times) {
    this.reopened = times;
    return this;
  }

  public TestIncident hypothesis(String cause, String title, EntityRef locus, double confidence) {
    return hypothesis(
        cause,
        title,
        locus,
        confidence,
        List.of(
            new Check("Look at the node's conditions", "kubectl describe node " + locus.name())),
        List.of(
            new Fix(
                "Drain the node and replace it",
                "kubectl drain " + locus.name() + " --ignore-daemonsets",
                "Pods without a replica elsewhere are down until they are scheduled again")));
  }

  public TestIncident hypothesis(
      String cause,
      String title,
      EntityRef locus,
      double confidence,
      List<Check> checks,
      List<Fix> fixes) {
    hypotheses.add(
        new Hypothesis(
            hypotheses.size() + 1,
            cause,
            title,
            locus,
            confidence,
            List.of(),
            List.of(),
            List.of(),
            checks,
            fixes,
            List.of()));
    return this;
  }

  public TestIncident hits(String kind, String namespace, String name) {
    affected.add(new Affected(kind, namespace, name, "affected"));
    return this;
  }

  public TestIncident alert(String name, String summary, String runbook, String source) {
    timeline.add(
        new TimelineEntry(
            "e" + timeline.size(),
            START.plusSeconds(timeline.size()),
            START.plusSeconds(timeline.size()),
            1,
            Source.ALERT,
            EntityRef.of("Node", null, "worker-3"),
            name,
            summary == null ? "" : summary,
            Role.SYMPTOM,
            "warning",
            summary,
            null,
            runbook,
            source));
    return this;
  }

  public Incident build() {
    EntityRef node = EntityRef.of("Node", null, "worker-3");
    if (hypotheses.isEmpty()) {
      hypothesis("node-down", "Node worker-3 is down", node, 0.83);
      hypothesis("cloud-api-throttled", "The cloud's API refuses calls", node, 0.09);
    }
    if (affected.isEmpty()) {
      affected.add(new Affected("Node", null, "worker-3", "cause"));
      hits("Pod", "shop", "checkout-7d9c-x2x");
    }
    return new Incident(
        id,
        cluster,
        state,
        severity,
        title,
        START,
        START.plusSeconds(60),
        START,
        START.plusSeconds(60),
        resolvedAt,
        reopened,
        mergedInto,
        revision,
        hypotheses,
        new Impact(affected, 0, 1, 0),
        timeline,
        Feed.COMPLETE);
  }
}
