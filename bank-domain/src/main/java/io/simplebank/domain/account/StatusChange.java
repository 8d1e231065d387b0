package io.simplebank.domain.account;

/**
 * The only ways from one {@link AccountStatus} to another. None leads from {@link
 * AccountStatus#CLOSED}: an account that is closed stays closed.
 */
public enum StatusChange {
  /** Nothing leaves the account any more; what comes in is taken. */
  FREEZE,
  /** The account pays again. */
  UNFREEZE,
  /** The account is given up for good. */
  CLOSE;

  /** Whether this leads anywhere from that status. */
  public boolean leadsFrom(AccountStatus status) {
    return switch (this) {
      case FREEZE -> status == AccountStatus.OPEN;
      case UNFREEZE -> status == AccountStatus.FROZEN;
      case CLOSE -> status != AccountStatus.CLOSED;
    };
  }

  /** Where this leads. */
  public AccountStatus to() {
    return switch (this) {
      case FREEZE -> AccountStatus.FROZEN;
      case UNFREEZE -> AccountStatus.OPEN;
      case CLOSE -> AccountStatus.CLOSED;
    };
  }
}
