package io.simplebank.application.account;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRefusal;
import io.simplebank.domain.account.StatusRule;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.ChangeAccountStatus;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.Transactions;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * What is decided about accounts besides their money. Under the account's lock, so that it comes
 * before or after a transfer, and never in between.
 */
public final class AccountControlService implements ChangeAccountStatus {
  private final Transactions transactions;
  private final AccountRepository accounts;
  private final AuditLog audit;
  private final InstantSource clock;

  /** A service on those stores. */
  public AccountControlService(
      Transactions transactions, AccountRepository accounts, AuditLog audit, InstantSource clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public ChangeAccountStatus.Outcome change(ChangeAccountStatus.Command command) {
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
            "account " + id.value(),
            code(before.status()) + " -> " + code(after.status()) + ": " + command.reason().text(),
            clock.instant()));
    return new ChangeAccountStatus.Outcome.Changed(after);
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
