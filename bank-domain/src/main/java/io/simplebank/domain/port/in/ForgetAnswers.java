package io.simplebank.domain.port.in;

/** The bank itself drops what it has remembered for long enough. */
public interface ForgetAnswers {
  /**
   * Drops a portion of the oldest answers that are no longer kept.
   *
   * @return whether there may be more of them
   */
  boolean forgetSome();
}
