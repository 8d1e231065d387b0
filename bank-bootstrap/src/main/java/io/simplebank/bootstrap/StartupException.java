package io.simplebank.bootstrap;

/** The bank cannot start for a reason that whoever operates it can mend; the message says how. */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartupException(String message) {
    super(message);
  }

  StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
