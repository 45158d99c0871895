package io.causeline.service;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a process from starting and only a person can change. The message is written for that
 * person: it says what, where and the way out, and is to be printed without a stack trace.
 */
public class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    super(message);
  }

  public StartupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
