package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.PostedTransfer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link EntryRepository} does. */
public abstract class EntryRepositoryContract extends StoresContract {
  private static final Duration TICK = Duration.ofNanos(1000);
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** An account with a history, newest first, of entries one microsecond apart. */
  private record History(AccountId account, List<Entry> entries) {
    Entry entry(int index) {
      return entries.get(index);
    }

    Instant timeOf(int index) {
      return entries.get(index).createdAt();
    }
  }

  /** For the tests of each store that keeps this contract. */
  protected EntryRepositoryContract() {}

  @Test
  void lists_entries_as_written_newest_first() {
    History history = history(5);

    assertThat(stores().entries().list(history.account(), 100, null, null, null))
        .containsExactlyElementsOf(history.entries());
  }

  @Test
  void lists_no_more_than_the_limit() {
    History history = history(5);

    assertThat(stores().entries().list(history.account(), 2, null, null, null))
        .containsExactlyElementsOf(history.entries().subList(0, 2));
    assertThat(stores().entries().list(history.account(), 5, null, null, null)).hasSize(5);
  }

  @Test
  void lists_entries_before_another() {
    History history = history(5);

    assertThat(stores().entries().list(history.account(), 2, history.entry(1).id(), null, null))
        .containsExactlyElementsOf(history.entries().subList(2, 4));
    assertThat(stores().entries().list(history.account(), 2, history.entry(4).id(), null, null))
        .isEmpty();
  }

  @Test
  void lists_entries_from_a_time_on_including_it() {
    History history = history(5);

    assertThat(stores().entries().list(history.account(), 100, null, history.timeOf(2), null))
        .containsExactlyElementsOf(history.entries().subList(0, 3));
    assertThat(
            stores()
                .entries()
                .list(history.account(), 100, null, history.timeOf(0).plus(TICK), null))
        .isEmpty();
  }

  @Test
  void lists_entries_before_a_time_excluding_it() {
    History history = history(5);

    assertThat(stores().entries().list(history.account(), 100, null, null, history.timeOf(2)))
        .containsExactlyElementsOf(history.entries().subList(3, 5));
    assertThat(stores().entries().list(history.account(), 100, null, null, history.timeOf(4)))
        .isEmpty();
  }

  @Test
  void lists_entries_of_a_span_of_time() {
    History history = history(5);

    assertThat(
            stores()
                .entries()
                .list(history.account(), 100, null, history.timeOf(3), history.timeOf(1)))
        .containsExactlyElementsOf(history.entries().subList(2, 4));
    assertThat(
            stores()
                .entries()
                .list(history.account(), 100, null, history.timeOf(2), history.timeOf(2)))
        .isEmpty();
    assertThat(
            stores()
                .entries()
                .list(history.account(), 100, null, history.timeOf(1), history.timeOf(3)))
        .isEmpty();
  }

  @Test
  void combines_all_restrictions() {
    History history = history(7);

    assertThat(
            stores()
                .entries()
                .list(
                    history.account(),
                    2,
                    history.entry(2).id(),
                    history.timeOf(5),
                    history.timeOf(0)))
        .containsExactlyElementsOf(history.entries().subList(3, 5));
    assertThat(
            stores()
                .entries()
                .list(history.account(), 100, history.entry(2).id(), history.timeOf(5), null))
        .containsExactlyElementsOf(history.entries().subList(3, 6));
    assertThat(
            stores()
                .entries()
                .list(history.account(), 100, history.entry(5).id(), null, history.timeOf(0)))
        .containsExactlyElementsOf(history.entries().subList(6, 7));
  }

  @Test
  void lists_entries_of_one_moment_by_number() {
    Account account = fundedAccount(EUR, 100);
    Account other = openedAccount(EUR);
    Instant now = account.lastPostedAt();

    List<PostedTransfer> postings =
        post(now, transfer(account, other, 10), transfer(account, other, 20));

    assertThat(stores().entries().list(account.id(), 2, null, now, null))
        .containsExactly(postings.get(1).debit(), postings.get(0).debit());
  }

