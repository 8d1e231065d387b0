package io.simplebank.adapter.web;

/**
 * A setting of the web adapter cannot be used. The bank does not start, and its operator reads the
 * message, which names the environment variable and says what it should be.
 */
public final class UnusableSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause: whoever operates the bank can mend it by what the message says. */
  public UnusableSettingException(String message) {
    super(message);
  }

  /** With what the machine had to say about it. */
  public UnusableSettingException(String message, Throwable cause) {
    super(message, cause);
  }
}
