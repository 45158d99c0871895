package io.causeline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProductViewTest {

  private static final String TEXT =
      """
      # HELP read_total Records.
      # TYPE read_total counter
      read_total{kind="topology",outcome="accepted",} 40.0
      read_total{kind="topology",outcome="duplicate",} 2.0
      read_total{kind="alert",outcome="accepted",} 1.0E3
      read_total_seconds{kind="topology",} 7.0
      open 12.0
      """;

  @Test
  void shouldAddUpAllSamplesOfAMetricWhenOnlyItsNameIsGiven() {
    assertThat(ProductView.sum("read_total", TEXT)).isEqualTo(1042);
    assertThat(ProductView.sum("open", TEXT)).isEqualTo(12);
  }

  @Test
  void shouldAddUpOnlySomeSamplesWhenALabelIsGiven() {
    assertThat(ProductView.sum("read_total{kind=\"topology\"", TEXT)).isEqualTo(42);
  }

  @Test
  void shouldBeNothingWhenThereIsNoSuchMetric() {
    assertThat(ProductView.sum("read", TEXT)).isZero();
  }
}
