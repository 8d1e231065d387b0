package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every {@link AccountRepository} does. */
public abstract class AccountRepositoryContract extends StoresContract {
  /** For the tests of each store that keeps this contract. */
  protected AccountRepositoryContract() {}

  @Test
  void opens_an_account_with_nothing_on_it() {
    User user = registeredUser();
    Owner owner = Owner.customer(user.username());

    Account account = stores().accounts().open(owner, EUR, NOW).orElseThrow();

    assertThat(account).isEqualTo(Account.opened(account.id(), owner, EUR, NOW));
  }

  @Test
  void finds_an_account_as_opened() {
    Account account = openedAccount(JPY);

    assertThat(stores().accounts().find(account.id())).contains(account);
  }

  @Test
  void finds_no_account_of_an_unknown_number() {
    assertThat(stores().accounts().find(new AccountId(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void opens_no_second_account_in_a_currency() {
    User user = registeredUser();
    Account first = openedAccount(user, EUR);

    Optional<Account> second =
        stores().accounts().open(Owner.customer(user.username()), EUR, NOW.plusSeconds(1));

    assertThat(second).isEmpty();
    assertThat(stores().accounts().list(user.username(), 0, 10, NOW)).containsExactly(first);
  }

  @Test
  void opens_accounts_of_one_user_in_several_currencies() {
    User user = registeredUser();

    Account euros = openedAccount(user, EUR);
    Account dollars = openedAccount(user, USD);

    assertThat(stores().accounts().list(user.username(), 0, 10, NOW))
        .containsExactlyInAnyOrder(euros, dollars);
  }

  @Test
  void gives_each_account_a_number_of_its_own() {
    assertThat(openedAccount(EUR).id()).isNotEqualTo(openedAccount(EUR).id());
  }

  @Test
  void refuses_an_account_of_nobody() {
    Username nobody = new Username(freshName());

    assertThatThrownBy(() -> stores().accounts().open(Owner.customer(nobody), EUR, NOW))
        .isInstanceOf(RuntimeException.class);

    assertThat(stores().accounts().list(nobody, 0, 10, NOW)).isEmpty();
  }

  @Test
  void lets_the_transaction_go_on_when_there_is_an_account_already() {
    User user = registeredUser();
    Owner owner = Owner.customer(user.username());
    openedAccount(user, EUR);

    Optional<Account> dollars =
        stores()
            .transactions()
            .inTransaction(
                () -> {
                  assertThat(stores().accounts().open(owner, EUR, NOW)).isEmpty();
                  return stores().accounts().open(owner, USD, NOW);
                });

    assertThat(stores().accounts().find(dollars.orElseThrow().id())).isEqualTo(dollars);
  }

  @Test
  void lets_only_one_of_many_simultaneous_requests_open_an_account() throws Exception {
    User user = registeredUser();
    Owner owner = Owner.customer(user.username());

    List<Optional<Account>> accounts =
        simultaneously(8, () -> stores().accounts().open(owner, EUR, NOW));

    assertThat(accounts.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(stores().accounts().list(user.username(), 0, 10, NOW)).hasSize(1);
  }

  @Test
  void opens_another_account_where_the_one_before_was_closed() {
    User user = registeredUser();
    Account first = updated(openedAccount(user, EUR), StatusChange.CLOSE);

    Account second = openedAccount(user, EUR);

    assertThat(second)
        .isEqualTo(Account.opened(second.id(), Owner.customer(user.username()), EUR, NOW))
        .isNotEqualTo(first);
    assertThat(stores().accounts().open(Owner.customer(user.username()), EUR, NOW)).isEmpty();
    Account closed = updated(second, StatusChange.CLOSE);
    Account third = openedAccount(user, EUR);
    assertThat(stores().accounts().list(user.username(), 0, 10, NOW))
        .containsExactly(first, closed, third);
  }

  @Test
  void opens_no_other_account_where_there_is_a_frozen_one() {
    User user = registeredUser();
    Account frozen = updated(openedAccount(user, EUR), StatusChange.FREEZE);

    assertThat(stores().accounts().open(Owner.customer(user.username()), EUR, NOW)).isEmpty();

    assertThat(found(frozen.id())).isEqualTo(frozen);
  }

  @Test
  void writes_what_is_decided_about_an_account_and_leaves_its_money_alone() {
    Account account = fundedAccount(EUR, 70);

    Account frozen = updated(account, StatusChange.FREEZE);

    assertThat(frozen.status()).isEqualTo(AccountStatus.FROZEN);
    assertThat(found(account.id())).isEqualTo(frozen);
    assertThat(updated(frozen, StatusChange.UNFREEZE)).isEqualTo(account);
    assertThat(found(account.id())).isEqualTo(account);
  }

  @Test
  void writes_the_limits_of_an_account() {
    Account account = fundedAccount(EUR, 70);
    Money much = new Money(Long.MAX_VALUE, EUR);

    for (Limits limits :
        List.of(
            new Limits(new Money(1, EUR), new Money(0, EUR), much),
            new Limits(null, much, null),
            Limits.NONE)) {
      Account limited =
          updated(account.id(), locked -> locked.limitedTo(new Money(500, EUR), limits));

      assertThat(limited.limits()).isEqualTo(limits);
      assertThat(limited.available().minorUnits()).isEqualTo(570);
      assertThat(found(account.id())).isEqualTo(limited);
    }
  }

  @Test
  void takes_back_what_was_decided_when_the_transaction_fails() {
    Account account = openedAccount(EUR);

    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inTransaction(
                        () -> {
                          updatedWithin(account, StatusChange.CLOSE);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(found(account.id())).isEqualTo(account);
  }

  @Test
  void locks_nothing_where_there_is_no_account() {
    AccountId nowhere = new AccountId(Long.MAX_VALUE);

    assertThat(stores().transactions().inTransaction(() -> stores().accounts().lock(nowhere)))
        .isEmpty();
  }

  @Test
  void refuses_to_update_an_account_that_does_not_exist() {
    Account phantom =
        Account.opened(
            new AccountId(Long.MAX_VALUE), Owner.customer(new Username(freshName())), EUR, NOW);

    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inTransaction(
                        () -> {
                          stores().accounts().update(phantom);
                          return phantom;
                        }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void leaves_no_money_on_an_account_that_is_closed_while_deposits_come_in() throws Exception {
    for (int round = 0; round < 5; round++) {
      Account account = openedAccount(EUR);
      AtomicInteger turns = new AtomicInteger();

      List<Boolean> done =
          simultaneously(
              6,
              () -> turns.getAndIncrement() == 3 ? closed(account.id()) : deposited(account, 10));

      // Whoever came first, the others were told.
      Account after = found(account.id());
      if (after.status() == AccountStatus.CLOSED) {
        assertThat(after.balance().isZero()).isTrue();
        assertThat(done).containsOnlyOnce(true);
      } else {
        assertThat(after.balance().minorUnits()).isEqualTo(50);
        assertThat(done).containsOnlyOnce(false);
      }
    }
  }

  private boolean closed(AccountId id) {
    return stores()
        .transactions()
        .inTransaction(
            () -> {
              Account locked = stores().accounts().lock(id).orElseThrow();
              boolean empty = locked.balance().isZero();
              if (empty) {
                stores().accounts().update(locked.changedBy(StatusChange.CLOSE));
              }
              return empty;
            });
  }

  private boolean deposited(Account account, long minorUnits) {
    TransferOrder order = deposit(account, minorUnits);
    return stores()
        .transactions()
        .inTransaction(
            () -> {
              Ledger ledger = stores().ledger();
              BatchKey key = BatchKey.random();
              LedgerBatch batch = opened(1, order.from(), order.to()).batch(NOW);
              boolean posted = batch.post(order) instanceof TransferOutcome.Posted;
              ledger.write(key, batch, List.of());
              return posted;
            });
  }

  private Account updated(AccountId id, UnaryOperator<Account> change) {
    return stores()
        .transactions()
        .inTransaction(
            () -> {
              Account changed = change.apply(stores().accounts().lock(id).orElseThrow());
              stores().accounts().update(changed);
              return changed;
            });
  }

  private Account updated(Account account, StatusChange change) {
    return stores().transactions().inTransaction(() -> updatedWithin(account, change));
  }

  private Account updatedWithin(Account account, StatusChange change) {
    Account locked = stores().accounts().lock(account.id()).orElseThrow();
    assertThat(locked).isEqualTo(account);
    Account changed = locked.changedBy(change);
    stores().accounts().update(changed);
    return changed;
  }

  @Test
  void keeps_one_settlement_account_in_each_currency() {
    AccountId euros = settlementAccount(EUR);
    AccountId dollars = settlementAccount(USD);

    assertThat(stores().accounts().open(Owner.bank(), EUR, NOW)).isEmpty();

    assertThat(stores().accounts().findSettlementAccount(EUR)).contains(euros);
    assertThat(dollars).isNotEqualTo(euros);
    assertThat(found(euros).isSettlement()).isTrue();
    assertThat(found(euros).currency()).isEqualTo(EUR);
    assertThat(found(dollars).currency()).isEqualTo(USD);
  }

  @Test
  void finds_no_settlement_account_where_none_was_opened() {
    // An account of a customer's in that currency is none of the bank's.
    Currency unusual = Currency.getInstance("UYI");
    openedAccount(unusual);

    assertThat(stores().accounts().findSettlementAccount(unusual)).isEmpty();
  }

  @Test
  void lists_accounts_by_number() {
    User user = registeredUser();
    List<Account> accounts = openedAccounts(user);

    assertThat(stores().accounts().list(user.username(), 0, 100, NOW))
        .containsExactlyElementsOf(accounts);
  }

  @Test
  void lists_a_part_of_the_accounts() {
    User user = registeredUser();
    List<Account> accounts = openedAccounts(user);

    assertThat(stores().accounts().list(user.username(), 0, 2, NOW))
        .containsExactlyElementsOf(accounts.subList(0, 2));
    assertThat(stores().accounts().list(user.username(), 2, 2, NOW))
        .containsExactlyElementsOf(accounts.subList(2, 4));
    assertThat(stores().accounts().list(user.username(), 4, 2, NOW))
        .containsExactlyElementsOf(accounts.subList(4, 5));
  }

  @Test
  void lists_nothing_past_the_last_account() {
    User user = registeredUser();
    openedAccounts(user);

    assertThat(stores().accounts().list(user.username(), 5, 2, NOW)).isEmpty();
    // Page 2147483647 of 100.
    assertThat(stores().accounts().list(user.username(), 214_748_364_600L, 100, NOW)).isEmpty();
  }

  @Test
  void lists_no_accounts_of_others() {
    Account mine = openedAccount(EUR);
    openedAccount(EUR);
    settlementAccount(EUR);
    Owner.Customer me = (Owner.Customer) mine.owner();

    assertThat(stores().accounts().list(me.username(), 0, 100, NOW)).containsExactly(mine);
  }

  @Test
  void shows_what_has_expired_as_released_although_nobody_has_come_by() {
    Account from = fundedAccount(EUR, 100);
    Instant start = from.lastPostedAt();
    Account to = openedAccount(EUR);
    Transfer brief = setAside(start, from, to, 60, Duration.ofSeconds(10));
    Transfer lengthy = setAside(start, from, to, 30, Duration.ofSeconds(20));
    Account stored = found(from.id());
    Owner.Customer owner = (Owner.Customer) from.owner();

    for (Instant soon : List.of(start, start.plusSeconds(10).minusNanos(1))) {
      assertThat(shown(from.id(), soon)).contains(stored);
      assertThat(stores().accounts().list(owner.username(), 0, 10, soon)).containsExactly(stored);
    }
    Account afterOne = stored.withReleased(brief.amount(), stored.lastPostedAt());
    Account afterBoth = afterOne.withReleased(lengthy.amount(), stored.lastPostedAt());
    assertThat(shown(from.id(), start.plusSeconds(10))).contains(afterOne);
    assertThat(stores().accounts().list(owner.username(), 0, 10, start.plusSeconds(20)))
        .containsExactly(afterBoth);
    assertThat(shown(to.id(), start.plusSeconds(20))).contains(to);
    assertThat(found(from.id())).isEqualTo(stored);
  }

  @Test
  void shows_no_account_of_an_unknown_number() {
    assertThat(shown(new AccountId(Long.MAX_VALUE), NOW)).isEmpty();
  }

  @Test
  void lists_nothing_for_a_user_without_accounts() {
    assertThat(stores().accounts().list(registeredUser().username(), 0, 100, NOW)).isEmpty();
    assertThat(stores().accounts().list(new Username(freshName()), 0, 100, NOW)).isEmpty();
  }

  /** Five accounts, by number. */
  private List<Account> openedAccounts(User user) {
    List<Account> accounts = new ArrayList<>();
    for (String code : List.of("USD", "EUR", "JPY", "CHF", "GBP")) {
      accounts.add(openedAccount(user, Currency.getInstance(code)));
    }
    accounts.sort(Comparator.comparing(Account::id));
    return accounts;
  }

  private Optional<Account> shown(AccountId id, Instant at) {
    return stores().accounts().find(id, at).toCompletableFuture().join();
  }
}
