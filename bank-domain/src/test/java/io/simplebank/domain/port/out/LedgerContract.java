package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Limit;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.account.Spending;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.out.Ledger.Inquiry;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.LedgerProperty;
import io.simplebank.domain.transfer.Numbering;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Resolution;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.transfer.TransferStatus;
import io.simplebank.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link Ledger} does. */
public abstract class LedgerContract extends StoresContract {
  private static final AccountId NO_ACCOUNT = new AccountId(Long.MAX_VALUE);

  private static final class Failure extends RuntimeException {
    Failure() {
      super("on purpose");
    }
  }

  /** For the tests of each store that keeps this contract. */
  protected LedgerContract() {}

  @Test
  void locks_those_accounts_that_exist_by_number() {
    List<Account> accounts =
        new ArrayList<>(List.of(openedAccount(EUR), fundedAccount(USD, 70), openedAccount(JPY)));
    accounts.sort(Comparator.comparing(Account::id));
    List<AccountId> asked = new ArrayList<>(accounts.stream().map(Account::id).toList());
    Collections.reverse(asked);
    asked.add(1, NO_ACCOUNT);

    List<Account> locked = locked(asked);

    assertThat(locked).containsExactlyElementsOf(accounts);
  }

  @Test
  void locks_an_account_once_however_often_it_is_named() {
    Account account = openedAccount(EUR);

    List<Account> locked = locked(List.of(account.id(), account.id(), account.id()));

    assertThat(locked).containsExactly(account);
  }

  @Test
  void locks_a_settlement_account() {
    AccountId settlement = settlementAccount(EUR);

    List<Account> locked = locked(List.of(settlement));

    assertThat(locked).hasSize(1).allMatch(Account::isSettlement);
  }

  @Test
  void locks_nothing_where_nothing_exists() {
    assertThat(locked(List.of(NO_ACCOUNT))).isEmpty();
    assertThat(locked(List.of())).isEmpty();
  }

  @Test
  void sees_under_the_lock_what_was_committed_before() {
    Account account = fundedAccount(EUR, 100);
    Account other = openedAccount(EUR);

    PostedTransfer posting = post(NOW, transfer(account, other, 40)).getFirst();

    assertThat(locked(List.of(account.id(), other.id())))
        .containsExactlyInAnyOrder(posting.from(), posting.to());
  }

