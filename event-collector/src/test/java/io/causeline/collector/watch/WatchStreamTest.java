package io.causeline.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WatchStreamTest {

  @Test
  void shouldReadEachTypeOfEvent() throws Exception {
    WatchStream stream =
        stream(
            """
            {'type':'ADDED','object':{'metadata':{'name':'a','resourceVersion':'5'}}}

            {'type':'BOOKMARK','object':{'metadata':{'resourceVersion':'6'}}}
            {'type':'DELETED','object':{'metadata':{'resourceVersion':'7'}}}
            {'type':'ERROR','object':{'code':410,'reason':'Expired','message':'too old'}}
            {'type':'OTHER'}
            [1]
            """);

    assertThat(stream.next())
        .get()
        .isInstanceOfSatisfying(
            WatchEvent.Changed.class,
            added -> {
              assertThat(added.type()).isEqualTo(WatchEvent.Type.ADDED);
              assertThat(added.resourceVersion()).isEqualTo("5");
            });
    assertThat(stream.next()).contains(new WatchEvent.Bookmark("6"));
    assertThat(stream.next()).get().isInstanceOf(WatchEvent.Changed.class);
    assertThat(stream.next())
        .get()
        .isInstanceOfSatisfying(
            WatchEvent.Failed.class,
            failed -> {
              assertThat(failed.failure().expired()).isTrue();
              assertThat(failed.failure()).hasMessage("watch pods: 410 too old");
            });
    assertThat(stream.next()).contains(new WatchEvent.Unreadable("unknown-type"));
    assertThat(stream.next()).contains(new WatchEvent.Unreadable("unknown-type"));
    assertThat(stream.next()).isEmpty();
  }

  @Test
  void shouldGoOnAfterALineThatIsNotJson() throws Exception {
    WatchStream stream = stream("{'type':\n{'type':'BOOKMARK','object':{}}\n");

    assertThat(stream.next()).contains(new WatchEvent.Unreadable("not-json"));
    assertThat(stream.next()).contains(new WatchEvent.Bookmark(""));
  }

  @Test
  void shouldTakeAnEventThatBreaksOffForABrokenStream() {
    WatchStream stream = stream("{'type':'ADDED','obj");

    assertThatThrownBy(stream::next).isInstanceOf(EOFException.class);
  }

  @Test
  void shouldReplaceMalformedUtf8() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("{\"type\":\"ADDED\",\"object\":{\"message\":\"a".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xff);
    bytes.write("b\"}}\n".getBytes(StandardCharsets.UTF_8));
    WatchStream stream =
        new WatchStream("watch events", new ByteArrayInputStream(bytes.toByteArray()));

    assertThat(stream.next())
        .get()
        .isInstanceOfSatisfying(
            WatchEvent.Changed.class,
            added -> assertThat(added.object().path("message").asText()).isEqualTo("a\ufffdb"));
  }

  @Test
  void shouldNotKeepALineThatIsTooLongButTheNext() throws Exception {
    LineReader lines = new LineReader(new StringReader("x".repeat(20_000) + "\nnext\nlast"), 10);

    assertThat(lines.read()).isEqualTo(new LineReader.Line("", true, true));
    assertThat(lines.read()).isEqualTo(new LineReader.Line("next", false, true));
    assertThat(lines.read()).isEqualTo(new LineReader.Line("last", false, false));
    assertThat(lines.read()).isNull();
  }

  private static WatchStream stream(String text) {
    return new WatchStream(
        "watch pods",
        new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
