package io.causeline.correlator.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamPositionTest {

  @Test
  void shouldReadBackWhatItWrites() {
    StreamPosition position = StreamPosition.of(3, 0, 77);

    assertThat(StreamPosition.parse(position.toString(), 3)).contains(position);
  }

  @Test
  void shouldRefuseWhatIsNoPosition() {
    assertThat(StreamPosition.parse("3.0", 3)).isEmpty();
    assertThat(StreamPosition.parse("3.-1.0", 3)).isEmpty();
    assertThat(StreamPosition.parse("3.x.0", 3)).isEmpty();
    assertThat(StreamPosition.parse("", 3)).isEmpty();
  }

  @Test
  void shouldComparePartitionByPartition() {
    assertThat(StreamPosition.of(3, 1).reached(StreamPosition.of(3, 0))).isTrue();
    assertThat(StreamPosition.of(9, 1).reached(StreamPosition.of(3, 2))).isFalse();
    assertThat(StreamPosition.of(9, 1).atMost(StreamPosition.of(3, 2)))
        .isEqualTo(StreamPosition.of(3, 1));
  }
}
