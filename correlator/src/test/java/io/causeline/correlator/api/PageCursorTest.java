package io.causeline.correlator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.correlator.streams.Place;
import io.causeline.service.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageCursorTest {

  private static final Instant T0 = Instant.parse("2026-01-02T03:00:00Z");
  private static final Place NEW = new Place(T0.plusSeconds(9), "b");
  private static final Place OLD = new Place(T0, "a");

  @Test
  void shouldReadBackWhatItWrites() {
    PageCursor cursor = new PageCursor(Map.of(0, NEW, 1, OLD, 2, NEW));

    assertThat(PageCursor.decode(cursor.encode("list"), "list")).isEqualTo(cursor);
  }

  @Test
  void shouldKeepThePlaceOfAPartitionThatDidNotAnswer() {
    PageCursor cursor = new PageCursor(Map.of(0, NEW, 1, NEW)).after(OLD, List.of(0, 2));

    assertThat(cursor.places()).isEqualTo(Map.of(0, OLD, 1, NEW, 2, OLD));
  }

  @Test
  void shouldNeverGoBackInAPartition() {
    PageCursor cursor = new PageCursor(Map.of(0, OLD)).after(NEW, List.of(0, 1));

    assertThat(cursor.places()).isEqualTo(Map.of(0, OLD, 1, NEW));
  }

  @Test
  void shouldRefuseWhatIsNoCursor() {
    for (String json :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"list\":\"list\",\"groups\":[null]}",
            "{\"list\":7}",
            "{\"list\":\"list\",\"groups\":[{\"at\":1,\"id\":\"a\",\"partitions\":[null]}]}")) {
      String text = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> PageCursor.decode(text, "list")).isInstanceOf(Problem.class);
    }
  }
}