  @Test
  void sets_aside_enough_numbers_all_different() {
    List<TransferId> transfers = new ArrayList<>();
    List<EntryId> entries = new ArrayList<>();
    withLedger(
        ledger -> {
          Numbering numbering = opened(50).numbering();
          for (int i = 0; i < 50; i++) {
            transfers.add(numbering.nextTransferId());
            entries.add(numbering.nextEntryId());
            entries.add(numbering.nextEntryId());
          }
          return numbering;
        });

    assertThat(transfers).hasSize(50).doesNotHaveDuplicates();
    assertThat(entries)
        .hasSize(100)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.comparingLong(EntryId::value));
  }

  @Test
  void numbers_entries_upwards_from_transaction_to_transaction() {
    Account account = fundedAccount(EUR, 1000);
    Account other = openedAccount(EUR);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      // Batches of different sizes, so that blocks of numbers meet unevenly.
      PostedTransfer[] postings =
          i % 2 == 0
              ? post(NOW, transfer(account, other, 1)).toArray(PostedTransfer[]::new)
              : post(NOW, transfer(account, other, 1), transfer(account, other, 1))
                  .toArray(PostedTransfer[]::new);
      Stream.of(postings).map(PostedTransfer::debit).forEach(entries::add);
    }

    assertThat(entries).extracting(entry -> entry.id().value()).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void uses_no_number_twice_even_when_a_transaction_fails() {
    Account account = fundedAccount(EUR, 1000);
    Account other = openedAccount(EUR);
    List<PostedTransfer> failed = new ArrayList<>();
    assertThatThrownBy(
            () ->
                withLedger(
                    ledger -> {
                      failed.addAll(postWithin(NOW, transfer(account, other, 1)));
                      throw new Failure();
                    }))
        .isInstanceOf(Failure.class);

    PostedTransfer kept = post(NOW, transfer(account, other, 1)).getFirst();

    assertThat(kept.transfer().id()).isNotEqualTo(failed.getFirst().transfer().id());
    assertThat(kept.debit().id().value()).isGreaterThan(failed.getFirst().credit().id().value());
  }

  @Test
  void writes_transfers_entries_and_balances() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    Instant later = from.lastPostedAt().plusSeconds(60);

    PostedTransfer posting = post(later, transfer(from, to, 60)).getFirst();

    assertThat(found(from.id())).isEqualTo(posting.from());
    assertThat(found(to.id())).isEqualTo(posting.to());
    assertThat(found(from.id()).balance().minorUnits()).isEqualTo(40);
    assertThat(found(to.id()).balance().minorUnits()).isEqualTo(60);
    assertThat(found(to.id()).lastPostedAt()).isEqualTo(later);
    assertThat(found(to.id()).createdAt()).isEqualTo(NOW);
    assertThat(stores().transfers().find(posting.transfer().id())).contains(posting.transfer());
    assertThat(entriesOf(from)).contains(posting.debit());
    assertThat(entriesOf(to)).containsExactly(posting.credit());
  }

  @Test
  void writes_a_batch_that_changes_one_account_many_times() {
    Account hub = fundedAccount(EUR, 100);
    Account first = openedAccount(EUR);
    Account second = openedAccount(EUR);

    List<PostedTransfer> postings =
        post(
            NOW,
            transfer(hub, first, 100),
            transfer(first, second, 70),
            transfer(second, hub, 5),
            transfer(hub, first, 1));

    assertThat(found(hub.id()).balance().minorUnits()).isEqualTo(4);
    assertThat(found(first.id()).balance().minorUnits()).isEqualTo(31);
    assertThat(found(second.id()).balance().minorUnits()).isEqualTo(65);
    assertThat(entriesOf(first))
        .containsExactly(
            postings.get(3).credit(), postings.get(1).debit(), postings.get(0).credit());
    assertThat(entriesOf(hub)).hasSize(4).startsWith(postings.get(3).debit());
  }

  @Test
  void writes_a_batch_in_several_currencies() {
    Account euros = openedAccount(EUR);
    Account yen = openedAccount(JPY);

    post(NOW, deposit(euros, 1234), deposit(yen, 5678));

    assertThat(found(euros.id()).balance().minorUnits()).isEqualTo(1234);
    assertThat(found(yen.id()).balance().minorUnits()).isEqualTo(5678);
    assertThat(found(yen.id()).currency()).isEqualTo(JPY);
  }

  @Test
  void writes_a_large_batch() {
    Account from = fundedAccount(EUR, 1000);
    Account to = openedAccount(EUR);

    List<PostedTransfer> postings =
        stores()
            .transactions()
            .inTransaction(
                () ->
                    postWithin(
                        NOW,
                        Collections.nCopies(1000, transfer(from, to, 1))
                            .toArray(TransferOrder[]::new)));

    assertThat(found(from.id()).balance().minorUnits()).isZero();
    assertThat(found(to.id()).balance().minorUnits()).isEqualTo(1000);
    assertThat(stores().entries().list(to.id(), 2000, null, null, null))
        .hasSize(1000)
        .startsWith(postings.getLast().credit());
  }

  @Test
  void carries_a_settlement_account_below_zero() {
    Account account = openedAccount(EUR);
    AccountId settlement = settlementAccount(EUR);
    long before = found(settlement).balance().minorUnits();

    post(NOW, deposit(account, 500));

    assertThat(found(settlement).balance().minorUnits()).isEqualTo(before - 500);
  }

  @Test
  void carries_the_largest_amounts() {
    // A currency of this test's own: its settlement account is brought back to where it was.
    Currency unusual = Currency.getInstance("CLF");
    Account first = openedAccount(unusual);
    Account second = openedAccount(unusual);
    try {
      post(NOW, deposit(first, Long.MAX_VALUE));
      PostedTransfer posting = post(NOW, transfer(first, second, Long.MAX_VALUE)).getFirst();

      assertThat(found(second.id()).balance().minorUnits()).isEqualTo(Long.MAX_VALUE);
      assertThat(found(second.id())).isEqualTo(posting.to());
      assertThat(stores().transfers().find(posting.transfer().id())).contains(posting.transfer());
      assertThat(entriesOf(first)).startsWith(posting.debit());
      assertThat(entriesOf(second)).containsExactly(posting.credit());
    } finally {
      for (Account account : List.of(first, second)) {
        long left = found(account.id()).balance().minorUnits();
        if (left > 0) {
          post(NOW, withdrawal(account, left));
        }
      }
    }
  }

  @Test
  void refuses_to_write_to_an_account_that_does_not_exist() {
    Account from = fundedAccount(EUR, 100);
    Account phantom =
        Account.opened(NO_ACCOUNT, Owner.customer(registeredUser().username()), EUR, NOW);

    assertThatThrownBy(
            () ->
                withLedger(
                    ledger -> {
                      List<Account> locked =
                          new ArrayList<>(opened(1, from.id(), phantom.id()).accounts());
                      locked.add(phantom);
                      LedgerBatch batch = new LedgerBatch(locked, opened(1).numbering(), NOW);
                      assertThat(batch.post(transfer(from, phantom, 1)))
                          .isInstanceOf(TransferOutcome.Posted.class);
                      ledger.write(BatchKey.random(), batch, List.of());
                      return batch;
                    }))
        .isInstanceOf(RuntimeException.class);

    assertThat(found(from.id())).isEqualTo(from);
    assertThat(entriesOf(from)).hasSize(1);
  }

  @Test
  void writes_what_has_left_an_account_with_the_day() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    Instant lastMoment = momentsBeforeAMonthEnds(from.lastPostedAt());
    LocalDate day = LocalDate.ofInstant(lastMoment, ZoneOffset.UTC);

    post(lastMoment, transfer(from, to, 30), transfer(to, from, 10), transfer(from, to, 5));
    Spending before = found(from.id()).spending();
    post(lastMoment.plusSeconds(1), transfer(from, to, 7));

    assertThat(before).isEqualTo(new Spending(day, new Money(35, EUR), new Money(35, EUR)));
    assertThat(found(to.id()).spending().day()).isEqualTo(day.plusDays(1));
    assertThat(found(to.id()).spending().thatMonth().isZero()).isTrue();
    assertThat(found(from.id()).spending())
        .isEqualTo(new Spending(day.plusDays(1), new Money(7, EUR), new Money(7, EUR)));
  }

  private void limit(Account account, Limits limits) {
    stores()
        .transactions()
        .inTransaction(
            () -> {
              Account locked = stores().accounts().lock(account.id()).orElseThrow();
              Account limited = locked.limitedTo(locked.overdraftLimit(), limits);
              stores().accounts().update(limited);
              return limited;
            });
  }

  private TransferOutcome decided(TransferOrder order) {
    return withLedger(
        ledger -> {
          LedgerBatch batch = opened(1, order.from(), order.to()).batch(NOW);
          TransferOutcome outcome = batch.post(order);
          ledger.write(BatchKey.random(), batch, List.of());
          return outcome;
        });
  }

  private static Instant momentsBeforeAMonthEnds(Instant after) {
    return YearMonth.from(after.atOffset(ZoneOffset.UTC))
        .plusMonths(1)
        .atEndOfMonth()
        .plusDays(1)
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC)
        .minusNanos(1000);
  }

  @Test
  void lets_no_more_leave_on_a_day_than_may_when_many_come_at_once() throws Exception {
    Account from = fundedAccount(EUR, 1000);
    Account to = openedAccount(EUR);
    limit(from, new Limits(null, new Money(100, EUR), null));

    List<TransferOutcome> outcomes = simultaneously(8, () -> decided(transfer(from, to, 30)));

    assertThat(outcomes).filteredOn(TransferOutcome.Posted.class::isInstance).hasSize(3);
    assertThat(outcomes)
        .filteredOn(TransferOutcome.Declined.class::isInstance)
        .containsOnly(
            new TransferOutcome.Declined(
                new Decline.LimitExceeded(from.id(), Limit.PER_DAY, new Money(10, EUR))));
    assertThat(found(to.id()).balance().minorUnits()).isEqualTo(90);
    assertThat(found(from.id()).spending().thatDay().minorUnits()).isEqualTo(90);
  }

  @Test
  void knows_how_much_of_a_transfer_has_been_reversed() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    List<PostedTransfer> postings = post(NOW, transfer(from, to, 60), transfer(from, to, 40));
    Transfer twice = postings.get(0).transfer();
    Transfer never = postings.get(1).transfer();
    assertThat(reverse(twice, 20)).isInstanceOf(TransferOutcome.Posted.class);
    assertThat(reverse(twice, 5)).isInstanceOf(TransferOutcome.Posted.class);

    assertThat(opened(twice.id(), never.id(), twice.id(), new TransferId(999_999_999)).reversed())
        .isEqualTo(Map.of(twice.id(), 25L));
  }

  @Test
  void reverses_no_more_than_was_moved_when_many_come_at_once() throws Exception {
    Account from = fundedAccount(EUR, 100);
    Account to = fundedAccount(EUR, 1000);
    Transfer original = post(NOW, transfer(from, to, 100)).getFirst().transfer();

    List<TransferOutcome> outcomes = simultaneously(8, () -> reverse(original, 30));

    assertThat(outcomes).filteredOn(TransferOutcome.Posted.class::isInstance).hasSize(3);
    assertThat(found(from.id()).balance().minorUnits()).isEqualTo(90);
    assertThat(found(to.id()).balance().minorUnits()).isEqualTo(1010);
  }

  @Test
  void sets_money_aside_without_entries() {
    Account from = fundedAccount(EUR, 100);
    Instant start = from.lastPostedAt();
    Account to = openedAccount(EUR);
    Instant later = start.plusSeconds(5);

    Transfer pending = setAside(later, from, to, 60, Duration.ofSeconds(10));

    assertThat(stores().transfers().find(pending.id())).contains(pending);
    assertThat(pending.status()).isEqualTo(TransferStatus.PENDING);
    assertThat(pending.expiresAt()).isEqualTo(start.plusSeconds(15));
    assertThat(found(from.id()))
        .isEqualTo(from.asOf(later).spent(pending.amount()).withSetAside(pending.amount(), later));
    assertThat(found(to.id())).isEqualTo(to);
    assertThat(entriesOf(to)).isEmpty();
    assertThat(entriesOf(from)).hasSize(1);
  }

  @Test
  void settles_a_part_and_releases_the_rest() {
    Account from = fundedAccount(EUR, 100);
    Instant start = from.lastPostedAt();
    Account to = openedAccount(EUR);
    Transfer pending = setAside(start, from, to, 60, Duration.ofSeconds(10));
    Transfer other = setAside(start, from, to, 40, Duration.ofSeconds(10));

    TransferOutcome outcome = settle(start.plusSeconds(9), pending, 25);

    assertThat(outcome).isInstanceOf(TransferOutcome.Posted.class);
    PostedTransfer posting = ((TransferOutcome.Posted) outcome).posting();
    assertThat(posting.transfer().settles()).isEqualTo(pending.id());
    assertThat(stores().transfers().find(posting.transfer().id())).contains(posting.transfer());
    assertThat(stores().transfers().find(pending.id()))
        .contains(pending.becoming(TransferStatus.POSTED));
    assertThat(stores().transfers().find(other.id())).contains(other);
    assertThat(found(from.id())).isEqualTo(posting.from());
    assertThat(found(from.id()).balance().minorUnits()).isEqualTo(75);
    assertThat(found(from.id()).available().minorUnits()).isEqualTo(35);
    assertThat(entriesOf(to)).containsExactly(posting.credit());
  }

  @Test
  void releases_what_was_set_aside() {
    Account from = fundedAccount(EUR, 100);
    Instant start = from.lastPostedAt();
    Account to = openedAccount(EUR);
    Transfer pending = setAside(start, from, to, 60, Duration.ofSeconds(10));

    assertThat(release(start, pending)).isInstanceOf(TransferOutcome.Voided.class);

    assertThat(stores().transfers().find(pending.id()))
        .contains(pending.becoming(TransferStatus.VOIDED));
    // What was set aside counts as spent, and stays so.
    assertThat(found(from.id())).isEqualTo(from.spent(pending.amount()));
    assertThat(settle(start, pending, 1))
        .isEqualTo(new TransferOutcome.Declined(new Decline.TransferAlreadyVoided(pending.id())));
    assertThat(release(start, pending))
        .isEqualTo(new TransferOutcome.Declined(new Decline.TransferAlreadyVoided(pending.id())));
  }

  @Test
  void releases_what_has_expired_when_anybody_comes_by_and_no_sooner() {
    Account from = fundedAccount(EUR, 100);
    Instant start = from.lastPostedAt();
    Account to = openedAccount(EUR);
    Transfer brief = setAside(start, from, to, 60, Duration.ofSeconds(10));
    Transfer lengthy = setAside(start, from, to, 30, Duration.ofSeconds(20));
    Instant end = start.plusSeconds(10);

    assertThat(touch(end.minusNanos(1000), List.of(from.id()))).isEmpty();
    assertThat(touch(end, List.of(to.id())))
        .as("the recipient has nothing to do with it")
        .isEmpty();
    assertThat(touch(end, List.of(from.id())))
        .containsExactly(new Resolution(brief.id(), TransferStatus.EXPIRED, end));
    assertThat(touch(end, List.of(from.id()))).as("once").isEmpty();

    assertThat(stores().transfers().find(brief.id()))
        .contains(brief.becoming(TransferStatus.EXPIRED));
    assertThat(stores().transfers().find(lengthy.id())).contains(lengthy);
    assertThat(found(from.id()).pendingDebits().minorUnits()).isEqualTo(30);
    assertThat(settle(start, brief, 1))
        .as("though the clock of this server is behind")
        .isEqualTo(new TransferOutcome.Declined(new Decline.TransferExpired(brief.id())));
  }

  @Test
  void knows_what_has_become_of_pending_transfers() {
    Account from = fundedAccount(EUR, 100);
    Instant start = from.lastPostedAt();
    Account to = openedAccount(EUR);
    Transfer settled = setAside(start, from, to, 10, Duration.ofDays(1));
    Transfer untouched = setAside(start, from, to, 20, Duration.ofDays(1));
    Transfer expired = setAside(start, from, to, 30, Duration.ofSeconds(1));
    PostedTransfer posted = post(start, transfer(from, to, 40)).getFirst();
    assertThat(settle(start, settled, 10)).isInstanceOf(TransferOutcome.Posted.class);
    List<TransferId> named = List.of(settled.id(), untouched.id(), posted.transfer().id());

    assertThat(pendings(named, start.plusSeconds(1), from, to))
        .containsExactlyInAnyOrder(settled.becoming(TransferStatus.POSTED), untouched, expired);
    assertThat(pendings(named, start, from, to))
        .containsExactlyInAnyOrder(settled.becoming(TransferStatus.POSTED), untouched);
    assertThat(pendings(List.of(), start.plusSeconds(1), to)).isEmpty();
    assertThat(pendings(List.of(expired.id(), expired.id()), start.plusSeconds(1), from))
        .containsExactly(expired);
  }

  private List<Transfer> pendings(List<TransferId> named, Instant horizon, Account... accounts) {
    List<AccountId> ids = Stream.of(accounts).map(Account::id).toList();
    return opened(new Inquiry(ids, 0, List.of(), named, horizon)).pendings();
  }

  @Test
  void tells_a_batch_of_what_expires_while_it_is_decided_and_releases_no_more_than_has_expired() {
    Account from = fundedAccount(EUR, 100);
    Instant start = from.lastPostedAt();
    Transfer first = setAside(start, from, openedAccount(EUR), 10, Duration.ofSeconds(1));
    Transfer second = setAside(start, from, openedAccount(EUR), 20, Duration.ofSeconds(2));
    Inquiry inquiry = Inquiry.of(0, List.of(from.id()), start.plusSeconds(60));

    Ledger.Opening opening = opened(inquiry);

    assertThat(opening.pendings()).containsExactlyInAnyOrder(first, second);
    assertThat(opening.batch(start.plusMillis(1500)).resolutions())
        .extracting(Resolution::pending)
        .containsExactly(first.id());
  }

  @Test
  void resolves_a_pending_transfer_once_when_many_come_at_once() throws Exception {
    for (int round = 0; round < 10; round++) {
      Account from = fundedAccount(EUR, 100);
      Instant start = from.lastPostedAt();
      Account to = openedAccount(EUR);
      Instant end = start.plusSeconds(10);
      Transfer pending = setAside(start, from, to, 60, Duration.ofSeconds(10));
      // Some clocks say that it is time, and others do not.
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tasks.add(() -> settle(start, pending, 25) instanceof TransferOutcome.Posted);
        tasks.add(() -> release(start, pending) instanceof TransferOutcome.Voided);
        tasks.add(() -> !touch(end, List.of(from.id())).isEmpty());
      }
      Collections.shuffle(tasks);

      List<Boolean> wins = simultaneously(tasks);

      assertThat(wins).containsOnlyOnce(true);
      long moved =
          stores().transfers().find(pending.id()).orElseThrow().status() == TransferStatus.POSTED
              ? 25
              : 0;
      assertThat(found(from.id()).available().minorUnits()).isEqualTo(100 - moved);
      assertThat(found(from.id()).pendingDebits().minorUnits()).isZero();
      assertThat(found(to.id()).balance().minorUnits()).isEqualTo(moved);
    }
  }

  @Test
  void refuses_to_write_a_second_resolution() {
    Account from = fundedAccount(EUR, 100);
    Instant start = from.lastPostedAt();
    Account to = openedAccount(EUR);
    Transfer pending = setAside(start, from, to, 60, Duration.ofDays(1));
    Account locked = found(from.id());
    assertThat(release(start, pending)).isInstanceOf(TransferOutcome.Voided.class);
    Account voided = found(from.id());

    assertThatThrownBy(
            () ->
                withLedger(
                    ledger -> {
                      // What a batch would do that was decided on what it saw before.
                      assertThat(opened(0, from.id(), to.id()).accounts()).hasSize(2);
                      LedgerBatch stale =
                          new LedgerBatch(
                              List.of(locked, to),
                              Map.of(),
                              List.of(pending),
                              opened(1).numbering(),
                              start.plus(Duration.ofDays(2)));
                      ledger.write(BatchKey.random(), stale, List.of());
                      return stale;
                    }))
        .isInstanceOf(RuntimeException.class);

    assertThat(found(from.id())).isEqualTo(voided);
  }

  @Test
  void knows_a_batch_again_that_was_written() {
    BatchKey written = BatchKey.random();
    BatchKey failed = BatchKey.random();
    withLedger(ledger -> writtenWithout(ledger, written, answer(freshKey(), "kept")));
    assertThatThrownBy(
            () ->
                withLedger(
                    ledger -> {
                      writtenWithout(ledger, failed, answer(freshKey(), "lost"));
                      throw new Failure();
                    }))
        .isInstanceOf(Failure.class);

    Inquiry inquiry = Inquiry.of(0, List.of(), NOW);
    assertThat(withLedger(ledger -> ledger.open(written, inquiry)).written()).isTrue();
    assertThat(withLedger(ledger -> ledger.open(failed, inquiry)).written()).isFalse();
    assertThat(withLedger(ledger -> opened(1)).written()).isFalse();
  }

  @Test
  void remembers_answers_with_the_money_and_to_the_letter() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    RememberedAnswer brief = answer(freshKey(), "");
    RememberedAnswer lengthy = answer(freshKey(), "{\"a\":\"äß🏦\\u0000'\"}\n".repeat(20_000));
    ScopedKey unknown = freshKey();

    withLedger(
        ledger -> {
          LedgerBatch batch = opened(1, from.id(), to.id()).batch(NOW);
          batch.post(transfer(from, to, 60));
          ledger.write(BatchKey.random(), batch, List.of(brief, lengthy));
          return batch;
        });

    assertThat(found(to.id()).balance().minorUnits()).isEqualTo(60);
    assertThat(remembered(brief.key(), unknown, lengthy.key()))
        .isEqualTo(Map.of(brief.key(), brief, lengthy.key(), lengthy));
  }

  @Test
  void remembers_no_answer_of_a_transaction_that_fails() {
    RememberedAnswer answer = answer(freshKey(), "never given");

    assertThatThrownBy(
            () ->
                withLedger(
                    ledger -> {
                      writtenWithout(ledger, BatchKey.random(), answer);
                      throw new Failure();
                    }))
        .isInstanceOf(Failure.class);

    assertThat(remembered(answer.key())).isEmpty();
  }

  @Test
  void tells_keys_apart_by_user_operation_and_case() {
    User user = registeredUser();
    IdempotencyKey key = new IdempotencyKey("key-" + freshName());
    List<ScopedKey> keys =
        List.of(
            new ScopedKey(user.username(), Operation.TRANSFER, key),
            new ScopedKey(user.username(), Operation.DEPOSIT, key),
            new ScopedKey(registeredUser().username(), Operation.TRANSFER, key),
            new ScopedKey(
                user.username(),
                Operation.TRANSFER,
                new IdempotencyKey(key.value().toUpperCase(Locale.ROOT))));
    List<RememberedAnswer> answers = keys.stream().map(k -> answer(k, k.toString())).toList();

    withLedger(
        ledger ->
            writtenWithout(ledger, BatchKey.random(), answers.toArray(RememberedAnswer[]::new)));

    assertThat(remembered(keys.toArray(ScopedKey[]::new)).values())
        .containsExactlyInAnyOrderElementsOf(answers);
  }

  @Test
  void gives_all_who_come_with_one_key_at_once_the_answer_of_the_first() throws Exception {
    ScopedKey key = freshKey();
    Inquiry inquiry = new Inquiry(List.of(), 0, List.of(key), List.of(), NOW);
    AtomicInteger turns = new AtomicInteger();

    List<RememberedAnswer> given =
        simultaneously(
            8,
            () ->
                stores()
                    .transactions()
                    .inRepeatableTransaction(
                        () -> {
                          // No account stands between them: the key alone makes them wait.
                          Ledger ledger = stores().ledger();
                          BatchKey batch = BatchKey.random();
                          RememberedAnswer before =
                              ledger.open(batch, inquiry).remembered().get(key);
                          if (before != null) {
                            return before;
                          }
                          RememberedAnswer own = answer(key, "turn " + turns.incrementAndGet());
                          return writtenWithout(ledger, batch, own);
                        }));

    assertThat(Set.copyOf(given)).hasSize(1);
    assertThat(remembered(key)).containsValue(given.getFirst());
  }

  @Test
  void keeps_what_an_independent_model_of_the_ledger_says() {
    LedgerProperty.of(() -> new StoredLedger(stores())).holdsFor(10, 60);
  }

  @Test
  void loses_no_update_among_many_threads() throws Exception {
    int threads = 8;
    long each = 25;
    Account from = fundedAccount(EUR, threads * each);
    Account to = openedAccount(EUR);

    simultaneously(
        threads,
        () -> {
          for (int i = 0; i < each; i++) {
            post(NOW, transfer(from, to, 1));
          }
          return threads;
        });

    assertThat(found(from.id()).balance().minorUnits()).isZero();
    assertThat(found(to.id()).balance().minorUnits()).isEqualTo(threads * each);
    assertThatEntriesExplainTheBalance(from);
    assertThatEntriesExplainTheBalance(to);
  }

  @Test
  void lets_opposite_transfers_go_on_side_by_side() throws Exception {
    int threads = 8;
    long each = 25;
    Account first = fundedAccount(EUR, threads * each);
    Account second = fundedAccount(EUR, threads * each);

    simultaneously(
        threads,
        () -> {
          for (int i = 0; i < each; i++) {
            // Named in both orders: only locks taken by number keep these from a deadlock.
            post(NOW, transfer(first, second, 1));
            post(NOW, transfer(second, first, 1));
          }
          return threads;
        });

    assertThat(found(first.id()).balance()).isEqualTo(first.balance());
    assertThat(found(second.id()).balance()).isEqualTo(second.balance());
    assertThatEntriesExplainTheBalance(first);
    assertThatEntriesExplainTheBalance(second);
  }

  /** Oldest first, each entry continues from the balance that the one before it left behind. */
  private void assertThatEntriesExplainTheBalance(Account account) {
    long balance = 0;
    Instant time = Instant.MIN;
    Set<EntryId> seen = new HashSet<>();
    for (Entry entry : stores().entries().list(account.id(), 5000, null, null, null).reversed()) {
      balance += entry.amount().minorUnits();
      assertThat(entry.balanceAfter().minorUnits()).isEqualTo(balance);
      assertThat(entry.createdAt()).isAfterOrEqualTo(time);
      assertThat(seen.add(entry.id())).isTrue();
      time = entry.createdAt();
    }
    assertThat(found(account.id()).balance().minorUnits()).isEqualTo(balance);
  }

  private List<Entry> entriesOf(Account account) {
    return stores().entries().list(account.id(), 100, null, null, null);
  }

  /** Writes these answers and no transfer; returns the first of them. */
  private static RememberedAnswer writtenWithout(
      Ledger ledger, BatchKey key, RememberedAnswer... answers) {
    Numbering none = new Numbering(Collections.emptyIterator(), Collections.emptyIterator());
    ledger.write(key, new LedgerBatch(List.of(), none, NOW), List.of(answers));
    return answers[0];
  }

  private Map<ScopedKey, RememberedAnswer> remembered(ScopedKey... keys) {
    return opened(new Inquiry(List.of(), 0, List.of(keys), List.of(), NOW)).remembered();
  }

  private List<Account> locked(List<AccountId> ids) {
    return opened(Inquiry.of(0, ids, NOW)).accounts();
  }

  private Ledger.Opening opened(TransferId... originals) {
    return opened(new Inquiry(List.of(), 0, List.of(), List.of(originals), NOW));
  }

  private Ledger.Opening opened(Inquiry inquiry) {
    return withLedger(ledger -> ledger.open(BatchKey.random(), inquiry));
  }

  private <T> T withLedger(Function<Ledger, T> work) {
    return stores().transactions().inTransaction(() -> work.apply(stores().ledger()));
  }
}
