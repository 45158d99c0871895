package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextIndexTest {

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  private static final java.util.regex.Pattern BETWEEN =
      java.util.regex.Pattern.compile("[|()?*+\\[\\]{}^$.\\\\]+");

  private static final List<Pattern> PATTERNS = patterns();
  private static final TextIndex INDEX = new TextIndex(PATTERNS);

  private static List<Pattern> patterns() {
    Knowledge knowledge = KnowledgeLoader.builtIn();
    List<Matcher.OnEvent> matchers = new ArrayList<>();
    for (Cause cause : knowledge.causes()) {
      Stream.of(cause.evidence(), cause.symptoms(), cause.against(), cause.recovery())
          .flatMap(List::stream)
          .forEach(
              matcher -> {
                if (matcher instanceof Matcher.OnEvent event) {
                  matchers.add(event);
                }
              });
    }
    return matchers.stream()
        .flatMap(matcher -> Stream.of(matcher.message(), matcher.not()))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** Pieces of what the patterns speak of, so that many are nearly or truly found. */
  @Provide
  Arbitrary<String> messages() {
    List<String> pieces = new ArrayList<>();
    for (Pattern pattern : PATTERNS) {
      BETWEEN.splitAsStream(pattern.pattern()).filter(p -> !p.isBlank()).forEach(pieces::add);
    }
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(pieces),
            Arbitraries.of(pieces).map(text -> text.toUpperCase(java.util.Locale.ROOT)),
            Arbitraries.of(" ", "", "\"", "4", "503", "x-7", "\u017f", "\u212a", "é"));
    return Combinators.combine(piece.list().ofMaxSize(8), Arbitraries.of(" ", "", ": "))
        .as((texts, between) -> String.join(between, texts));
  }

  @Property(tries = 150)
  void shouldSayWhatThePatternsSay(@ForAll("messages") String message) {
    TextIndex.Text text = INDEX.look(message);
    for (Pattern pattern : PATTERNS) {
      assertThat(text.holds(pattern))
          .as("%s in %s", pattern, message)
          .isEqualTo(pattern.matcher(message).find());
    }
  }

  @Test
  void shouldKnowNearlyAllPatternsOfTheBuiltInKnowledge() {
    assertThat(PATTERNS.stream().filter(pattern -> RequiredText.of(pattern) == null).count())
        .isLessThan(PATTERNS.size() / 20);
  }

  @ParameterizedTest
  @CsvSource({
    "not found|missing, a MISSING thing, true",
    "'volume .{1,9} not found', volume not found, false",
    "'volume .{1,9} not found', volume pvc-1 not found, true",
    "statuscode: 5\\d\\d, statuscode: 503, true",
    "statuscode: 5\\d\\d, statuscode: 403, false",
    "configmaps?x, configmapx, true",
    "\\b40[13]\\b, status 403 Forbidden, true",
    "\\b40[13]\\b, status 4031, false",
    "ask, a\u017f\u212a, true",
    "(Liveness|Startup) probe (failed|errored), startup probe errored, true",
  })
  void shouldFindWhatThePatternFinds(String pattern, String message, boolean found) {
    Pattern compiled = Pattern.compile(pattern, FLAGS);

    assertThat(compiled.matcher(message).find()).isEqualTo(found);
    assertThat(new TextIndex(List.of(compiled)).look(message).holds(compiled)).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?i)abc", "a?", "x{2}y", "[^a]bcd|", "\\p{L}abc", "ab|cdef"})
  void shouldLeaveToTheExpressionWhatItDoesNotUnderstand(String pattern) {
    Pattern compiled = Pattern.compile(pattern, FLAGS);

    for (String message : List.of("", "abc", "xxy", "zbcd", "Éabc", "ab")) {
      assertThat(new TextIndex(List.of(compiled)).look(message).holds(compiled))
          .isEqualTo(compiled.matcher(message).find());
    }
  }
}
