package io.simplebank.domain.port.out;

import io.simplebank.domain.user.VerificationId;

/**
 * What is to be mailed once the surrounding transaction is committed, and not at all when it is
 * not. It outlives a crash: whoever works it off tries again until the mail server has taken it.
 */
public interface VerificationMailQueue {
  /** A mail for that verification. */
  void add(VerificationId id);
}
