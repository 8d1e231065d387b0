package io.simplebank.application.account;

import static io.simplebank.application.world.World.EUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Reason;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRefusal;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.ChangeAccountStatus.Command;
import io.simplebank.domain.port.in.ChangeAccountStatus.Outcome;
import io.simplebank.domain.port.in.OpenAccount;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AccountControlServiceTest {
  private final World world = new World();
  private final AccountControlService service = world.control;
  private final Caller alice = world.depositor("alice");
  private final Caller bob = world.depositor("bob");

  @Test
  void freezes_an_account_so_that_it_takes_and_gives_nothing() {
    Account alices = world.account(alice, EUR, 100);
    Account bobs = world.account(bob, EUR, 100);

    Outcome outcome = change(world.banker, alices.id(), StatusChange.FREEZE);

    Account frozen = world.now(alices.id());
    assertThat(outcome).isEqualTo(new Outcome.Changed(frozen));
    assertThat(frozen).isEqualTo(alices.changedBy(StatusChange.FREEZE));
    assertThat(world.transfer(alice, alices, bobs, 10))
        .isEqualTo(
            new TransferOutcome.Declined(
                new Decline.AccountNotOpen(alices.id(), AccountStatus.FROZEN)));
    World.posted(world.transfer(bob, bobs, alices, 10));
    change(world.banker, alices.id(), StatusChange.UNFREEZE);
    World.posted(world.transfer(alice, alices, bobs, 110));
  }

  @Test
  void lets_an_owner_close_an_empty_account_and_open_another() {
    Account account = world.account(alice, EUR, 0);

    Outcome outcome = change(alice, account.id(), StatusChange.CLOSE);

    assertThat(outcome).isEqualTo(new Outcome.Changed(world.now(account.id())));
    assertThat(world.now(account.id()).status()).isEqualTo(AccountStatus.CLOSED);
    assertThat(world.accounts.open(new OpenAccount.Command(alice, EUR)))
        .isInstanceOf(OpenAccount.Outcome.Opened.class);
  }

  @Test
  void writes_down_who_has_changed_what_and_why() {
    Account account = world.account(alice, EUR, 0);

    change(world.banker, account.id(), StatusChange.FREEZE, "court order 7/26");
    change(world.banker, account.id(), StatusChange.UNFREEZE, "lifted");
    change(alice, account.id(), StatusChange.CLOSE, "moving away");

    assertThat(events(account))
        .containsExactly(
            event(world.banker, Action.ACCOUNT_FROZEN, account, "open -> frozen: court order 7/26"),
            event(world.banker, Action.ACCOUNT_UNFROZEN, account, "frozen -> open: lifted"),
            event(alice, Action.ACCOUNT_CLOSED, account, "open -> closed: moving away"));
  }

  @Test
  void changes_and_writes_down_nothing_when_a_rule_speaks_against_it() {
    Account account = world.account(alice, EUR, 100);
    AccountId nowhere = new AccountId(999);

    assertThat(change(alice, account.id(), StatusChange.FREEZE))
        .isEqualTo(refused(new StatusRefusal.BankersOnly(account.id())));
    assertThat(change(bob, account.id(), StatusChange.CLOSE))
        .isEqualTo(refused(new StatusRefusal.AccountNotFound(account.id())));
    assertThat(change(world.banker, nowhere, StatusChange.FREEZE))
        .isEqualTo(refused(new StatusRefusal.AccountNotFound(nowhere)));
    assertThat(change(alice, account.id(), StatusChange.CLOSE))
        .isEqualTo(refused(new StatusRefusal.NotEmpty(account.id(), account.balance())));
    AccountId settlement = world.settlementAccount(EUR).id();
    assertThat(change(world.banker, settlement, StatusChange.FREEZE))
        .isEqualTo(refused(new StatusRefusal.AccountNotFound(settlement)));

    assertThat(world.now(account.id())).isEqualTo(account);
    assertThat(world.now(settlement).status()).isEqualTo(AccountStatus.OPEN);
    assertThat(events(account)).isEmpty();
  }

  @Test
  void refuses_a_second_freeze_whose_reason_would_be_lost() {
    Account account = world.account(alice, EUR, 0);
    change(world.banker, account.id(), StatusChange.FREEZE);

    assertThat(change(world.banker, account.id(), StatusChange.FREEZE))
        .isEqualTo(refused(new StatusRefusal.WrongStatus(account.id(), AccountStatus.FROZEN)));

    assertThat(events(account)).hasSize(1);
  }

  private static Outcome refused(StatusRefusal reason) {
    return new Outcome.Refused(reason);
  }

  private List<AuditEvent> events(Account account) {
    return world.stores.audited("account " + account.id().value()).stream()
        .filter(event -> event.action() != Action.DEPOSITED)
        .toList();
  }

  private AuditEvent event(Caller by, Action action, Account account, String detail) {
    return AuditEvent.by(
        by, action, "account " + account.id().value(), detail, world.clock.instant());
  }

  private Outcome change(Caller caller, AccountId account, StatusChange change) {
    return change(caller, account, change, "because");
  }

  private Outcome change(Caller caller, AccountId account, StatusChange change, String reason) {
    return service.change(new Command(caller, account, change, new Reason(reason)));
  }
}
