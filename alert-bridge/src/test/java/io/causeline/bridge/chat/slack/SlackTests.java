package io.causeline.bridge.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.chat.ChatChannelContract;
import io.causeline.bridge.chat.slack.SlackConnection.Timeouts;
import io.causeline.bridge.chat.slack.SlackDouble.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tests of both of Slack's channels share. */
final class SlackTests {

  static final Timeouts IMPATIENT =
      new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofSeconds(5));

  private static final Pattern ANGLE = Pattern.compile("<([^>]*)>");
  private static final Pattern AMPERSAND = Pattern.compile("&(?!amp;|lt;|gt;)");

  private SlackTests() {}

  /** Every construct in angle brackets mentions, links or formats: there must be none. */
  static void assertInert(String message) {
    Matcher angle = ANGLE.matcher(message);
    assertThat(angle.find()).as("no construct in: %s", message).isFalse();
    assertThat(AMPERSAND.matcher(message).find()).as("no bare & in: %s", message).isFalse();
    assertThat(message).doesNotContain("@here", "@channel");
    // Code blocks and spans are ours: they come in pairs.
    String withoutBlocks = message.replaceAll("(?s)```\\n.*?\\n```", "");
    assertThat(withoutBlocks).doesNotContain("```");
    withoutBlocks
        .lines()
        .forEach(line -> assertThat(line.chars().filter(c -> c == '`').count() % 2).isZero());
  }

  static Fault fault(ChatChannelContract.Failure failure, Fault refused) {
    return switch (failure) {
      case RATE_LIMITED -> new Fault.RateLimited(7);
      case REFUSED -> refused;
      case TAKEN_WITHOUT_ANSWER -> new Fault.HangsUp(true);
      case LOST_WITHOUT_ANSWER -> new Fault.HangsUp(false);
      case SLOW -> new Fault.Hangs(false);
    };
  }

  /** An address where a connection is refused. */
  static URI nothingListens() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
