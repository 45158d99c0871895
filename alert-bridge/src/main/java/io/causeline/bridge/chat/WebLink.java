package io.causeline.bridge.chat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A link that may be shown to people: {@code http} or {@code https}, with a host, without a user
 * name (which makes {@code https://bank.example@evil.example} look like what it is not), in plain
 * ASCII without blanks, quotes or brackets. It is always shown together with its host, so that
 * nobody clicks on what they can't see.
 *
 * @param url all of it, percent-encoded
 * @param host where it leads, in lower case, with the port where it names one
 */
public record WebLink(String url, String host) {

  private static final int MAX_LENGTH = 2000;

  /** The link, or empty if it is none that may be shown. */
  public static Optional<WebLink> of(@Nullable String raw) {
    if (raw == null || raw.isEmpty() || raw.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    // RFC 3986 has none of these unencoded, but rules and exporters write them into queries.
    String encoded =
        raw.trim()
            .replace("|", "%7C")
            .replace("<", "%3C")
            .replace(">", "%3E")
            .replace("\"", "%22")
            .replace("`", "%60")
            .replace("{", "%7B")
            .replace("}", "%7D")
            .replace(" ", "%20");
    try {
      URI uri = new URI(encoded);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!(scheme.equals("http") || scheme.equals("https"))
          || uri.getHost() == null
          || uri.getHost().isEmpty()
          || uri.getRawUserInfo() != null) {
        return Optional.empty();
      }
      String host = uri.getHost().toLowerCase(Locale.ROOT);
      return Optional.of(
          new WebLink(uri.toASCIIString(), uri.getPort() < 0 ? host : host + ":" + uri.getPort()));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The page of an incident below the address that people reach Causeline at. */
  static Optional<WebLink> incidentPage(@Nullable WebLink base, @Nullable String incidentId) {
    if (base == null || incidentId == null || !incidentId.matches("[A-Za-z0-9._-]{1,100}")) {
      return Optional.empty();
    }
    String root = base.url();
    while (root.endsWith("/")) {
      root = root.substring(0, root.length() - 1);
    }
    return of(root + "/incidents/" + incidentId);
  }
}
