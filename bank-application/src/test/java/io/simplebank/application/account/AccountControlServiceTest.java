package io.simplebank.application.account;

import static io.simplebank.application.world.World.EUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limit;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.Reason;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRefusal;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.ChangeAccountStatus.Command;
import io.simplebank.domain.port.in.ChangeAccountStatus.Outcome;
import io.simplebank.domain.port.in.OpenAccount;
import io.simplebank.domain.port.in.SetLimits;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  @Test
  void sets_limits_that_bind_from_then_on_and_counts_what_has_left_already() {
    Account account = world.account(alice, EUR, 100);
    Account bobs = world.account(bob, EUR, 0);
    World.posted(world.transfer(alice, account, bobs, 30));

    SetLimits.Outcome outcome = limit(world.banker, account, 20, null, 50L, 200L);

    Account limited = world.now(account.id());
    assertThat(outcome).isEqualTo(new SetLimits.Outcome.Done(limited));
    assertThat(limited.overdraftLimit()).isEqualTo(euros(20));
    assertThat(limited.limits()).isEqualTo(new Limits(null, euros(50), euros(200)));
    assertThat(world.transfer(alice, account, bobs, 21))
        .isEqualTo(
            new TransferOutcome.Declined(
                new Decline.LimitExceeded(account.id(), Limit.PER_DAY, euros(20))));
    World.posted(world.transfer(alice, account, bobs, 20));
    world.clock.advance(Duration.ofDays(1));
    World.posted(world.transfer(alice, account, bobs, 50));
    world.clock.advance(Duration.ofDays(1));
    // The day would leave 50, the overdraft limit leaves 20.
    assertThat(world.transfer(alice, account, bobs, 21))
        .isEqualTo(new TransferOutcome.Declined(new Decline.InsufficientFunds(account.id())));
    World.posted(world.transfer(alice, account, bobs, 20));
    assertThat(world.balance(account)).isEqualTo(-20);
  }

  @Test
  void shows_limits_and_what_is_left_of_them_as_of_now() {
    Account account = world.account(alice, EUR, 100);
    limit(world.banker, account, 0, null, 50L, null);
    World.posted(world.transfer(alice, account, world.account(bob, EUR, 0), 30));

    for (Caller caller : List.of(alice, world.banker)) {
      Account seen = service.viewLimits(caller, account.id()).orElseThrow();
      assertThat(seen.limits().left(Limit.PER_DAY, seen.spending())).contains(euros(20));
    }
    world.clock.advance(Duration.ofDays(1));
    Account seen = service.viewLimits(alice, account.id()).orElseThrow();
    assertThat(seen.limits().left(Limit.PER_DAY, seen.spending())).contains(euros(50));
    assertThat(seen.spending().thatDay()).isEqualTo(euros(0));
    assertThat(service.viewLimits(bob, account.id())).isEmpty();
    assertThat(service.viewLimits(world.banker, new AccountId(999))).isEmpty();
    assertThat(service.viewLimits(world.banker, world.settlementAccount(EUR).id())).isEmpty();
  }

  @Test
  void sets_no_limits_but_by_a_banker_on_an_account_of_a_customers() {
    Account account = world.account(alice, EUR, 0);
    Account settlement = world.settlementAccount(EUR);

    assertThat(limit(alice, account, 5, null, null, null))
        .isEqualTo(new SetLimits.Outcome.BankersOnly());
    assertThat(limit(bob, account, 5, null, null, null))
        .isEqualTo(new SetLimits.Outcome.NoSuchAccount());
    assertThat(limit(world.banker, settlement, 5, null, null, null))
        .isEqualTo(new SetLimits.Outcome.NoSuchAccount());
    assertThat(world.now(account.id())).isEqualTo(account);
    change(alice, account.id(), StatusChange.CLOSE);
    assertThat(limit(world.banker, account, 5, null, null, null))
        .isEqualTo(new SetLimits.Outcome.Closed());
  }

  @Test
  void lowers_no_overdraft_limit_below_its_use() {
    Account account = world.account(alice, EUR, 10);
    limit(world.banker, account, 50, null, null, null);
    World.posted(world.transfer(alice, account, world.account(bob, EUR, 0), 40));
    Account before = world.now(account.id());

    assertThat(limit(world.banker, account, 29, 1L, 1L, 1L))
        .isEqualTo(new SetLimits.Outcome.OverdraftInUse(euros(30)));

    assertThat(world.now(account.id())).isEqualTo(before);
    assertThat(limit(world.banker, account, 30, null, null, null))
        .isInstanceOf(SetLimits.Outcome.Done.class);
  }

  @Test
  void sets_no_overdraft_limit_beyond_what_can_be_counted() {
    Account account = world.account(alice, EUR, 10);

    assertThat(limit(world.banker, account, Long.MAX_VALUE - 9, null, null, null))
        .isEqualTo(new SetLimits.Outcome.OverdraftTooHigh(euros(10)));
    assertThat(limit(world.banker, account, Long.MAX_VALUE - 10, null, null, null))
        .isInstanceOf(SetLimits.Outcome.Done.class);
  }

  @Test
  void writes_down_how_limits_were_changed_and_nothing_where_they_were_not() {
    Account account = world.account(alice, EUR, 0);

    limit(world.banker, account, 500, null, 50L, 0L);
    limit(world.banker, account, 500, null, 50L, 0L);

    assertThat(events(account))
        .containsExactly(
            event(
                world.banker,
                Action.LIMITS_CHANGED,
                account,
                "overdraft 0, per transfer any, per day any, per month any"
                    + " -> overdraft 500, per transfer any, per day 50, per month 0"));
  }

  private SetLimits.Outcome limit(
      Caller caller,
      Account account,
      long overdraft,
      @Nullable Long perTransfer,
      @Nullable Long perDay,
      @Nullable Long perMonth) {
    return service.set(
        new SetLimits.Command(caller, account.id(), overdraft, perTransfer, perDay, perMonth));
  }

  private static Money euros(long minorUnits) {
    return new Money(minorUnits, EUR);
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
