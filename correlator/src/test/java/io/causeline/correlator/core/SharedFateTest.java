package io.causeline.correlator.core;

import static io.causeline.correlator.core.Scenario.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fault of the whole cluster that only its state tells from several of single objects. */
class SharedFateTest {

  private static final Knowledge KNOWLEDGE =
      Scenario.knowing(
          """
          - cause: zone-outage
            title: {en: "A zone is out", zh: "可用区故障"}
            locus: CloudProvider
            prior: rare
            outranks: [node-down]
            evidence:
              - {event: NodeNotReady, on: Node, weight: weak, group: nodes}
              - {state: nodes-of-one-zone-down, weight: strong}
          """);

  @Test
  void shouldNameTheZoneWhenItsNodesFailTogether() {
    Scenario story = nodes();
    story.present(
        95, EntityRef.of("Pod", "shop", "web-1"), Map.of(), Map.of(), Map.of(), onNode("a1"));
    down(story, 100, "a1", "a");
    down(story, 140, "a2", "a");
    story.event(
        145, EntityRef.of("Pod", "shop", "web-1"), true, "NodeNotReady", "Node is not ready", 1);

    Incident incident = story.until(400).only();
    assertThat(incident.best().cause()).isEqualTo("zone-outage");
    assertThat(incident.best().locus().kind()).isEqualTo("CloudProvider");
  }

  @Test
  void shouldKeepNodesApartWhenTheyAreOfSeveralZones() {
    Scenario story = nodes();
    down(story, 100, "a1", "a");
    down(story, 140, "b1", "b");

    assertThat(story.until(400).incidents())
        .extracting(incident -> incident.best().cause() + " " + incident.best().locus().name())
        .containsExactlyInAnyOrder("node-down a1", "node-down b1");
  }

  @Test
  void shouldKeepALaterNodeOfAnotherZoneApart() {
    Scenario story = nodes();
    down(story, 100, "a1", "a");
    down(story, 140, "a2", "a");
    down(story, 900, "b1", "b");

    assertThat(story.until(1000).incidents())
        .extracting(incident -> incident.best().cause())
        .containsExactlyInAnyOrder("zone-outage", "node-down");
  }

  private static Scenario nodes() {
    Scenario story = new Scenario(KNOWLEDGE);
    for (String name : List.of("a1", "a2", "b1", "b2", "c1")) {
      seen(story, 0, name, name.substring(0, 1), "True");
    }
    return story;
  }

  private static void down(Scenario story, int second, String name, String zone) {
    story.event(
        second,
        node(name),
        false,
        "NodeNotReady",
        "Node " + name + " status is now: NodeNotReady",
        1);
    seen(story, second + 1, name, zone, "Unknown");
  }

  private static void seen(Scenario story, int second, String name, String zone, String ready) {
    story.present(
        second,
        node(name),
        Map.of(),
        Map.of(),
        Map.of(Attributes.READY, ready, Attributes.ZONE, zone),
        List.of());
  }

  private static List<io.causeline.model.ObjectSnapshot.Edge> onNode(String name) {
    return List.of(
        new io.causeline.model.ObjectSnapshot.Edge(
            io.causeline.model.Relation.RUNS_ON, node(name)));
  }
}
