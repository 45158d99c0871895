package io.causeline.correlator;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The address by which the other correlators reach this one. */
final class ApplicationServer {

  private ApplicationServer() {}

  /**
   * As set; else the address that the server is bound to, or this machine's name where it is bound
   * to all.
   */
  static String of(CorrelatorSettings settings, int httpPort) {
    return settings
        .applicationServer()
        .orElseGet(() -> host(settings.http().host()) + ":" + httpPort);
  }

  private static String host(String bound) {
    try {
      InetAddress address = InetAddress.getByName(bound);
      if (address.isAnyLocalAddress()) {
        return InetAddress.getLocalHost().getHostName();
      }
    } catch (UnknownHostException e) {
      // A machine that does not know its own name has no others that ask for it.
      return InetAddress.getLoopbackAddress().getHostAddress();
    }
    return bound.contains(":") ? "[" + bound + "]" : bound;
  }
}
