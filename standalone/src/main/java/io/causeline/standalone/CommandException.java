package io.causeline.standalone;

/**
 * A command cannot go on, for a reason that the person who called it can mend. Its message is one
 * line for that person: what is wrong, where, and the way out. It is shown without a stack trace.
 */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With nothing more to know than the message. */
  public CommandException(String message) {
    super(message);
  }

  /** With the cause that the message was made from. */
  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
