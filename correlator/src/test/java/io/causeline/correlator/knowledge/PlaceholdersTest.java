package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {

  @Test
  void shouldFillKnownNamesWhenTheyHaveValues() {
    String filled =
        Placeholders.fill(
            "kubectl get pod {pod} -n {namespace} -o jsonpath='{.status}'", Map.of("pod", "web-1"));
    assertThat(filled).isEqualTo("kubectl get pod web-1 -n <namespace> -o jsonpath='{.status}'");
  }

  @Test
  void shouldNotFillTwiceWhenAValueLooksLikeAPlaceholder() {
    assertThat(Placeholders.fill("{pod} {node}", Map.of("pod", "{node}", "node", "n1")))
        .isEqualTo("{node} n1");
  }

  @Test
  void shouldNamePlaceholdersInsideQuotesWhenACommandHasThem() {
    assertThat(Placeholders.quotedIn("kubectl get pods -l '{selector}' -n {namespace}"))
        .containsExactly("selector");
    assertThat(Placeholders.quotedIn("echo \"it's {pod}\" {node}")).containsExactly("pod");
    assertThat(Placeholders.quotedIn("echo \\'{pod} -o jsonpath='{.spec}' {node}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{svc}|svc",
        "{locus.nam}|locus.nam",
        "a {service_name} b|service_name",
        "{Pod}|Pod",
      })
  void shouldNameThemWhenNamesAreNotKnown(String text, String unknown) {
    assertThat(Placeholders.unknownIn(text)).containsExactly(unknown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{pod}{node} {locus.kind}",
        "-o jsonpath='{.spec.selector}'",
        "-o jsonpath='{range .items[*]}{.metadata.name}{end}'",
        "awk '{print $1}'",
        "{\"spec\":{\"selector\":{\"a\":\"b\"}}}",
        "{} {",
      })
  void shouldLeaveOtherBracesAloneWhenTheyAreNoPlaceholders(String text) {
    assertThat(Placeholders.unknownIn(text)).isEmpty();
  }
}
