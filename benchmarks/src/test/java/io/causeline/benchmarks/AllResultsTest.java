package io.causeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllResultsTest {

  @Test
  void shouldShowEachFigureBesideItsTarget() throws Exception {
    BenchResult fast =
        new BenchResult("fast").atLeast("perSecond", 1234.5, 1000).figure("other", 1);
    BenchResult slow =
        new BenchResult("slow").atMost("p99Millis", 300.25, 250).atMost("times", 2, 2.5);

    AllResults all = new AllResults(List.of(node(fast), node(slow)));

    assertThat(all.ok()).isFalse();
    assertThat(all.table())
        .containsExactly(
            "benchmark  ok   figure     value   target",
            "fast       yes  perSecond  1235.0  >= 1000",
            "slow       NO   p99Millis  300.25  <= 250",
            "                times      2.0     <= 2.5");
  }

  @Test
  void shouldHoldTheResultsAsTheyWerePrinted() throws Exception {
    BenchResult one = new BenchResult("one").count("n", 3).note("why", "because");

    JsonNode all = Json.mapper().readTree(new AllResults(List.of(node(one))).json());

    assertThat(all.path("ok").asBoolean()).isTrue();
    assertThat(all.path("results")).hasSize(1);
    assertThat(all.path("results").get(0).toString()).isEqualTo(one.json());
  }

  @Test
  void shouldNotBeOkWhenABenchmarkEndsWithoutAResult() {
    ObjectNode broken = BenchProcess.result("growth", "warming up\n", 3);

    AllResults all = new AllResults(List.of(broken));

    assertThat(all.ok()).isFalse();
    assertThat(String.join("\n", all.table())).contains("growth", "NO", "exit code 3");
  }

  @Test
  void shouldTakeTheLastLineAsTheResult() {
    String out =
        "{\"bench\":\"core\",\"ok\":false}\nsomething\n{\"bench\":\"core\",\"ok\":true}\n\n";

    assertThat(BenchProcess.result("core", out, 0).path("ok").asBoolean()).isTrue();
    assertThat(BenchProcess.result("growth", out, 0).path("ok").asBoolean()).isFalse();
    assertThat(BenchProcess.result("core", "[1]", 0).path("ok").asBoolean()).isFalse();
  }

  @Test
  void shouldNotBeOkWhenAFigureIsMissing() throws Exception {
    BenchResult missing = new BenchResult("core").missing("timesEsper", ">= 1.5", "not there");

    assertThat(missing.ok()).isFalse();
    assertThat(new AllResults(List.of(node(missing))).table().get(1)).contains("not there");
  }

  private static ObjectNode node(BenchResult result) throws Exception {
    return (ObjectNode) Json.mapper().readTree(result.json());
  }
}
