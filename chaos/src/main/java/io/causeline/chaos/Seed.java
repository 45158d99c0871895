package io.causeline.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Where every decision of a run comes from: what is decided about one thing does not hang on how
 * many other things were decided before, so that a run's decisions are the same whatever the timing
 * was.
 */
public record Seed(long value) {

  /** Random numbers for what has this name. */
  public Random random(String what) {
    return new Random(mixed(what));
  }

  /** Random numbers for the n-th of what has this name. */
  public Random random(String what, long n) {
    return random(what + "#" + n);
  }

  /** A seed of its own for a part. */
  public Seed of(String part) {
    return new Seed(mixed(part));
  }

  private long mixed(String what) {
    CRC32 crc = new CRC32();
    crc.update(what.getBytes(StandardCharsets.UTF_8));
    long z = value * 0x9E3779B97F4A7C15L + (crc.getValue() << 17) + what.length();
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
