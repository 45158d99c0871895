package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics = new Metrics();

  @Test
  void shouldShowHelpAndValues() {
    metrics.counter("signals_total", "Signals that came in.", "kind").inc("event");
    metrics.gauge("open_incidents", "Incidents now open.").set(3);
    metrics.gauge("lag_seconds", "How far behind.", () -> 1.5);
    metrics.histogram("wait_seconds", "Time waited.", new double[] {1, 2}).observe(1.5);

    String text = metrics.scrape(Metrics.contentType(null));

    assertThat(text)
        .contains("# HELP signals_total Signals that came in.")
        .contains("signals_total{kind=\"event\",} 1.0")
        .contains("# HELP open_incidents Incidents now open.")
        .contains("open_incidents 3.0")
        .contains("lag_seconds 1.5")
        .contains("wait_seconds_bucket{le=\"2.0\",} 1.0")
        .contains("# HELP jvm_memory_bytes_used");
  }

  @Test
  void shouldGiveTheSameMetricWhenAskedAgain() {
    metrics.counter("x_total", "X.", "a").inc("1");
    metrics.counter("x_total", "X.", "a").add(2, "1");
    metrics.gauge("g", "G.", Map.of("w", "one"), () -> 1.0);
    metrics.gauge("g", "G.", Map.of("w", "two"), () -> 2.0);
    metrics.gauge("g", "G.", Map.of("w", "one"), () -> 7.0);

    assertThat(metrics.value("x_total", Map.of("a", "1"))).isEqualTo(3.0);
    assertThat(metrics.value("g", Map.of("w", "one"))).isEqualTo(7.0);
    assertThat(metrics.value("g", Map.of("w", "two"))).isEqualTo(2.0);
    assertThat(metrics.value("g", Map.of("w", "three"))).isNull();
    assertThatThrownBy(() -> metrics.gauge("x_total", "X.", "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldStillServeTheRestWhenAGaugeIsBroken() {
    metrics.gauge(
        "broken",
        "Broken.",
        () -> {
          throw new IllegalStateException("no");
        });

    assertThat(metrics.scrape(Metrics.contentType(null))).contains("broken NaN");
  }

  @Test
  void shouldKeepProcessesApart() {
    metrics.counter("y_total", "Y.").inc();

    assertThat(new Metrics().value("y_total", Map.of())).isNull();
  }
}
