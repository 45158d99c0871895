package io.causeline.service;

import java.util.List;

/** Settings that cannot be used; the message names every fault, one a line. */
public final class SettingsException extends StartupException {

  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  public SettingsException(List<String> faults) {
    super(
        faults.size() == 1
            ? "Settings: " + faults.get(0)
            : "Settings: " + faults.size() + " faults\n  " + String.join("\n  ", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each fault: key, value, place and way out. */
  public List<String> faults() {
    return faults;
  }
}
