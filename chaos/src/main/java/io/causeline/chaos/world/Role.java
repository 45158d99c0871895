package io.causeline.chaos.world;

import java.util.List;

/** The processes of Causeline, in the order in which they start. */
public enum Role {
  BROKER("broker", 320),
  COLLECTOR("event-collector", 160),
  BRIDGE("alert-bridge", 192),
  CORRELATOR("correlator", 320);

  /** Those that speak to the broker. */
  public static final List<Role> SERVICES = List.of(COLLECTOR, BRIDGE, CORRELATOR);

  private final String command;
  private final int heapMib;

  Role(String command, int heapMib) {
    this.command = command;
    this.heapMib = heapMib;
  }

  /** The launcher's command. */
  public String command() {
    return command;
  }

  int heapMib() {
    return heapMib;
  }
}
