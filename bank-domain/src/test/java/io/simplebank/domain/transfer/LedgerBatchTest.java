package io.simplebank.domain.transfer;

import static io.simplebank.domain.account.AccountBuilder.OPENED_AT;
import static io.simplebank.domain.account.AccountBuilder.accountOf;
import static io.simplebank.domain.account.AccountBuilder.settlementAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Limit;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.account.Spending;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LedgerBatchTest {
  private static final Instant NOW = OPENED_AT.plusSeconds(3600);

  private final Account alice = accountOf("alice", 1).holding(100).build();
  private final Account bob = accountOf("bob", 2).holding(50).build();
  private final Account carol = accountOf("carol", 3).build();
  private final Account bank = settlementAccount(9).holding(-150).build();

  @Test
  void posts_a_transfer_with_its_two_entries() {
    Reference rent = new Reference("rent");
    TransferOrder order =
        new TransferOrder(Kind.TRANSFER, callerOf(alice), alice.id(), bob.id(), euros(60), rent);

    PostedTransfer posting = posted(batch(alice, bob).post(order));

    Transfer expected = new Transfer(new TransferId(1), alice.id(), bob.id(), euros(60), rent, NOW);
    assertThat(posting.transfer()).isEqualTo(expected);
    assertThat(posting.debit())
        .isEqualTo(
            new Entry(new EntryId(1), alice.id(), new TransferId(1), euros(-60), euros(40), NOW));
    assertThat(posting.credit())
        .isEqualTo(
            new Entry(new EntryId(2), bob.id(), new TransferId(1), euros(60), euros(110), NOW));
    assertThat(posting.from()).isEqualTo(alice.asOf(NOW).spent(euros(60)).booked(euros(-60), NOW));
    assertThat(posting.to()).isEqualTo(bob.asOf(NOW).booked(euros(60), NOW));
  }

  @Test
  void lets_later_orders_see_the_effects_of_earlier_ones() {
    LedgerBatch batch = batch(alice, bob, carol);

    posted(batch.post(transfer(alice, carol, 100)));
    // Carol had nothing before this batch.
    posted(batch.post(transfer(carol, bob, 70)));
    TransferOutcome outcome = batch.post(transfer(carol, alice, 31));

    assertThat(outcome).isEqualTo(declined(new Decline.InsufficientFunds(carol.id())));
    posted(batch.post(transfer(carol, alice, 30)));
    assertThat(batch.changedAccounts())
        .extracting(account -> account.balance().minorUnits())
        .containsExactly(30L, 0L, 120L);
  }

  @Test
  void changes_nothing_for_an_order_that_is_declined() {
    LedgerBatch batch = batch(alice, bob);

    TransferOutcome outcome = batch.post(transfer(alice, bob, 101));

    assertThat(outcome).isEqualTo(declined(new Decline.InsufficientFunds(alice.id())));
    assertThat(batch.postings()).isEmpty();
    assertThat(batch.changedAccounts()).isEmpty();
    assertThat(posted(batch.post(transfer(alice, bob, 100))).transfer().id())
        .as("no number is spent on a declined order")
        .isEqualTo(new TransferId(1));
  }

  @Test
  void does_not_let_a_declined_order_hurt_its_neighbours() {
    LedgerBatch batch = batch(alice, bob);

    PostedTransfer first = posted(batch.post(transfer(alice, bob, 1)));
    batch.post(transfer(alice, bob, 1000));
    PostedTransfer third = posted(batch.post(transfer(alice, bob, 2)));

    assertThat(batch.postings()).containsExactly(first, third);
    assertThat(batch.changedAccounts()).containsExactly(third.from(), third.to());
  }

  @Test
  void posts_all_orders_that_belong_together() {
    LedgerBatch batch = batch(alice, bob, carol);

    List<TransferOutcome> outcomes =
        batch.postAllOrNone(List.of(transfer(alice, carol, 100), transfer(carol, bob, 70)));

    assertThat(outcomes).hasSize(2).allMatch(TransferOutcome.Posted.class::isInstance);
    assertThat(batch.postings())
        .containsExactly(posted(outcomes.getFirst()), posted(outcomes.getLast()));
  }

  @Test
  void posts_none_of_the_orders_that_belong_together_when_one_is_declined() {
    LedgerBatch batch = batch(alice, bob, carol);
    PostedTransfer before = posted(batch.post(transfer(alice, bob, 10)));

    List<TransferOutcome> outcomes =
        batch.postAllOrNone(
            List.of(
                transfer(alice, carol, 90),
                transfer(carol, bob, 91),
                transfer(bob, carol, 1),
                transfer(carol, bob, 1000)));

    assertThat(outcomes)
        .containsExactly(
            declined(new Decline.BatchDeclined(1)),
            declined(new Decline.InsufficientFunds(carol.id())),
            declined(new Decline.BatchDeclined(1)),
            declined(new Decline.BatchDeclined(1)));
    assertThat(batch.postings()).containsExactly(before);
    assertThat(batch.changedAccounts()).containsExactly(before.from(), before.to());
    PostedTransfer after = posted(batch.post(transfer(alice, carol, 90)));
    assertThat(after.from().balance()).isEqualTo(euros(0));
    assertThat(after.to().balance()).isEqualTo(euros(90));
  }

  @Test
  void counts_what_leaves_an_account_within_the_batch() {
    Account spender = accountOf("alice", 1).holding(100).limitedTo(null, 50L, null).build();
    LedgerBatch batch = batch(spender, bob, bank);

    posted(batch.post(transfer(spender, bob, 30)));
    posted(batch.post(withdrawal(spender, 15)));
    TransferOutcome tooMuch = batch.post(transfer(spender, bob, 6));

    assertThat(tooMuch)
        .isEqualTo(declined(new Decline.LimitExceeded(spender.id(), Limit.PER_DAY, euros(5))));
    PostedTransfer last = posted(batch.post(transfer(spender, bob, 5)));
    assertThat(last.from().spending())
        .isEqualTo(new Spending(LocalDate.parse("2026-01-01"), euros(50), euros(50)));
    assertThat(last.to().spending().thatMonth()).isEqualTo(euros(0));
  }

  @Test
  void counts_nothing_of_orders_that_belong_together_when_one_is_declined() {
    Account spender = accountOf("alice", 1).holding(100).limitedTo(null, 50L, null).build();
    LedgerBatch batch = batch(spender, bob);
    posted(batch.post(transfer(spender, bob, 10)));

    List<TransferOutcome> outcomes =
        batch.postAllOrNone(List.of(transfer(spender, bob, 30), transfer(spender, bob, 11)));

    assertThat(outcomes)
        .containsExactly(
            declined(new Decline.BatchDeclined(1)),
            declined(new Decline.LimitExceeded(spender.id(), Limit.PER_DAY, euros(10))));
    assertThat(posted(batch.post(transfer(spender, bob, 40))).from().spending().thatDay())
        .isEqualTo(euros(50));
  }

  @Test
  void counts_neither_deposits_nor_reversals() {
    LedgerBatch batch = batch(alice, bob, bank);
    PostedTransfer deposit = posted(batch.post(deposit(bob, 20)));
    PostedTransfer sent = posted(batch.post(transfer(alice, bob, 40)));

    PostedTransfer reversal =
        posted(batch.reverse(new ReversalOrder(callerOf(bob), sent.transfer(), null, null)));

    assertThat(deposit.from().spending().thatMonth()).isEqualTo(euros(0));
    assertThat(reversal.from().spending().thatMonth()).isEqualTo(euros(0));
    // It has left all the same.
    assertThat(reversal.to().spending().thatMonth()).isEqualTo(euros(40));
  }

  @Test
  void counts_by_the_day_of_the_batch_even_when_its_clock_is_behind() {
    Account spender =
        accountOf("alice", 1)
            .holding(100)
            .limitedTo(null, 50L, 70L)
            .havingSpent(LocalDate.parse("2026-01-01"), 45, 45)
            .build();
    Account ahead = accountOf("bob", 2).lastPostedAt(Instant.parse("2026-01-02T00:00:00Z")).build();

    // Bob's latest entry makes it the second of January for all.
    PostedTransfer posting = posted(batch(spender, ahead).post(transfer(spender, ahead, 25)));

    assertThat(posting.from().spending())
        .isEqualTo(new Spending(LocalDate.parse("2026-01-02"), euros(25), euros(70)));
  }

  @Test
  void tells_who_ordered_each_transfer_and_under_which_key() {
    LedgerBatch batch = batch(alice, bob, carol);
    IdempotencyKey key = new IdempotencyKey("k");

    PostedTransfer first = posted(batch.under(key, () -> batch.post(transfer(alice, bob, 1))));
    PostedTransfer second = posted(batch.post(transfer(bob, carol, 1)));
    assertThat(batch.under(key, () -> batch.post(transfer(alice, bob, 1000))))
        .isInstanceOf(TransferOutcome.Declined.class);

    assertThat(batch.orders())
        .containsExactly(
            new PostedOrder(callerOf(alice), key, first),
            new PostedOrder(callerOf(bob), null, second));
  }

  @Test
  void tells_of_no_orders_that_were_declined_together() {
    LedgerBatch batch = batch(alice, bob, carol);
    PostedTransfer kept = posted(batch.post(transfer(alice, bob, 1)));

    assertThat(batch.postAllOrNone(List.of(transfer(alice, bob, 1), transfer(carol, bob, 1))))
        .allMatch(TransferOutcome.Declined.class::isInstance);

    assertThat(batch.orders()).containsExactly(new PostedOrder(callerOf(alice), null, kept));
  }

  @Test
  void forgets_the_key_of_what_failed() {
    LedgerBatch batch = batch(alice, bob);

    assertThatThrownBy(
            () ->
                batch.under(
                    new IdempotencyKey("k"),
                    () -> {
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");

    posted(batch.post(transfer(alice, bob, 1)));
    assertThat(batch.orders()).extracting(PostedOrder::key).containsOnlyNulls();
  }

  @Test
  void declines_an_order_about_an_account_that_was_not_found() {
    TransferOutcome outcome = batch(alice).post(transfer(alice, bob, 1));

    assertThat(outcome).isEqualTo(declined(new Decline.AccountNotFound(bob.id())));
  }

  @Test
  void numbers_transfers_and_entries_in_order() {
    LedgerBatch batch = batch(alice, bob);
    for (int i = 0; i < 3; i++) {
      posted(batch.post(transfer(alice, bob, 1)));
    }

    assertThat(batch.postings())
        .extracting(posting -> posting.transfer().id().value())
        .containsExactly(1L, 2L, 3L);
    assertThat(batch.postings())
        .flatExtracting(posting -> List.of(posting.debit().id(), posting.credit().id()))
        .extracting(EntryId::value)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void dates_entries_by_the_clock() {
    PostedTransfer posting = posted(batch(alice, bob).post(transfer(alice, bob, 1)));

    assertThat(posting.transfer().createdAt()).isEqualTo(NOW);
    assertThat(posting.to().lastPostedAt()).isEqualTo(NOW);
  }

  @Test
  void dates_no_entry_before_an_earlier_one_of_its_account() {
    Instant ahead = NOW.plusSeconds(5);
    Account fromTheFuture = accountOf("dora", 4).lastPostedAt(ahead).build();

    PostedTransfer posting =
        posted(batch(alice, fromTheFuture, bob).post(transfer(alice, fromTheFuture, 1)));

    assertThat(posting.transfer().createdAt()).isEqualTo(ahead);
    assertThat(posting.debit().createdAt()).isEqualTo(ahead);
    assertThat(posting.credit().createdAt()).isEqualTo(ahead);
    assertThat(posting.from().lastPostedAt()).isEqualTo(ahead);
  }

  @Test
  void gives_a_whole_batch_one_time() {
    Instant ahead = NOW.plusSeconds(5);
    Account fromTheFuture = accountOf("dora", 4).lastPostedAt(ahead).build();
    LedgerBatch batch = batch(alice, bob, fromTheFuture);

    posted(batch.post(transfer(alice, bob, 1)));
    posted(batch.post(transfer(alice, fromTheFuture, 1)));

    assertThat(batch.postings())
        .extracting(posting -> posting.transfer().createdAt())
        .containsOnly(ahead);
  }

  @Test
  void tells_each_changed_account_once_as_it_stands_in_the_end() {
    LedgerBatch batch = batch(alice, bob, carol, bank);

    posted(batch.post(transfer(alice, bob, 10)));
    PostedTransfer back = posted(batch.post(transfer(bob, alice, 4)));

    assertThat(batch.changedAccounts()).containsExactlyInAnyOrder(back.from(), back.to());
  }

  @Test
  void carries_a_settlement_account_below_zero_with_deposits() {
    LedgerBatch batch = batch(carol, bank);

    PostedTransfer posting = posted(batch.post(deposit(carol, 1000)));

    assertThat(posting.from().balance()).isEqualTo(euros(-1150));
    assertThat(posting.to().balance()).isEqualTo(euros(1000));
  }

  @Test
  void pays_withdrawals_back_to_the_settlement_account() {
    PostedTransfer posting = posted(batch(alice, bank).post(withdrawal(alice, 100)));

    assertThat(posting.from().balance()).isEqualTo(euros(0));
    assertThat(posting.to().balance()).isEqualTo(euros(-50));
  }

  @Test
  void carries_balances_to_the_last_number_and_no_further() {
    Account newBank = settlementAccount(8).build();
    LedgerBatch batch = batch(carol, bob, newBank);

    posted(batch.post(deposit(newBank, carol, Long.MAX_VALUE)));
    // There is one more number below zero than above.
    assertThat(batch.post(deposit(newBank, bob, 2)))
        .isEqualTo(declined(new Decline.BalanceOverflow(newBank.id())));
    PostedTransfer last = posted(batch.post(deposit(newBank, bob, 1)));
    assertThat(last.from().balance()).isEqualTo(euros(Long.MIN_VALUE));
    assertThat(batch.post(transfer(bob, carol, 1)))
        .isEqualTo(declined(new Decline.BalanceOverflow(carol.id())));
    PostedTransfer all =
        posted(batch.post(order(Kind.WITHDRAWAL, carol.id(), newBank.id(), Long.MAX_VALUE)));
    assertThat(all.to().balance()).isEqualTo(euros(-1));
  }

  @Test
  void sums_to_zero_after_any_batch() {
    LedgerBatch batch = batch(alice, bob, carol, bank);

    posted(batch.post(deposit(carol, 77)));
    posted(batch.post(transfer(carol, alice, 70)));
    posted(batch.post(withdrawal(alice, 170)));
    posted(batch.post(transfer(bob, carol, 50)));

    assertThat(batch.changedAccounts().stream().mapToLong(a -> a.balance().minorUnits()).sum())
        .isZero();
  }

  private static LedgerBatch batch(Account... accounts) {
    Numbering fromOne =
        new Numbering(
            LongStream.iterate(1, n -> n + 1).iterator(),
            LongStream.iterate(1, n -> n + 1).iterator());
    return new LedgerBatch(List.of(accounts), fromOne, NOW);
  }

  private TransferOrder deposit(Account to, long amount) {
    return deposit(bank, to, amount);
  }

  private static TransferOrder deposit(Account settlement, Account to, long amount) {
    return order(Kind.DEPOSIT, settlement.id(), to.id(), amount);
  }

  private TransferOrder withdrawal(Account from, long amount) {
    return order(Kind.WITHDRAWAL, from.id(), bank.id(), amount);
  }

  private static TransferOrder order(Kind kind, AccountId from, AccountId to, long amount) {
    Caller banker = new Caller(new Username("banker"), Role.BANKER);
    return new TransferOrder(kind, banker, from, to, euros(amount), null);
  }

  private static TransferOrder transfer(Account from, Account to, long amount) {
    return new TransferOrder(
        Kind.TRANSFER, callerOf(from), from.id(), to.id(), euros(amount), null);
  }

  private static Caller callerOf(Account account) {
    return new Caller(((Owner.Customer) account.owner()).username(), Role.DEPOSITOR);
  }

  private static PostedTransfer posted(TransferOutcome outcome) {
    assertThat(outcome).isInstanceOf(TransferOutcome.Posted.class);
    return ((TransferOutcome.Posted) outcome).posting();
  }

  private static TransferOutcome declined(Decline reason) {
    return new TransferOutcome.Declined(reason);
  }

  private static Money euros(long minorUnits) {
    return Money.of(minorUnits, "EUR");
  }
}
