package io.causeline.correlator.core;

import static io.causeline.correlator.core.Scenario.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A kube-proxy for each node, and what they have in common. */
class KubeProxiesTest {

  private static final EntityRef WEB = EntityRef.of("Ingress", "shop", "web");

  private static final Knowledge KNOWLEDGE =
      Scenario.knowing(
          """
          - cause: proxy-broken
            title: {en: "kube-proxy of {locus.name} is broken", zh: "{locus.name} 的 kube-proxy 故障"}
            locus: KubeProxy
            evidence:
              - {alert: ProxyBroken, on: Node, weight: strong}
              - {change: config-changed, on: ConfigMap, name: ^kube-proxy$, within: 30m, weight: medium}
            symptoms:
              - {alert: IngressErrors, on: Ingress}
          """);

  @Test
  void shouldGiveASymptomOfSomeNodeToTheOneThatStrongEvidenceNames() {
    Scenario story =
        new Scenario(KNOWLEDGE)
            .fires(0, "ProxyBroken", node("n1"), "warning")
            .fires(60, "IngressErrors", WEB, "critical");

    Incident incident = story.until(120).only();
    assertThat(incident.best().cause()).isEqualTo("proxy-broken");
    assertThat(incident.best().locus()).isEqualTo(EntityRef.of("KubeProxy", null, "n1"));
    assertThat(incident.title()).isEqualTo("kube-proxy of n1 is broken");
    assertThat(incident.timeline()).hasSize(2);
  }

  @Test
  void shouldTellOfEachNodeWhenTheyAreTwo() {
    Scenario story =
        new Scenario(KNOWLEDGE)
            .fires(0, "ProxyBroken", node("n1"), "warning")
            .fires(10, "ProxyBroken", node("n2"), "warning");

    assertThat(story.until(120).incidents())
        .extracting(incident -> incident.best().locus().name())
        .containsExactlyInAnyOrder("n1", "n2");
  }

  @Test
  void shouldTellOfTheClusterWhenTheyAreSeveral() {
    List<String> nodes = new ArrayList<>(List.of("n1", "n2", "n3", "n4"));
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(nodes, new Random(seed));
      Scenario story = new Scenario(KNOWLEDGE).fires(60, "IngressErrors", WEB, "critical");
      for (String name : nodes) {
        story.fires(name.charAt(1) - '0', "ProxyBroken", node(name), "warning");
      }

      Incident incident = story.until(600).only();
      assertThat(incident.best().locus()).isEqualTo(EntityRef.singleton("KubeProxy"));
      assertThat(incident.title()).isEqualTo("kube-proxy of cluster is broken, hits 4 nodes");
      assertThat(incident.timeline()).hasSize(5);
      assertThat(incident.best().explains()).hasSize(5);
    }
  }

  @Test
  void shouldTellOfEachNodeWhenTheyFailFarApart() {
    Scenario story =
        new Scenario(KNOWLEDGE)
            .fires(0, "ProxyBroken", node("n1"), "warning")
            .fires(4 * 3600, "ProxyBroken", node("n2"), "warning")
            .fires(8 * 3600, "ProxyBroken", node("n3"), "warning");

    assertThat(story.until(9 * 3600).incidents()).hasSize(3);
  }
}
