package io.causeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  private static final DateTimeFormatter SLOW =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void shouldWriteAndReadAsJavaDoesWhateverTheTime() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-62_167_219_200L, 253_402_300_800L), random.nextInt(1_000_000_000));

      String text = Rfc3339.millis(time);

      assertThat(text).isEqualTo(SLOW.format(time));
      assertThat(Rfc3339.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
      assertThat(Rfc3339.parse(time.toString())).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T12:00:00Z",
        "2026-01-01T12:00:00.5Z",
        "2026-01-01T12:00:00.123456789Z",
        "2026-01-01T12:00:00.000000001Z",
        "2026-01-31T23:59:59.999Z",
        "2026-05-31T00:00:00Z",
        "2024-02-29T00:00:00Z",
        "2026-02-28T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "2026-01-01T12:00:00+02:00",
        "2026-01-01T12:00:00.25-11:30",
        "2026-01-01T12:00Z",
        "2026-01-01T12:00:00.Z",
        "+12026-01-01T12:00:00Z",
        "-0001-01-01T12:00:00Z",
      })
  void shouldReadEveryFormThatJavaReads(String text) {
    assertThat(Rfc3339.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "yesterday",
        "2026-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T25:00:00Z",
        "2026-01-01T12:60:00Z",
        "2026-01-01T12:00:61Z",
        "2026-01-01T12:00:00.1234567890Z",
        "2026-01-01T12:00:00,5Z",
        "2026-01-01 12:00:00Z",
        "2026-01-01T12:00:00.-5Z",
        "2026-01-01T12:00:00",
        "２026-01-01T12:00:00Z",
      })
  void shouldRefuseWhatIsNoTime(String text) {
    assertThatThrownBy(() -> OffsetDateTime.parse(text)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void shouldWriteTimesBeyondFourDigitsOfYears() {
    Instant far = Instant.parse("+12026-01-01T12:00:00Z");

    assertThat(Rfc3339.millis(far)).isEqualTo(SLOW.format(far));
    assertThat(Rfc3339.millis(Instant.parse("-0001-06-01T00:00:00Z")))
        .isEqualTo("-0001-06-01T00:00:00.000Z");
  }
}
