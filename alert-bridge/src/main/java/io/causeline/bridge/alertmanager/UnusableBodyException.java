package io.causeline.bridge.alertmanager;

/** A webhook body that can never be right, however often it is sent. The message says why. */
public final class UnusableBodyException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  public UnusableBodyException(String message) {
    super(message);
  }

  public UnusableBodyException(String message, Throwable cause) {
    super(message, cause);
  }
}
