package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
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
    assertThat(stores().accounts().list(user.username(), 0, 10)).containsExactly(first);
  }

  @Test
  void opens_accounts_of_one_user_in_several_currencies() {
    User user = registeredUser();

    Account euros = openedAccount(user, EUR);
    Account dollars = openedAccount(user, USD);

    assertThat(stores().accounts().list(user.username(), 0, 10))
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

    assertThat(stores().accounts().list(nobody, 0, 10)).isEmpty();
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
    assertThat(stores().accounts().list(user.username(), 0, 10)).hasSize(1);
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

    assertThat(stores().accounts().list(user.username(), 0, 100))
        .containsExactlyElementsOf(accounts);
  }

  @Test
  void lists_a_part_of_the_accounts() {
    User user = registeredUser();
    List<Account> accounts = openedAccounts(user);

    assertThat(stores().accounts().list(user.username(), 0, 2))
        .containsExactlyElementsOf(accounts.subList(0, 2));
    assertThat(stores().accounts().list(user.username(), 2, 2))
        .containsExactlyElementsOf(accounts.subList(2, 4));
    assertThat(stores().accounts().list(user.username(), 4, 2))
        .containsExactlyElementsOf(accounts.subList(4, 5));
  }

  @Test
  void lists_nothing_past_the_last_account() {
    User user = registeredUser();
    openedAccounts(user);

    assertThat(stores().accounts().list(user.username(), 5, 2)).isEmpty();
    // Page 2147483647 of 100.
    assertThat(stores().accounts().list(user.username(), 214_748_364_600L, 100)).isEmpty();
  }

  @Test
  void lists_no_accounts_of_others() {
    Account mine = openedAccount(EUR);
    openedAccount(EUR);
    settlementAccount(EUR);
    Owner.Customer me = (Owner.Customer) mine.owner();

    assertThat(stores().accounts().list(me.username(), 0, 100)).containsExactly(mine);
  }

  @Test
  void lists_nothing_for_a_user_without_accounts() {
    assertThat(stores().accounts().list(registeredUser().username(), 0, 100)).isEmpty();
    assertThat(stores().accounts().list(new Username(freshName()), 0, 100)).isEmpty();
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
}
