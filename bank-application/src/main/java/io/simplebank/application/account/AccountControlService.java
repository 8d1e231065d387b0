package io.simplebank.application.account;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRefusal;
import io.simplebank.domain.account.StatusRule;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.ChangeAccountStatus;
import io.simplebank.domain.port.in.SetLimits;
import io.simplebank.domain.port.in.ViewLimits;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.user.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about accounts besides their money. Under the account's lock, so that it comes
 * before or after a transfer, and never in between.
 */
public final class AccountControlService implements ChangeAccountStatus, ViewLimits, SetLimits {
  private final Transactions transactions;
  private final AccountRepository accounts;
  private final AuditLog audit;
  private final Consumer<AccountId> releaseExpired;
  private final InstantSource clock;

  /**
   * A service on those stores.
   *
   * @param releaseExpired releases what was set aside on an account and has expired
   */
  public AccountControlService(
      Transactions transactions,
      AccountRepository accounts,
      AuditLog audit,
      Consumer<AccountId> releaseExpired,
      InstantSource clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.audit = audit;
    this.releaseExpired = releaseExpired;
    this.clock = clock;
  }

  @Override
  public ChangeAccountStatus.Outcome change(ChangeAccountStatus.Command command) {
    // What has expired is in nobody's way, though nobody may have come by since.
    releaseExpired.accept(command.account());
    return transactions.inTransaction(() -> changeUnderLock(command));
  }

  private ChangeAccountStatus.Outcome changeUnderLock(ChangeAccountStatus.Command command) {
    AccountId id = command.account();
    Optional<Account> found = accounts.lock(id);
    Optional<StatusRefusal> objection =
        StatusRule.firstObjection(command.change(), command.caller(), id, found.orElse(null));
    if (objection.isPresent()) {
      return new ChangeAccountStatus.Outcome.Refused(objection.get());
    }
    Account before = found.orElseThrow();
    Account after = before.changedBy(command.change());
    accounts.update(after);
    audit.record(
        AuditEvent.by(
            command.caller(),
            actionOf(command.change()),
            name(after),
            code(before.status()) + " -> " + code(after.status()) + ": " + command.reason().text(),
            clock.instant()));
    return new ChangeAccountStatus.Outcome.Changed(after);
  }

  @Override
  public Optional<Account> viewLimits(Caller caller, AccountId id) {
    return accounts
        .find(id)
        .filter(account -> isCustomersAndVisible(account, caller))
        .map(account -> account.asOf(clock.instant()));
  }

  @Override
  public SetLimits.Outcome set(SetLimits.Command command) {
    releaseExpired.accept(command.account());
    return transactions.inTransaction(() -> limitUnderLock(command));
  }

  private SetLimits.Outcome limitUnderLock(SetLimits.Command command) {
    return accounts
        .lock(command.account())
        .filter(account -> isCustomersAndVisible(account, command.caller()))
        .map(account -> limit(account, command))
        .orElseGet(SetLimits.Outcome.NoSuchAccount::new);
  }

  private SetLimits.Outcome limit(Account account, SetLimits.Command command) {
    if (!command.caller().isBanker()) {
      return new SetLimits.Outcome.BankersOnly();
    }
    if (account.status() == AccountStatus.CLOSED) {
      return new SetLimits.Outcome.Closed();
    }
    Money overdraftLimit = new Money(command.overdraftLimit(), account.currency());
    if (overdraftLimit.isLessThan(account.overdraftInUse())) {
      return new SetLimits.Outcome.OverdraftInUse(account.overdraftInUse());
    }
    if (!account.canHaveOverdraftLimit(overdraftLimit)) {
      return new SetLimits.Outcome.OverdraftTooHigh(account.balance());
    }
    Limits limits =
        new Limits(
            money(command.perTransfer(), account),
            money(command.perDay(), account),
            money(command.perMonth(), account));
    Account after = account.limitedTo(overdraftLimit, limits);
    Instant now = clock.instant();
    if (!after.equals(account)) {
      accounts.update(after);
      audit.record(
          AuditEvent.by(
              command.caller(),
              Action.LIMITS_CHANGED,
              name(account),
              limitsOf(account) + " -> " + limitsOf(after),
              now));
    }
    return new SetLimits.Outcome.Done(after.asOf(now));
  }

  private static boolean isCustomersAndVisible(Account account, Caller caller) {
    return !account.isSettlement() && account.isVisibleTo(caller);
  }

  private static @Nullable Money money(@Nullable Long minorUnits, Account account) {
    return minorUnits == null ? null : new Money(minorUnits, account.currency());
  }

  private static String limitsOf(Account account) {
    return "overdraft "
        + account.overdraftLimit().minorUnits()
        + ", per transfer "
        + minorUnits(account.limits().perTransfer())
        + ", per day "
        + minorUnits(account.limits().perDay())
        + ", per month "
        + minorUnits(account.limits().perMonth());
  }

  private static String minorUnits(@Nullable Money amount) {
    return amount == null ? "any" : Long.toString(amount.minorUnits());
  }

  private static String name(Account account) {
    return "account " + account.id().value();
  }

  private static Action actionOf(StatusChange change) {
    return switch (change) {
      case FREEZE -> Action.ACCOUNT_FROZEN;
      case UNFREEZE -> Action.ACCOUNT_UNFROZEN;
      case CLOSE -> Action.ACCOUNT_CLOSED;
    };
  }

  private static String code(AccountStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
