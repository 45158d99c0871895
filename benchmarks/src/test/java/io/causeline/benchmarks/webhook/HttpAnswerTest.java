package io.causeline.benchmarks.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {

  private static final String OK =
      "HTTP/1.1 200 OK\r\nDate: today\r\nCONTENT-length: 5\r\nServer: x\r\n\r\nhello";

  @Test
  void shouldTellStatusAndWholeLength() {
    HttpAnswer answer = read(OK);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.length()).isEqualTo(OK.length());
  }

  @Test
  void shouldKnowTheLengthBeforeTheBodyIsThere() {
    assertThat(read(OK.substring(0, OK.length() - 4)).length()).isEqualTo(OK.length());
  }

  @Test
  void shouldWaitUntilTheHeadIsWhole() {
    for (int count = 0; count < OK.length() - 5; count++) {
      assertThat(read(OK.substring(0, count))).isEqualTo(HttpAnswer.INCOMPLETE);
    }
  }

  @Test
  void shouldRefuseAnAnswerWithoutLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"));
  }

  private static HttpAnswer read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return HttpAnswer.read(bytes, bytes.length);
  }
}
