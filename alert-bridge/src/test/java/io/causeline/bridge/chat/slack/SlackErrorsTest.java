package io.causeline.bridge.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.chat.SendResult;
import io.causeline.bridge.chat.SendResult.Rejected;
import io.causeline.bridge.chat.SendResult.RetryLater;
import io.causeline.bridge.chat.SendResult.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "ratelimited, LATER",
    "rate_limited, LATER",
    "service_unavailable, LATER",
    "internal_error, UNKNOWN",
    "fatal_error, UNKNOWN",
    "request_timeout, UNKNOWN",
    "msg_too_long, MESSAGE",
    "msg_blocks_too_long, MESSAGE",
    "invalid_blocks, MESSAGE",
    "message_not_found, GONE",
    "thread_not_found, GONE",
    "edit_window_closed, FROZEN",
    "cant_update_message, FROZEN",
    "invalid_auth, CHANNEL",
    "channel_not_found, CHANNEL",
    "not_in_channel, CHANNEL",
    "is_archived, CHANNEL",
    "missing_scope, CHANNEL",
    "a_word_of_next_year, CHANNEL"
  })
  void shouldKnowWhatEachWordMeans(String word, String meaning) {
    SendResult result = SlackErrors.ofWord(word, null, Map.of());

    switch (meaning) {
      case "LATER" -> assertThat(result).isInstanceOf(RetryLater.class);
      case "UNKNOWN" -> assertThat(result).isInstanceOf(Unknown.class);
      default -> assertThat(((Rejected) result).scope().name()).isEqualTo(meaning);
    }
  }

  @Test
  void shouldNameTheScopeThatIsMissing() {
    assertThat(SlackErrors.ofWord("missing_scope", "channels:history", Map.of()).toString())
        .contains("needed: channels:history");
  }

  @Test
  void shouldTakeNoWordAtAllForUnknown() {
    assertThat(SlackErrors.ofWord(null, null, null)).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 0", "' 12 ', 12", "999999999, 3600", "-5, 3600", "soon, 30", "1e9, 30"})
  void shouldReadRetryAfterWithSense(String header, long seconds) {
    assertThat(SlackErrors.retryAfter(Map.of("retry-after", List.of(header))))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void shouldWaitAWhileWhenRetryAfterIsNotTold() {
    assertThat(SlackErrors.retryAfter(Map.of())).isEqualTo(Duration.ofSeconds(30));
  }
}
