package io.causeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  private final Percentiles percentiles = new Percentiles();

  @Test
  void shouldTellAMeasuredValueByNearestRank() {
    IntStream.rangeClosed(1, 2000).map(i -> 2001 - i).forEach(percentiles::add);

    assertThat(percentiles.count()).isEqualTo(2000);
    assertThat(percentiles.at(50)).isEqualTo(1000);
    assertThat(percentiles.at(99)).isEqualTo(1980);
    assertThat(percentiles.at(99.95)).isEqualTo(1999);
    assertThat(percentiles.at(100)).isEqualTo(2000);
    assertThat(percentiles.at(0.001)).isEqualTo(1);
  }

  @Test
  void shouldNeverLeaveOutTheWorstOfFew() {
    percentiles.add(1);
    percentiles.add(900);

    assertThat(percentiles.at(99)).isEqualTo(900);
    assertThat(percentiles.at(50)).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhatIsNoPercentileAndWhatHasNoValues() {
    assertThatIllegalArgumentException().isThrownBy(() -> percentiles.at(50));
    percentiles.add(1);
    assertThatIllegalArgumentException().isThrownBy(() -> percentiles.at(0));
    assertThatIllegalArgumentException().isThrownBy(() -> percentiles.at(101));
  }
}
