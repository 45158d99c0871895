package io.causeline.service;

import io.causeline.model.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of a file and what each may do. One a line: its roles, separated by commas, white
 * space, the token:
 *
 * <pre>
 * # who may read incidents and act on them
 * read,write 6f1f0b7c6e0d4a1f9a3c
 * # Alertmanager, which only posts
 * write      d2b0c4f1a8e94b0c8f77
 * </pre>
 *
 * <p>{@code write} does not include {@code read}. Empty lines and lines that begin with {@code #}
 * are skipped. A token has 16 to 512 of the characters that RFC 6750 allows.
 *
 * <p>The file is read again at most once a second, when a request asks. A file that has become
 * unreadable or wrong is logged once, and the tokens from before stay in force until it is mended.
 */
public final class BearerTokens {

  private static final Logger log = LoggerFactory.getLogger(BearerTokens.class);

  /** What a bearer may do. */
  public enum Role {
    /** GET and HEAD. */
    READ,
    /** Everything else. */
    WRITE
  }

  private static final Duration RELOAD_AFTER = Duration.ofSeconds(1);

  private static final int MAX_FILE_BYTES = 1 << 20;

  /** RFC 6750, section 2.1: b64token. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{16,512}={0,4}");

  /** A token's digest in hexadecimal: the token itself is not kept. */
  private record Entry(String digest, Set<Role> roles) {}

  private record Loaded(String content, List<Entry> entries) {}

  private final Path file;
  private final InstantSource clock;
  private volatile Loaded loaded;
  private Instant nextLook;
  private String lastFault = "";

  /**
   * Reads the file.
   *
   * @throws StartupException when it cannot be read or is wrong, naming each line (never the token)
   */
  public BearerTokens(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    this.nextLook = clock.instant().plus(RELOAD_AFTER);
    String content;
    try {
      content = content(file);
    } catch (IOException e) {
      throw new StartupException(
          "Tokens file " + file + " cannot be read (" + e + "); mend causeline.http.tokens-file");
    }
    this.loaded = parse(content, file);
  }

  /** Whether the bearer of {@code token} may read. */
  public boolean mayRead(String token) {
    return roles(token).contains(Role.READ);
  }

  /** Whether the bearer of {@code token} may write. */
  public boolean mayWrite(String token) {
    return roles(token).contains(Role.WRITE);
  }

  /** What the bearer of {@code token} may do; empty for a token that is not in the file. */
  public Set<Role> roles(String token) {
    reload();
    byte[] digest = Hashes.hex(token).getBytes(StandardCharsets.US_ASCII);
    Set<Role> roles = EnumSet.noneOf(Role.class);
    // Every entry is compared, in constant time, so that timing tells nothing.
    for (Entry entry : loaded.entries()) {
      if (MessageDigest.isEqual(entry.digest().getBytes(StandardCharsets.US_ASCII), digest)) {
        roles.addAll(entry.roles());
      }
    }
    return roles;
  }

  private synchronized void reload() {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(RELOAD_AFTER);
    try {
      String content = content(file);
      if (!content.equals(loaded.content())) {
        loaded = parse(content, file);
        log.info("tokens file {} was reloaded: {} tokens", file, loaded.entries().size());
      }
      lastFault = "";
    } catch (IOException | StartupException e) {
      String fault =
          e instanceof IOException
              ? "Tokens file " + file + " cannot be read (" + e + ")"
              : String.valueOf(e.getMessage());
      if (!fault.equals(lastFault)) {
        log.error("{}; the tokens from before stay in force", fault);
        lastFault = fault;
      }
    }
  }

  private static String content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
      if (content.length > MAX_FILE_BYTES) {
        throw new IOException("larger than " + MAX_FILE_BYTES + " bytes");
      }
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  private static Loaded parse(String content, Path file) {
    List<Entry> entries = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    String[] lines = content.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s+", -1);
      Set<Role> roles = parts.length == 2 ? roleSet(parts[0]) : Set.of();
      if (parts.length != 2) {
        faults.add("line " + (i + 1) + ": expected roles, a blank, and one token");
      } else if (roles.isEmpty()) {
        faults.add("line " + (i + 1) + ": the roles are read, write or read,write");
      } else if (!TOKEN.matcher(parts[1]).matches()) {
        faults.add(
            "line "
                + (i + 1)
                + ": a token has 16 to 512 letters, digits or - . _ ~ + / (try: openssl rand -hex"
                + " 20)");
      } else {
        entries.add(new Entry(Hashes.hex(parts[1]), roles));
      }
    }
    if (entries.isEmpty() && faults.isEmpty()) {
      faults.add("it names no token; write one line such as 'read,write <token>'");
    }
    if (!faults.isEmpty()) {
      throw new StartupException("Tokens file " + file + ": " + String.join("; ", faults));
    }
    return new Loaded(content, List.copyOf(entries));
  }

  /** Empty when any of the names is not a role. */
  private static Set<Role> roleSet(String names) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : names.split(",", -1)) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "read" -> roles.add(Role.READ);
        case "write" -> roles.add(Role.WRITE);
        default -> {
          return Set.of();
        }
      }
    }
    return roles;
  }
}
