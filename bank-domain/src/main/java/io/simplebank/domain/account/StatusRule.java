package io.simplebank.domain.account;

import io.simplebank.domain.user.Caller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a change of status, in the order in which they are asked: where several speak
 * against it, the first is the reason that the caller is given. The order is part of the contract;
 * it puts first whether the caller may know the account at all, so that no answer tells more than
 * the caller may see.
 *
 * <p>Each rule is a pure function. The rules behind {@link #ACCOUNT_IS_THERE_FOR_THE_CALLER} are
 * asked only about accounts that exist, because it lets no other pass.
 */
public enum StatusRule {
  /** The account exists, is a customer's, and the caller may see it. */
  ACCOUNT_IS_THERE_FOR_THE_CALLER {
    @Override
    @Nullable StatusRefusal objection(
        StatusChange change, Caller caller, AccountId id, @Nullable Account account) {
      return account != null && !account.isSettlement() && account.isVisibleTo(caller)
          ? null
          : new StatusRefusal.AccountNotFound(id);
    }
  },
  /** Owners close their accounts, but not those that the bank has frozen; the rest is for staff. */
  STAFF_FREEZES {
    @Override
    @Nullable StatusRefusal objection(
        StatusChange change, Caller caller, AccountId id, @Nullable Account account) {
      boolean forOwners =
          change == StatusChange.CLOSE && present(account).status() != AccountStatus.FROZEN;
      return caller.isBanker() || forOwners ? null : new StatusRefusal.BankersOnly(id);
    }
  },
  /**
   * The change leads somewhere from here. What is frozen already is not frozen once more: the
   * reason that is given would be another than the one for which it was.
   */
  LEADS_SOMEWHERE {
    @Override
    @Nullable StatusRefusal objection(
        StatusChange change, Caller caller, AccountId id, @Nullable Account account) {
      AccountStatus status = present(account).status();
      return change.leadsFrom(status) ? null : new StatusRefusal.WrongStatus(id, status);
    }
  },
  /** No money is left on an account that is closed, and none is owed. */
  CLOSED_ACCOUNTS_ARE_EMPTY {
    @Override
    @Nullable StatusRefusal objection(
        StatusChange change, Caller caller, AccountId id, @Nullable Account account) {
      Account present = present(account);
      return change != StatusChange.CLOSE || present.balance().isZero()
          ? null
          : new StatusRefusal.NotEmpty(id, present.balance());
    }
  },
  /** Nothing is set aside on an account that is closed. */
  CLOSED_ACCOUNTS_OWE_NOTHING {
    @Override
    @Nullable StatusRefusal objection(
        StatusChange change, Caller caller, AccountId id, @Nullable Account account) {
      Account present = present(account);
      return change != StatusChange.CLOSE || present.pendingDebits().isZero()
          ? null
          : new StatusRefusal.DebitsPending(id, present.pendingDebits());
    }
  };

  private static final List<StatusRule> IN_ORDER_OF_PRECEDENCE = List.of(values());

  /** What this rule has against the change, or null when it has nothing. */
  abstract @Nullable StatusRefusal objection(
      StatusChange change, Caller caller, AccountId id, @Nullable Account account);

  /**
   * Asks all rules in turn.
   *
   * @param id the account that the caller names
   * @param account that account as it stands under its lock, or null when there is none
   * @return the first objection; empty when the status may be changed
   */
  public static Optional<StatusRefusal> firstObjection(
      StatusChange change, Caller caller, AccountId id, @Nullable Account account) {
    for (StatusRule rule : IN_ORDER_OF_PRECEDENCE) {
      StatusRefusal objection = rule.objection(change, caller, id, account);
      if (objection != null) {
        return Optional.of(objection);
      }
    }
    return Optional.empty();
  }

  private static Account present(@Nullable Account account) {
    if (account == null) {
      throw new IllegalStateException("an earlier rule has let a missing account pass");
    }
    return account;
  }
}
