package io.causeline.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes for identities: SHA-256, the same on every machine and for ever. */
public final class Hashes {

  private Hashes() {}

  /** 64 hex digits. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(digest(text));
  }

  /** 16 hex digits of the parts, which are kept apart. */
  public static String id(String... parts) {
    return HexFormat.of().formatHex(digest(String.join("\u0000", parts)), 0, 8);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
