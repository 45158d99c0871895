package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageClassTest {

  @ParameterizedTest
  @CsvSource({
    "statuscode: 503, statuscode: 503",
    "took 5.2s to pull, took # to pull",
    "back-off 40s restarting, back-off # restarting",
    "RequestID: abc-1 denied, # denied",
    "dial tcp 10.0.0.7:443 refused, dial tcp # refused",
    "node-2 is gone, node-2 is gone",
    "6 nodes had 4m left, 6 nodes had # left",
  })
  void shouldTakeOutWhatVaries(String message, String left) {
    assertThat(MessageClass.of(message)).isEqualTo(left);
  }

  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.of(
            "request",
            "REQUEST",
            "id: ",
            " ",
            "-",
            ".",
            ":",
            "s",
            "ms",
            "m",
            "h",
            "S",
            "_",
            "a",
            "f0",
            "1",
            "23",
            "4567",
            "89012",
            "deadbeef",
            "T12:00:00",
            "2026-01-01",
            "x",
            "é",
            "\u017f",
            "\u212a")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = 3000)
  void shouldSayTheSameAsTheExpressionAlone(@ForAll("messages") String message) {
    Pattern expression = MessageClass.VARIABLE;

    assertThat(MessageClass.of(message)).isEqualTo(expression.matcher(message).replaceAll("#"));
  }
}
