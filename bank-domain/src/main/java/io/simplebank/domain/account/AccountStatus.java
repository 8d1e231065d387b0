package io.simplebank.domain.account;

/** What an account lets happen to it. {@link StatusChange}s lead from one to another. */
public enum AccountStatus {
  /** Pays and receives. */
  OPEN,
  /** Receives, but does not pay. */
  FROZEN,
  /** Neither pays nor receives, for good. */
  CLOSED;

  /** Whether money may leave an account in this state. */
  public boolean canPay() {
    return this == OPEN;
  }

  /** Whether money may reach an account in this state. */
  public boolean canReceive() {
    return this != CLOSED;
  }
}
