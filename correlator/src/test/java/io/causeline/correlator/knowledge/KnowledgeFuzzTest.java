package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.core.HostileText;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a pack's file holds, it is read, or refused with the place of each fault. */
class KnowledgeFuzzTest {

  private static final String PACK =
      """
      - cause: own
        title: {en: "Node {locus.name} burns", zh: "节点"}
        locus: Node
        prior: rare
        evidence:
          - {event: Burning, on: Node, weight: strong, message: 'fire in (?P<locus>\\S+)'}
          - {alert: NodeBurns, weight: strong, names: node}
          - {change: node-condition, where: {Ready: "False"}, weight: weak, within: 10m}
        symptoms:
          - {event: [Evicted, Killing], via: runs-on}
        checks:
          - {text: {en: Look, zh: 看}, command: "kubectl get node {locus.name}"}
      - events: {event: Burning}
        opens: {count: 1, after: 2m}
      """;

  /** Sheer nonsense, and a pack in which something was put where it does not belong. */
  @Provide
  Arbitrary<String> packs() {
    Arbitrary<String> damaged =
        HostileText.texts(4)
            .flatMap(
                text ->
                    Arbitraries.integers()
                        .between(0, PACK.length())
                        .flatMap(
                            at ->
                                Arbitraries.integers()
                                    .between(0, 40)
                                    .map(
                                        length ->
                                            PACK.substring(0, at)
                                                + text
                                                + PACK.substring(
                                                    Math.min(PACK.length(), at + length)))));
    return Arbitraries.oneOf(HostileText.texts(40), damaged, damaged);
  }

  /** Reading all built-in packs each time would take long. */
  private static final List<PackSource> UNKNOWN =
      KnowledgeLoader.builtInPacks().stream()
          .filter(pack -> pack.label().endsWith("unknown.yaml"))
          .toList();

  @Property(tries = 300)
  void shouldReadOrRefuseAnyTextWithFileAndLine(@ForAll("packs") String text) {
    try {
      KnowledgeLoader.load(UNKNOWN, List.of(new PackSource("own.yaml", text)), new PackFaults());
    } catch (KnowledgeException e) {
      assertThat(e.faults()).isNotEmpty().allSatisfy(KnowledgeFuzzTest::isReadable);
    }
  }

  private static void isReadable(String fault) {
    assertThat(fault).matches("(?s)own\\.yaml(:\\d+)?: .+").hasSizeLessThan(4200);
    assertThat(fault.codePoints().filter(Character::isISOControl)).isEmpty();
  }
}