  @Test
  void lists_only_entries_of_the_account() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);

    PostedTransfer posting = post(NOW, transfer(from, to, 60)).getFirst();

    assertThat(stores().entries().list(to.id(), 100, null, null, null))
        .containsExactly(posting.credit());
  }

  @Test
  void lists_nothing_for_an_account_without_entries() {
    assertThat(stores().entries().list(openedAccount(EUR).id(), 100, null, null, null)).isEmpty();
    assertThat(stores().entries().list(new AccountId(Long.MAX_VALUE), 100, null, null, null))
        .isEmpty();
  }

  @Test
  void lists_entries_by_times_finer_than_those_of_entries() {
    History history = history(3);
    Instant rightAfter = history.timeOf(1).plusNanos(1);
    Instant rightBefore = history.timeOf(1).minusNanos(1);

    assertThat(stores().entries().list(history.account(), 100, null, rightAfter, null))
        .containsExactlyElementsOf(history.entries().subList(0, 1));
    assertThat(stores().entries().list(history.account(), 100, null, rightBefore, null))
        .containsExactlyElementsOf(history.entries().subList(0, 2));
    assertThat(stores().entries().list(history.account(), 100, null, null, rightAfter))
        .containsExactlyElementsOf(history.entries().subList(1, 3));
    assertThat(stores().entries().list(history.account(), 100, null, null, rightBefore))
        .containsExactlyElementsOf(history.entries().subList(2, 3));
  }

  @Test
  void knows_the_balance_at_any_time() {
    History history = history(5);
    Account account = found(history.account());

    for (int i = 0; i < 5; i++) {
      Money balance = history.entry(i).balanceAfter();
      Instant time = history.timeOf(i);
      assertThat(stores().entries().balance(account, time)).isEqualTo(balance);
      assertThat(stores().entries().balance(account, time.plusNanos(1))).isEqualTo(balance);
      assertThat(stores().entries().balance(account, time.plus(TICK).minusNanos(1)))
          .isEqualTo(balance);
    }
    assertThat(stores().entries().balance(account, LATEST)).isEqualTo(account.balance());
  }

  @Test
  void knows_a_balance_of_zero_before_the_first_entry() {
    History history = history(2);
    Account account = found(history.account());
    Money zero = Money.zero(EUR);

    assertThat(stores().entries().balance(account, history.timeOf(1).minusNanos(1)))
        .isEqualTo(zero);
    assertThat(stores().entries().balance(account, account.createdAt().minusSeconds(1)))
        .isEqualTo(zero);
    assertThat(stores().entries().balance(account, EARLIEST)).isEqualTo(zero);
    assertThat(stores().entries().balance(openedAccount(JPY), LATEST)).isEqualTo(Money.zero(JPY));
  }

  @Test
  void knows_the_balance_after_the_last_of_several_entries_of_one_moment() {
    Account account = fundedAccount(EUR, 100);
    Account other = openedAccount(EUR);
    Instant time = account.lastPostedAt().plus(TICK);

    post(time, transfer(account, other, 10), transfer(account, other, 20));

    assertThat(stores().entries().balance(account, time)).isEqualTo(new Money(70, EUR));
    assertThat(stores().entries().balance(other, time)).isEqualTo(new Money(30, EUR));
    assertThat(stores().entries().balance(account, time.minusNanos(1)))
        .isEqualTo(new Money(100, EUR));
  }

  @Test
  void knows_a_balance_below_zero() {
    Account settlement = found(settlementAccount(EUR));
    PostedTransfer deposit = post(NOW, deposit(openedAccount(EUR), 100)).getFirst();

    assertThat(stores().entries().balance(settlement, deposit.debit().createdAt()))
        .isEqualTo(deposit.debit().balanceAfter())
        .satisfies(balance -> assertThat(balance.isNegative()).isTrue());
  }

  private History history(int size) {
    Account account = openedAccount(EUR);
    List<Entry> entries = new ArrayList<>();
    entries.add(post(NOW, deposit(account, 1000)).getFirst().credit());
    // A settlement account that others use too may have moved the first entry to a later time.
    Instant time = entries.getFirst().createdAt();
    Account other = openedAccount(EUR);
    while (entries.size() < size) {
      time = time.plus(TICK);
      entries.addFirst(post(time, transfer(account, other, 10)).getFirst().debit());
    }
    return new History(account.id(), List.copyOf(entries));
  }
}
