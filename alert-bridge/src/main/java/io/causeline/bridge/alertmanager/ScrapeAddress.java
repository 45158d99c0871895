package io.causeline.bridge.alertmanager;

import io.causeline.model.EntityRef;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the host out of a scrape address, the {@code instance} label. Installations that relabel
 * put the node's name there, others leave {@code IP:port}; the correlator knows nodes by their
 * addresses too.
 */
final class ScrapeAddress {

  private static final Pattern HOST_PORT =
      Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}))(?::[0-9]{1,5})?");
  private static final Pattern BRACKETED =
      Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})](?::[0-9]{1,5})?");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static final Pattern SERVICE =
      Pattern.compile(
          "(?:[a-z]{2,10}://)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)"
              + "\\.([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\\.svc(?:\\.[a-z0-9.-]{1,100})?"
              + "(?::[0-9]{1,5})?(?:[/?#].*)?",
          Pattern.CASE_INSENSITIVE);

  private ScrapeAddress() {}

  /** The Service whose name in the cluster's DNS an address or a URL has. */
  static Optional<EntityRef> service(String address) {
    Matcher matcher = SERVICE.matcher(address);
    return matcher.matches()
        ? Optional.of(
            EntityRef.of(
                "Service",
                matcher.group(2).toLowerCase(Locale.ROOT),
                matcher.group(1).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /** The host; empty for what is no address (a URL) or says nothing (a loopback address). */
  static Optional<String> host(String address) {
    String host = null;
    Matcher plain = HOST_PORT.matcher(address);
    Matcher bracketed = BRACKETED.matcher(address);
    if (plain.matches()) {
      host = plain.group(1);
    } else if (bracketed.matches()) {
      host = bracketed.group(1);
    } else if (address.length() <= 45 && IPV6.matcher(address).matches()) {
      host = address;
    }
    return Optional.ofNullable(host).filter(h -> !isLoopback(h));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }
}
