package io.simplebank.domain.port.in;

/** Whoever keeps the house removes what nobody needs any more. */
public interface ForgetOldTraces {
  /**
   * Removes sessions, failed logins and verifications that have been over for long. What the bank
   * must keep, such as the audit log, is not touched.
   */
  void forget();
}
