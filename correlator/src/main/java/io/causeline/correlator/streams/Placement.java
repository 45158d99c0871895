package io.causeline.correlator.streams;

import java.util.List;

/** Which process holds which partition. */
public interface Placement {

  /**
   * A process that can answer for a partition.
   *
   * @param host reached there
   * @param here whether it is this process
   * @param owner whether it processes the partition; else it keeps a copy
   */
  record Holder(String host, int port, boolean here, boolean owner) {

    /** {@code host:port}. */
    public String address() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** Who holds a partition: the owner first; empty while nobody does. */
  List<Holder> holders(int partition);
}
