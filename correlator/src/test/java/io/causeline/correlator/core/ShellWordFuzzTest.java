package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Names go into commands that people paste: a shell must see them as they are, and as one word. */
@Domain(HostileText.class)
@Domain(DomainContext.Global.class)
class ShellWordFuzzTest {

  @SuppressWarnings("OrphanedFormatString") // the shell's, not ours
  @Property(tries = 15)
  void shouldBeOneWordToAShell(@ForAll List<String> texts) throws Exception {
    StringBuilder script = new StringBuilder("printf '%s\\0'");
    StringBuilder expected = new StringBuilder();
    for (String text : texts) {
      // No process can be given a NUL, nor can UTF-8 carry half a character.
      String value =
          new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
              .replace("\0", "");
      script.append(' ').append(ShellWord.of(value));
      expected.append(value).append('\0');
    }
    if (texts.isEmpty()) {
      expected.append('\0');
    }

    assertThat(shell(script.toString())).isEqualTo(expected.toString());
  }

  private static String shell(String script) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("/bin/sh").redirectErrorStream(true).start();
    try (var input = shell.getOutputStream()) {
      input.write(script.getBytes(StandardCharsets.UTF_8));
      input.write('\n');
    }
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
