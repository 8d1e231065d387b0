package io.simplebank.application.account;

import static io.simplebank.application.world.World.EUR;
import static io.simplebank.application.world.World.JPY;
import static io.simplebank.application.world.World.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.ListAccounts;
import io.simplebank.domain.port.in.ListEntries;
import io.simplebank.domain.port.in.OpenAccount;
import io.simplebank.domain.port.in.OpenAccount.Outcome;
import io.simplebank.domain.port.in.ViewBalance;
import io.simplebank.domain.port.in.ViewBalance.Balance;
import io.simplebank.domain.port.out.InMemoryStores;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AccountServiceTest {
  private final World world = new World();
  private final AccountService service = world.accounts;
  private final Caller alice = world.depositor("alice");
  private final Caller bob = world.depositor("bob");

  @Test
  void opens_an_account_for_the_caller() {
    Outcome outcome = open(alice, EUR);

    Account account = service.list(new ListAccounts.Query(alice, 1, 5)).getFirst();
    assertThat(outcome).isEqualTo(new Outcome.Opened(account));
    assertThat(account)
        .isEqualTo(
            Account.opened(
                account.id(), Owner.customer(alice.username()), EUR, world.clock.instant()));
  }

  @Test
  void opens_one_account_in_each_currency() {
    open(alice, EUR);

    assertThat(open(alice, EUR)).isEqualTo(new Outcome.AlreadyOpen(EUR));
    assertThat(open(alice, USD)).isInstanceOf(Outcome.Opened.class);
    assertThat(open(bob, EUR)).isInstanceOf(Outcome.Opened.class);
  }

  @Test
  void opens_no_account_in_a_currency_that_is_not_offered() {
    assertThat(open(alice, JPY)).isEqualTo(new Outcome.CurrencyNotOffered(JPY));

    assertThat(service.list(new ListAccounts.Query(alice, 1, 5))).isEmpty();
  }

  @Test
  void shows_an_account_to_its_owner_and_to_bankers_only() {
    Account account = world.account(alice, EUR, 100);

    assertThat(service.view(alice, account.id())).isCompletedWithValue(Optional.of(account));
    assertThat(service.view(world.banker, account.id())).isCompletedWithValue(Optional.of(account));
    assertThat(service.view(bob, account.id())).isCompletedWithValue(Optional.empty());
  }

  @Test
  void shows_settlement_accounts_to_bankers_only() {
    Account settlement = world.settlementAccount(EUR);

    assertThat(service.view(world.banker, settlement.id()))
        .isCompletedWithValue(Optional.of(settlement));
    assertThat(service.view(alice, settlement.id())).isCompletedWithValue(Optional.empty());
  }

  @Test
  void shows_no_account_that_does_not_exist() {
    assertThat(service.view(world.banker, new AccountId(999)))
        .isCompletedWithValue(Optional.empty());
  }

  @Test
  void lists_own_accounts_page_by_page() {
    Account euros = world.account(alice, EUR, 0);
    Account dollars = world.account(alice, USD, 0);
    world.account(bob, EUR, 0);

    assertThat(service.list(new ListAccounts.Query(alice, 1, 1))).containsExactly(euros);
    assertThat(service.list(new ListAccounts.Query(alice, 2, 1))).containsExactly(dollars);
    assertThat(service.list(new ListAccounts.Query(alice, 3, 1))).isEmpty();
    assertThat(service.list(new ListAccounts.Query(alice, 1, 100))).containsExactly(euros, dollars);
  }

  @Test
  void lists_nothing_on_the_last_page_that_can_be_asked_for() {
    world.account(alice, EUR, 0);

    // Their product is beyond 32 bits: it must not come out as some earlier page.
    assertThat(service.list(new ListAccounts.Query(alice, Integer.MAX_VALUE, 100))).isEmpty();
  }

  @Test
  void lists_a_bankers_own_accounts_too_and_no_others() {
    world.account(alice, EUR, 0);

    assertThat(service.list(new ListAccounts.Query(world.banker, 1, 100))).isEmpty();
  }

  @Test
  void opens_settlement_accounts_in_the_offered_currencies_once() {
    InMemoryStores stores = new InMemoryStores();
    AccountService first =
        new AccountService(stores.accounts(), stores.entries(), world.clock, Set.of(EUR));
    AccountService second =
        new AccountService(stores.accounts(), stores.entries(), world.clock, Set.of(EUR, USD));

    first.ensureSettlementAccounts();
    Optional<AccountId> euros = stores.accounts().findSettlementAccount(EUR);
    assertThat(euros).isPresent();
    assertThat(stores.accounts().findSettlementAccount(USD)).isEmpty();
    second.ensureSettlementAccounts();
    second.ensureSettlementAccounts();

    assertThat(stores.accounts().findSettlementAccount(EUR)).isEqualTo(euros);
    assertThat(stores.accounts().findSettlementAccount(USD)).isPresent();
  }

  @Test
  void pages_through_all_entries_newest_first() {
    Account account = accountWithEntries(7);
    List<Entry> all = world.stores.entries().list(account.id(), 100, null, null, null);
    assertThat(all).hasSize(7);

    List<List<Entry>> pages = new ArrayList<>();
    EntryId cursor = null;
    do {
      ListEntries.Page page = page(alice, account, 3, cursor);
      pages.add(page.entries());
      cursor = page.next().orElse(null);
    } while (cursor != null);

    assertThat(pages).containsExactly(all.subList(0, 3), all.subList(3, 6), all.subList(6, 7));
  }

  @Test
  void names_no_next_page_when_the_last_one_is_full() {
    Account account = accountWithEntries(6);

    ListEntries.Page first = page(alice, account, 3, null);
    ListEntries.Page second = page(alice, account, 3, first.next().orElseThrow());

    assertThat(first.next()).contains(first.entries().getLast().id());
    assertThat(second.entries()).hasSize(3);
    assertThat(second.next()).isEmpty();
    assertThat(page(alice, account, 6, null).next()).isEmpty();
  }

  @Test
  void begins_no_page_again_when_entries_come_in_meanwhile() {
    Account account = accountWithEntries(4);
    ListEntries.Page first = page(alice, account, 2, null);
    EntryId next = first.next().orElseThrow();

    World.posted(world.transfer(alice, account, world.account(bob, USD, 0), 1));
    ListEntries.Page second = page(alice, account, 2, next);

    assertThat(second.entries()).hasSize(2).doesNotContainAnyElementsOf(first.entries());
    assertThat(second.next()).isEmpty();
  }

  @Test
  void lists_entries_of_a_span_of_time() {
    Account account = accountWithEntries(5);
    List<Entry> all = world.stores.entries().list(account.id(), 100, null, null, null);
    Instant from = all.get(3).createdAt();
    Instant to = all.get(0).createdAt();

    ListEntries.Page page =
        service.list(new ListEntries.Query(alice, account.id(), 2, null, from, to)).orElseThrow();

    assertThat(page.entries()).containsExactlyElementsOf(all.subList(1, 3));
    assertThat(page.next()).contains(all.get(2).id());
  }

  @Test
  void shows_an_empty_page_of_an_account_without_entries() {
    Account account = world.account(alice, EUR, 0);

    assertThat(page(alice, account, 10, null).entries()).isEmpty();
    assertThat(page(alice, account, 10, null).next()).isEmpty();
  }

  @Test
  void shows_entries_to_the_owner_and_to_bankers_only() {
    Account account = accountWithEntries(2);

    assertThat(page(world.banker, account, 10, null).entries()).hasSize(2);
    assertThat(service.list(new ListEntries.Query(bob, account.id(), 10, null, null, null)))
        .isEmpty();
    assertThat(
            service.list(
                new ListEntries.Query(world.banker, new AccountId(999), 10, null, null, null)))
        .isEmpty();
  }

  @Test
  void knows_the_balance_at_each_moment() {
    Account account = accountWithEntries(3);
    List<Entry> all = world.stores.entries().list(account.id(), 100, null, null, null);

    for (Entry entry : all) {
      Instant at = entry.createdAt();
      assertThat(balance(alice, account, at))
          .contains(new Balance(account.id(), entry.balanceAfter(), at));
    }
    assertThat(balance(alice, account, all.getLast().createdAt().plusNanos(1)))
        .map(Balance::amount)
        .contains(all.getLast().balanceAfter());
  }

  @Test
  void knows_the_balance_of_now_when_no_moment_is_named() {
    Account account = accountWithEntries(3);
    world.clock.advance(Duration.ofHours(1));

    assertThat(balance(alice, account, null))
        .contains(
            new Balance(account.id(), world.now(account.id()).balance(), world.clock.instant()));
  }

  @Test
  void knows_nothing_on_an_account_before_it_was_opened() {
    Account account = accountWithEntries(2);
    Instant before = account.createdAt().minusSeconds(1);

    assertThat(balance(alice, account, before))
        .contains(new Balance(account.id(), Money.zero(USD), before));
  }

  @Test
  void knows_of_the_future_no_more_than_of_now() {
    Account account = accountWithEntries(2);
    Instant now = world.clock.instant();

    assertThat(balance(alice, account, now.plusSeconds(3600)))
        .contains(new Balance(account.id(), world.now(account.id()).balance(), now));
  }

  @Test
  void counts_what_a_server_with_a_clock_ahead_has_posted() {
    Account account = accountWithEntries(2);
    Account now = world.now(account.id());
    Instant posted = now.lastPostedAt();

    world.clock.advance(Duration.ofSeconds(-5));

    assertThat(balance(alice, account, null))
        .contains(new Balance(account.id(), now.balance(), posted));
    assertThat(balance(alice, account, posted.plusSeconds(1)))
        .contains(new Balance(account.id(), now.balance(), posted));
    assertThat(balance(alice, account, posted.minusNanos(1)))
        .map(Balance::amount)
        .isNotEqualTo(Optional.of(now.balance()));
  }

  @Test
  void shows_a_balance_to_the_owner_and_to_bankers_only() {
    Account account = world.account(alice, EUR, 100);

    assertThat(balance(world.banker, account, null).orElseThrow().amount())
        .isEqualTo(account.balance());
    assertThat(balance(bob, account, null)).isEmpty();
    assertThat(balance(bob, account, account.createdAt())).isEmpty();
    assertThat(service.view(new ViewBalance.Query(world.banker, new AccountId(999), null)))
        .isEmpty();
  }

  private Optional<Balance> balance(Caller caller, Account account, @Nullable Instant at) {
    return service.view(new ViewBalance.Query(caller, account.id(), at));
  }

  private Outcome open(Caller caller, Currency currency) {
    return service.open(new OpenAccount.Command(caller, currency));
  }

  private ListEntries.Page page(
      Caller caller, Account account, int limit, @Nullable EntryId before) {
    return service
        .list(new ListEntries.Query(caller, account.id(), limit, before, null, null))
        .orElseThrow();
  }

  /** An account of Alice's in dollars with that many entries, one second apart. */
  private Account accountWithEntries(int entries) {
    Account account = world.account(alice, USD, 1000);
    Account sink = world.account(world.depositor("sink"), USD, 0);
    for (int i = 1; i < entries; i++) {
      world.clock.advance(Duration.ofSeconds(1));
      World.posted(world.transfer(alice, account, sink, 1));
    }
    return account;
  }
}
