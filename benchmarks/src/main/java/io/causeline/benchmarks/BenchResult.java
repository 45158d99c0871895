package io.causeline.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a benchmark found: figures by name, and bounds that some of them must keep.
 *
 * <p>Printed as one JSON object: {@code bench}, {@code ok} (whether every bound is kept), {@code
 * target} (figure → bound, such as {@code ">= 0.5"}), then the figures.
 */
public final class BenchResult {

  private final String bench;
  private final Map<String, String> targets = new LinkedHashMap<>();
  private final ObjectNode figures = Json.mapper().createObjectNode();
  private boolean ok = true;

  /** Without any figure yet. */
  public BenchResult(String bench) {
    this.bench = bench;
  }

  /** A figure that has no bound. */
  public BenchResult figure(String name, double value) {
    figures.put(name, rounded(value));
    return this;
  }

  /** A figure that is counted. */
  public BenchResult count(String name, long value) {
    figures.put(name, value);
    return this;
  }

  /** Something to say beside the figures. */
  public BenchResult note(String name, String words) {
    figures.put(name, words);
    return this;
  }

  /** A figure that must be no less. */
  public BenchResult atLeast(String name, double value, double bound) {
    targets.put(name, ">= " + plain(bound));
    ok &= value >= bound;
    return figure(name, value);
  }

  /** A figure that must be no more. */
  public BenchResult atMost(String name, double value, double bound) {
    targets.put(name, "<= " + plain(bound));
    ok &= value <= bound;
    return figure(name, value);
  }

  /** A bound that was not kept because its figure could not be had. */
  public BenchResult missing(String name, String bound, String why) {
    targets.put(name, bound);
    ok = false;
    return note(name, why);
  }

  /** Whether every bound is kept. */
  public boolean ok() {
    return ok;
  }

  /** The one line. */
  public String json() {
    ObjectNode out = Json.mapper().createObjectNode();
    out.put("bench", bench);
    out.put("ok", ok);
    ObjectNode target = out.putObject("target");
    targets.forEach(target::put);
    out.setAll(figures);
    return new String(Json.bytes(out), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static double rounded(double value) {
    double scale = Math.abs(value) >= 1000 ? 1 : 1000;
    return Math.round(value * scale) / scale;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }
}
