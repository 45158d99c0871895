package io.causeline.service;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: GET and HEAD need the role read, every other method write. {@code /healthz},
 * {@code /readyz} and {@code /metrics} are open, since probes and scrapers bear no token; they hold
 * no event text and no secrets.
 */
final class Access {

  /** Paths that need no token. */
  static final Set<String> OPEN = Set.of("/healthz", "/readyz", "/metrics");

  /**
   * @param status 200, 401 or 403
   * @param reason for the client and the tests
   */
  record Decision(int status, String reason) {}

  private static final String SCHEME = "Bearer ";

  private Access() {}

  /**
   * Decides.
   *
   * @param roles what the bearer of a token may do
   */
  static Decision decide(
      String method,
      String path,
      @Nullable String authorization,
      Function<String, Set<BearerTokens.Role>> roles) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (reads && OPEN.contains(path)) {
      return new Decision(200, "open to all");
    }
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Decision(401, "a bearer token is needed: send 'Authorization: Bearer <token>'");
    }
    Set<BearerTokens.Role> granted = roles.apply(authorization.substring(SCHEME.length()).trim());
    if (granted.isEmpty()) {
      return new Decision(401, "the bearer token is not known here");
    }
    BearerTokens.Role needed = reads ? BearerTokens.Role.READ : BearerTokens.Role.WRITE;
    return granted.contains(needed)
        ? new Decision(200, "the token has the role")
        : new Decision(
            403,
            "the bearer token lacks the role "
                + needed.name().toLowerCase(java.util.Locale.ROOT)
                + " that "
                + (reads ? "reading" : "changing")
                + " needs");
  }
}
