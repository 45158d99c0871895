package io.causeline.bridge.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.chat.WebLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MrkdwnTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "<!channel> → &lt;!channel&gt;",
        "<!here|x> → &lt;!here|x&gt;",
        "<@U012AB3CD> → &lt;@\u2060U012AB3CD&gt;",
        "<#C012AB3CD> → &lt;#C012AB3CD&gt;",
        "<!subteam^S1> → &lt;!subteam^S1&gt;",
        "<https://evil.example|click> → &lt;https://evil.example|click&gt;",
        "&lt;!channel&gt; → &amp;lt;!channel&amp;gt;",
        "@channel → @\u2060channel",
        "a@b.example → a@\u2060b.example",
        "*bold* → ∗bold∗",
        "~gone~ → ∼gone∼",
        "_italic_ → ˍitalicˍ",
        "snake_case_name → snake_case_name",
        "`code` → ˋcodeˋ",
        ":white_check_mark: all well → :\u2060white_check_mark: all well",
        "at 12:30:45 → at 12:30:45",
        "image a/b:1.2 → image a/b:1.2",
      })
  void shouldTakeThePowerFromMarkup(String raw, String inert) {
    assertThat(Mrkdwn.text(raw, 1000)).isEqualTo(inert);
  }

  @Test
  void shouldMakeOneLineWithoutControlCharacters() {
    assertThat(Mrkdwn.text("a\n> quote\r\u0000\u0007b\u202Ec\u200Bd\te", 100))
        .isEqualTo("a &gt; quote b c d e");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 7, 11, 50})
  void shouldNeverCutThroughAnEntityNorExceedTheLength(int max) {
    String cut = Mrkdwn.text("&&&&&&&&&&&&&&&&&&&&&", max);

    assertThat(cut.length()).isLessThanOrEqualTo(max);
    assertThat(cut).matches("(&amp;)*…");
  }

  @Test
  void shouldNotCutThroughACharacterOfTwoParts() {
    assertThat(Mrkdwn.text("😀😀😀", 4)).isEqualTo("😀…");
  }

  @Test
  void shouldLeaveWholeWhatFits() {
    assertThat(Mrkdwn.text("abc", 3)).isEqualTo("abc");
  }

  @Test
  void shouldNotLetCodeBreakOut() {
    assertThat(Mrkdwn.code("a`b ```c <!here> *d*", 100)).isEqualTo("`aˋb ˋˋˋc &lt;!here&gt; *d*`");
    assertThat(Mrkdwn.code("", 100)).isEqualTo("`-`");
    assertThat(Mrkdwn.code("x".repeat(300), 10)).isEqualTo("`xxxxxxx…`");
  }

  @Test
  void shouldKeepACommandsLinesAndNothingElseThatBreaks() {
    assertThat(Mrkdwn.block("kubectl get pods \\\n  -n 'a' ```\n<!channel>", 1000))
        .contains("```\nkubectl get pods \\\n-n 'a' ˋˋˋ\n&lt;!channel&gt;\n```");
  }

  @Test
  void shouldLeaveACommandOutWhenItDoesNotFit() {
    assertThat(Mrkdwn.block("kubectl delete pod x", 20)).isEmpty();
  }

  @Test
  void shouldNotLookLikeAnAddressWhereSlackLooksForThem() {
    assertThat(Mrkdwn.defanged("see https://evil.example now", 100))
        .isEqualTo("see https\u2060://\u2060evil.example now");
  }

  @Test
  void shouldShowWhereALinkLeads() {
    WebLink link = WebLink.of("https://Runbooks.example/a?b=1&c=<d>|e").orElseThrow();

    assertThat(Mrkdwn.link(link, "runbook"))
        .isEqualTo("<https://Runbooks.example/a?b=1&amp;c=%3Cd%3E%7Ce|runbook (runbooks.example)>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/relative",
        "https:///nohost",
        "https://user@evil.example/",
        "https://bank.example:443@evil.example/",
        "ftp://evil.example",
        "https://exa mple.com\n<!channel>",
        "mailto:a@b.example",
        "https://еxample.com",
        "",
        "   ",
      })
  void shouldTakeNoLinkThatIsNotPlain(String raw) {
    assertThat(WebLink.of(raw)).isEmpty();
  }

  @Test
  void shouldTakeTheLinksOfPrometheus() {
    String generator = "http://prometheus:9090/graph?g0.expr=up{job=\"a\"} == 0&g0.tab=1";

    assertThat(WebLink.of(generator).map(WebLink::host)).contains("prometheus:9090");
  }
}
