package io.causeline.service;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.SimpleCollector;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's metrics, those of the JVM among them, served at {@code /metrics}. Asking again for
 * the same name, kind, help and labels gives the same metric, so that components of one process
 * need not know of one another; asking for the same name with others is a fault of the code.
 *
 * <p>Label values must come from a bounded set: never names, messages or paths that the outside
 * chooses.
 */
public final class Metrics {

  private static final Logger log = LoggerFactory.getLogger(Metrics.class);

  /** Only grows. */
  public interface Counter {

    /** Adds one. */
    default void inc(String... labels) {
      add(1, labels);
    }

    /** Adds {@code amount}, which is not negative. */
    void add(double amount, String... labels);
  }

  /** Goes up and down. */
  public interface Gauge {

    void set(double value, String... labels);
  }

  /** Counts observations in buckets. */
  public interface Histogram {

    void observe(double value, String... labels);
  }

  private record Registered(
      Class<?> kind, String help, List<String> labels, SimpleCollector<?> it) {}

  private final CollectorRegistry registry = new CollectorRegistry();
  private final Map<String, Registered> registered = new ConcurrentHashMap<>();

  public Metrics() {
    DefaultExports.register(registry);
  }

  /** A counter; its name ends in {@code _total}. */
  public Counter counter(String name, String help, String... labelNames) {
    io.prometheus.client.Counter counter =
        register(
            io.prometheus.client.Counter.class,
            name,
            help,
            List.of(labelNames),
            n ->
                io.prometheus.client.Counter.build(n, help)
                    .labelNames(labelNames)
                    .register(registry));
    return (amount, labels) -> counter.labels(labels).inc(amount);
  }

  /** A gauge that is set. */
  public Gauge gauge(String name, String help, String... labelNames) {
    io.prometheus.client.Gauge gauge = newGauge(name, help, List.of(labelNames));
    return (value, labels) -> gauge.labels(labels).set(value);
  }

  /** A gauge that is asked when it is scraped; asking for it again replaces {@code value}. */
  public void gauge(String name, String help, Supplier<Double> value) {
    gauge(name, help, Map.of(), value);
  }

  /**
   * One labelled series of a gauge that is asked when it is scraped; asking for the same labels
   * again replaces {@code value}.
   */
  public void gauge(String name, String help, Map<String, String> labels, Supplier<Double> value) {
    List<String> names = labels.keySet().stream().sorted().toList();
    newGauge(name, help, names)
        .setChild(
            new io.prometheus.client.Gauge.Child() {
              @Override
              public double get() {
                try {
                  return value.get();
                } catch (RuntimeException e) {
                  // One broken gauge must not cost the whole scrape.
                  log.warn("gauge {} cannot be read", name, e);
                  return Double.NaN;
                }
              }
            },
            names.stream().map(labels::get).toArray(String[]::new));
  }

  /** A histogram with the given upper bounds, ascending. */
  public Histogram histogram(String name, String help, double[] buckets, String... labelNames) {
    io.prometheus.client.Histogram histogram =
        register(
            io.prometheus.client.Histogram.class,
            name,
            help,
            List.of(labelNames),
            n ->
                io.prometheus.client.Histogram.build(n, help)
                    .buckets(buckets)
                    .labelNames(labelNames)
                    .register(registry));
    return (value, labels) -> histogram.labels(labels).observe(value);
  }

  /** The value of one series, for tests; null when there is no such series. */
  public @Nullable Double value(String sample, Map<String, String> labels) {
    List<String> names = labels.keySet().stream().sorted().toList();
    for (Collector.MetricFamilySamples family :
        java.util.Collections.list(registry.metricFamilySamples())) {
      for (Collector.MetricFamilySamples.Sample s : family.samples) {
        if (s.name.equals(sample)
            && s.labelNames.size() == names.size()
            && names.stream()
                .allMatch(
                    n -> {
                      int i = s.labelNames.indexOf(n);
                      return i >= 0 && s.labelValues.get(i).equals(labels.get(n));
                    })) {
          return s.value;
        }
      }
    }
    return null;
  }

  /** The content type that a client asks for with this Accept header. */
  static String contentType(@Nullable String accept) {
    return TextFormat.chooseContentType(accept);
  }

  /** Everything, in the format of that content type. */
  String scrape(String contentType) {
    StringWriter out = new StringWriter(16_384);
    try {
      TextFormat.writeFormat(contentType, out, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return out.toString();
  }

  private io.prometheus.client.Gauge newGauge(String name, String help, List<String> labelNames) {
    return register(
        io.prometheus.client.Gauge.class,
        name,
        help,
        labelNames,
        n ->
            io.prometheus.client.Gauge.build(n, help)
                .labelNames(labelNames.toArray(String[]::new))
                .register(registry));
  }

  private <C extends SimpleCollector<?>> C register(
      Class<C> kind, String name, String help, List<String> labels, Function<String, C> create) {
    Registered found =
        registered.computeIfAbsent(name, n -> new Registered(kind, help, labels, create.apply(n)));
    if (!found.kind().equals(kind)
        || !found.help().equals(help)
        || !found.labels().equals(labels)) {
      throw new IllegalArgumentException(
          "metric " + name + " exists already with another kind, help or labels " + found.labels());
    }
    return kind.cast(found.it());
  }
}
