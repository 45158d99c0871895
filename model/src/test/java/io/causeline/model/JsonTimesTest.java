package io.causeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTimesTest {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void shouldWriteAndReadAsTheJdkDoes() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-62_167_219_200L, 253_402_300_800L), random.nextInt(1_000_000_000));

      String written = Rfc3339.millis(time);

      assertThat(written).isEqualTo(MILLIS.format(time));
      Instant read = JsonTimes.parse(written.toCharArray(), 0, written.length());
      // Days at a month's end are left to the JDK.
      assertThat(read == null ? Instant.parse(written) : read)
          .isEqualTo(Instant.ofEpochMilli(time.toEpochMilli()));
    }
  }

  @Test
  void shouldWriteTimesThatRfc3339CannotTellAsTheJdkDoes() {
    Instant late = Instant.parse("+10000-01-01T00:00:00Z");

    assertThat(Rfc3339.millis(late)).isEqualTo(MILLIS.format(late));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.123456Z",
        "2024-02-29T23:59:59.999Z",
        "2026-01-02T03:04:05.000+01:00"
      })
  void shouldLeaveOtherFormsToTheJdk(String text) {
    assertThat(JsonTimes.parse(text.toCharArray(), 0, text.length())).isNull();
    assertThat(Json.read(quoted(text), Instant.class))
        .isEqualTo(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-13-02T03:04:05.000Z",
        "2026-02-30T03:04:05.000Z",
        "2026-01-02T25:04:05.000Z",
        "2026-01-02T03:60:05.000Z",
        "2026-01-02 03:04:05.000Z",
        "2o26-01-02T03:04:05.000Z",
        "2026-01-02T03:04:05.-10Z"
      })
  void shouldRefuseWhatIsNoTime(String text) {
    assertThat(JsonTimes.parse(text.toCharArray(), 0, text.length())).isNull();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Json.read(quoted(text), Instant.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] quoted(String text) {
    return ('"' + text + '"').getBytes(StandardCharsets.UTF_8);
  }
}
