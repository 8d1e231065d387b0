package io.simplebank.application.transfer;

import static io.simplebank.application.world.World.EUR;
import static io.simplebank.application.world.World.JPY;
import static io.simplebank.application.world.World.USD;
import static io.simplebank.application.world.World.outcomeOf;
import static io.simplebank.application.world.World.posted;
import static io.simplebank.application.world.World.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.ReverseTransfer;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.WithdrawMoney;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.transfer.TransferOutcome.Declined;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TransferServiceTest {
  private static final AccountId NO_ACCOUNT = new AccountId(999);

  private final World world = new World();
  private final TransferService service = world.transfers;
  private final Caller alice = world.depositor("alice");
  private final Caller bob = world.depositor("bob");
  private final Account hers = world.account(alice, EUR, 100);
  private final Account his = world.account(bob, EUR, 0);
  private final Account hisDollars = world.account(bob, USD, 30);

  @Test
  void moves_money_between_two_customers() {
    world.clock.advance(Duration.ofMinutes(1));
    Reference rent = new Reference("rent");

    PostedTransfer posting =
        posted(
            transfer(
                service, new TransferMoney.Command(alice, hers.id(), his.id(), euros(60), rent)));

    assertThat(posting.transfer().reference()).isEqualTo(rent);
    assertThat(posting.transfer().createdAt()).isEqualTo(world.clock.instant());
    assertThat(world.now(hers.id())).isEqualTo(posting.from());
    assertThat(world.now(his.id())).isEqualTo(posting.to());
    assertThat(world.balance(hers)).isEqualTo(40);
    assertThat(world.balance(his)).isEqualTo(60);
    assertThat(world.stores.transfers().find(posting.transfer().id())).contains(posting.transfer());
    assertThat(entries(hers)).startsWith(posting.debit());
    assertThat(entries(his)).containsExactly(posting.credit());
  }

  @Test
  void deposits_from_the_settlement_account() {
    PostedTransfer posting = posted(deposit(world.banker, his, euros(500)));

    assertThat(posting.transfer().from()).isEqualTo(world.settlementAccount(EUR).id());
    assertThat(world.balance(his)).isEqualTo(500);
    assertThat(world.balance(world.settlementAccount(EUR))).isEqualTo(-600);
  }

  @Test
  void withdraws_to_the_settlement_account() {
    PostedTransfer posting = posted(withdraw(world.banker, hers, euros(100)));

    assertThat(posting.transfer().to()).isEqualTo(world.settlementAccount(EUR).id());
    assertThat(world.balance(hers)).isZero();
    assertThat(world.balance(world.settlementAccount(EUR))).isZero();
  }

  @Test
  void writes_down_which_banker_moved_cash_and_from_where() {
    UUID session = new UUID(1, 2);
    Caller banker = new Caller(world.banker.username(), Role.BANKER, session, "192.0.2.7");
    int before = world.stores.audited("account " + his.id().value()).size();

    PostedTransfer deposit = posted(deposit(banker, his, euros(5)));
    PostedTransfer withdrawal = posted(withdraw(banker, his, euros(2)));
    assertThat(withdraw(banker, his, euros(9))).isInstanceOf(Declined.class);
    posted(world.transfer(bob, his, hers, 1));

    List<AuditEvent> events = world.stores.audited("account " + his.id().value());
    assertThat(events.subList(before, events.size()))
        .containsExactly(
            staffEvent(banker, Action.DEPOSITED, "account " + his.id().value(), deposit),
            staffEvent(banker, Action.WITHDRAWN, "account " + his.id().value(), withdrawal));
  }

  @Test
  void writes_down_which_banker_gave_a_transfer_back_and_from_where() {
    Caller banker = new Caller(world.banker.username(), Role.BANKER, new UUID(1, 2), "192.0.2.7");
    TransferId id = posted(world.transfer(alice, hers, his, 60)).transfer().id();

    PostedTransfer reversal = posted(reverse(banker, id, 40L));
    assertThat(reverse(banker, id, 21L)).isInstanceOf(Declined.class);
    posted(reverse(bob, id, 20L));

    String subject = "transfer " + id.value();
    assertThat(world.stores.audited(subject))
        .containsExactly(staffEvent(banker, Action.REVERSED, subject, reversal));
  }

  @Test
  void declines_deposits_and_withdrawals_by_depositors() {
    assertDeclined(deposit(alice, hers, euros(1)), new Decline.BankersOnly());
    assertDeclined(withdraw(alice, hers, euros(1)), new Decline.BankersOnly());
  }

  @Test
  void declines_an_amount_of_nothing() {
    assertDeclined(world.transfer(alice, hers, his, 0), new Decline.AmountNotPositive(euros(0)));
  }

  @Test
  void declines_a_transfer_within_one_account() {
    assertDeclined(world.transfer(alice, hers, hers, 1), new Decline.SameAccount(hers.id()));
  }

  @Test
  void tells_nobody_whether_an_account_of_another_exists() {
    assertDeclined(world.transfer(bob, hers, his, 1), new Decline.AccountNotFound(hers.id()));
    assertDeclined(
        transfer(service, new TransferMoney.Command(bob, NO_ACCOUNT, his.id(), euros(1), null)),
        new Decline.AccountNotFound(NO_ACCOUNT));
  }

  @Test
  void declines_a_transfer_to_an_account_that_does_not_exist() {
    assertDeclined(
        transfer(service, new TransferMoney.Command(alice, hers.id(), NO_ACCOUNT, euros(1), null)),
        new Decline.AccountNotFound(NO_ACCOUNT));
  }

  @Test
  void declines_a_deposit_to_an_account_that_does_not_exist() {
    assertDeclined(
        outcomeOf(
            once ->
                service.deposit(
                    new DepositMoney.Command(world.banker, NO_ACCOUNT, euros(1), null), once)),
        new Decline.AccountNotFound(NO_ACCOUNT));
  }

  @Test
  void declines_a_transfer_from_a_frozen_account_and_to_a_closed_one() {
    Account carols = world.account(world.depositor("carol"), EUR, 0);
    world.put(carols, AccountStatus.CLOSED);
    assertDeclined(
        world.transfer(alice, hers, carols, 1),
        new Decline.AccountNotOpen(carols.id(), AccountStatus.CLOSED));

    world.put(hers, AccountStatus.FROZEN);
    assertDeclined(
        world.transfer(alice, hers, his, 1),
        new Decline.AccountNotOpen(hers.id(), AccountStatus.FROZEN));
  }

  @Test
  void declines_a_transfer_in_another_currency() {
    assertDeclined(
        world.transfer(alice, hers, hisDollars, 1),
        new Decline.CurrencyMismatch(hisDollars.id(), USD, EUR));
    assertDeclined(
        deposit(world.banker, hers, new Money(1, USD)),
        new Decline.CurrencyMismatch(hers.id(), EUR, USD));
  }

  @Test
  void declines_a_transfer_that_would_overdraw() {
    assertDeclined(world.transfer(alice, hers, his, 101), new Decline.InsufficientFunds(hers.id()));
    assertDeclined(
        withdraw(world.banker, hers, euros(101)), new Decline.InsufficientFunds(hers.id()));
  }

  @Test
  void declines_what_could_not_be_counted_any_more() {
    assertDeclined(
        deposit(world.banker, hers, euros(Long.MAX_VALUE)),
        new Decline.BalanceOverflow(world.settlementAccount(EUR).id()));
  }

  @Test
  void declines_cash_in_a_currency_that_is_not_offered() {
    Currency yen = JPY;

    assertDeclined(
        deposit(world.banker, hers, new Money(1, yen)), new Decline.CurrencyNotOffered(yen));
    assertDeclined(
        withdraw(world.banker, hers, new Money(1, yen)), new Decline.CurrencyNotOffered(yen));
  }

  @Test
  void shows_a_transfer_to_its_parties_and_to_bankers_only() {
    PostedTransfer posting = posted(world.transfer(alice, hers, his, 1));
    TransferId id = posting.transfer().id();

    assertThat(service.view(alice, id)).contains(posting.transfer());
    assertThat(service.view(bob, id)).contains(posting.transfer());
    assertThat(service.view(world.banker, id)).contains(posting.transfer());
    assertThat(service.view(world.depositor("mallory"), id)).isEmpty();
  }

  @Test
  void shows_a_deposit_to_whom_it_was_made() {
    PostedTransfer posting = posted(deposit(world.banker, hers, euros(5)));

    assertThat(service.view(alice, posting.transfer().id())).contains(posting.transfer());
    assertThat(service.view(bob, posting.transfer().id())).isEmpty();
  }

  @Test
  void shows_no_transfer_that_does_not_exist() {
    assertThat(service.view(world.banker, new TransferId(999))).isEqualTo(Optional.empty());
  }

  @Test
  void reverses_a_transfer_in_parts_and_no_further() {
    Transfer original = posted(world.transfer(alice, hers, his, 60)).transfer();

    Transfer first = posted(reverse(bob, original.id(), 25L)).transfer();
    Transfer rest = posted(reverse(world.banker, original.id(), null)).transfer();

    assertThat(first.reverses()).isEqualTo(original.id());
    assertThat(rest.amount()).isEqualTo(euros(35));
    assertThat(service.view(alice, rest.id())).contains(rest);
    assertThat(reverse(bob, original.id(), 1L))
        .isEqualTo(new Declined(new Decline.ReversalExceedsOriginal(original.id(), euros(0))));
    assertThat(world.balance(hers)).isEqualTo(100);
  }

  @Test
  void reverses_for_recipients_and_bankers_only() {
    TransferId id = posted(world.transfer(alice, hers, his, 60)).transfer().id();

    assertThat(reverse(alice, id, null)).isEqualTo(new Declined(new Decline.RecipientOnly(id)));
    assertThat(reverse(world.depositor("mallory"), id, null))
        .isEqualTo(new Declined(new Decline.TransferNotFound(id)));
    assertThat(world.balance(his)).isEqualTo(60);
  }

  @Test
  void reverses_deposits_for_bankers_only() {
    TransferId id = posted(deposit(world.banker, hers, euros(5))).transfer().id();

    assertThat(reverse(alice, id, null)).isEqualTo(new Declined(new Decline.BankersOnly()));
    posted(reverse(world.banker, id, null));

    assertThat(world.balance(hers)).isEqualTo(100);
    assertThat(world.balance(world.settlementAccount(EUR))).isEqualTo(-100);
  }

  @Test
  void reverses_no_transfer_that_does_not_exist() {
    assertDeclined(
        reverse(world.banker, new TransferId(999), null),
        new Decline.TransferNotFound(new TransferId(999)));
  }

  @Test
  void decides_the_orders_of_a_batch_in_turn() {
    List<TransferOutcome> outcomes =
        post(
            service,
            order(bob, his, hers, 1),
            order(alice, hers, his, 100),
            order(bob, his, hers, 30),
            order(alice, hers, his, 31));

    assertThat(outcomes.get(0)).isEqualTo(new Declined(new Decline.InsufficientFunds(his.id())));
    assertThat(posted(outcomes.get(1)).to().balance()).isEqualTo(euros(100));
    assertThat(posted(outcomes.get(2)).to().balance()).isEqualTo(euros(30));
    assertThat(outcomes.get(3)).isEqualTo(new Declined(new Decline.InsufficientFunds(hers.id())));
    assertThat(world.balance(hers)).isEqualTo(30);
    assertThat(world.balance(his)).isEqualTo(70);
    assertThat(entries(his)).hasSize(2);
  }

  @Test
  void transfers_many_at_once_each_with_an_outcome_of_its_own() {
    Account carols = world.account(world.depositor("carol"), EUR, 0);

    List<TransferOutcome> outcomes =
        batch(false, item(hers, his, 60), item(hers, carols, 41), item(hers, carols, 40));

    assertThat(posted(outcomes.get(0)).to().balance()).isEqualTo(euros(60));
    assertThat(outcomes.get(1)).isEqualTo(new Declined(new Decline.InsufficientFunds(hers.id())));
    assertThat(posted(outcomes.get(2)).from().balance()).isEqualTo(euros(0));
    assertThat(world.balance(carols)).isEqualTo(40);
  }

  @Test
  void transfers_all_or_none() {
    assertThat(batch(true, item(hers, his, 60), item(hers, his, 41)))
        .containsExactly(
            new Declined(new Decline.BatchDeclined(1)),
            new Declined(new Decline.InsufficientFunds(hers.id())));
    assertNothingMoved();

    assertThat(batch(true, item(hers, his, 60), item(hers, his, 40)))
        .allMatch(TransferOutcome.Posted.class::isInstance);
    assertThat(world.balance(his)).isEqualTo(100);
  }

  @Test
  void transfers_in_a_batch_from_accounts_of_the_callers_only() {
    assertThat(batch(false, item(his, hers, 1)))
        .containsExactly(new Declined(new Decline.AccountNotFound(his.id())));
  }

  @Test
  void posts_nothing_where_nothing_is_ordered() {
    assertThat(service.post(List.of())).isEmpty();
  }

  @Test
  void takes_one_transaction_and_one_call_of_each_kind_for_a_whole_batch() {
    Transactions transactions = mock(delegatesTo(world.stores.transactions()));
    Ledger ledger = mock(delegatesTo(world.stores.ledger()));

    List<TransferOutcome> outcomes =
        post(
            serviceOn(transactions, ledger, world.clock),
            order(alice, hers, his, 1),
            order(alice, hers, his, 2),
            order(bob, hisDollars, his, 3));

    assertThat(outcomes).hasSize(3);
    verify(transactions, times(1)).inRepeatableTransaction(any());
    verify(ledger, times(1)).open(any(), any());
    verify(ledger, times(1)).write(any(), any(), any());
  }

  @Test
  void dates_a_batch_by_one_look_at_the_clock_under_the_locks() {
    Ledger ledger =
        mock(
            invocation -> {
              Object result = delegatesTo(world.stores.ledger()).answer(invocation);
              world.clock.advance(Duration.ofSeconds(1));
              return result;
            });
    Instant before = world.clock.instant();

    List<TransferOutcome> outcomes =
        post(
            serviceOn(world.stores.transactions(), ledger, world.clock),
            order(alice, hers, his, 1),
            order(alice, hers, his, 2));

    assertThat(outcomes)
        .extracting(outcome -> World.posted(outcome).transfer().createdAt())
        .containsOnly(before.plusSeconds(1));
    verify(ledger, times(1)).open(any(), any());
  }

  @Test
  void releases_what_has_expired_while_it_waited_long_for_the_locks() {
    TransferOrder pending =
        new TransferOrder(
            Kind.TRANSFER, alice, hers.id(), his.id(), euros(60), null, Duration.ofHours(1));
    assertThat(post(service, pending)).hasOnlyElementsOfType(TransferOutcome.Pending.class);
    AtomicInteger openings = new AtomicInteger();
    Ledger ledger =
        mock(
            invocation -> {
              Object result = delegatesTo(world.stores.ledger()).answer(invocation);
              if (result instanceof Ledger.Opening && openings.incrementAndGet() == 1) {
                world.clock.advance(Duration.ofHours(1));
              }
              return result;
            });

    List<TransferOutcome> outcomes =
        post(
            serviceOn(world.stores.transactions(), ledger, world.clock),
            order(alice, hers, his, 100));

    outcomes.forEach(World::posted);
    assertThat(openings).hasValue(2);
  }

  @Test
  void writes_nothing_when_everything_is_declined() {
    Ledger ledger = mock(delegatesTo(world.stores.ledger()));

    List<TransferOutcome> outcomes =
        post(
            serviceOn(world.stores.transactions(), ledger, world.clock),
            order(alice, hers, his, 101),
            order(alice, his, hers, 1));

    assertThat(outcomes).hasOnlyElementsOfType(Declined.class);
    verify(ledger, never()).write(any(), any(), any());
    assertNothingMoved();
  }

  @Test
  void keeps_nothing_of_a_batch_that_cannot_be_written() {
    Ledger ledger = mock(delegatesTo(world.stores.ledger()));
    IllegalStateException broken = new IllegalStateException("the disk is full");
    doThrow(broken).when(ledger).write(any(), any(), any());
    TransferService onBrokenLedger = serviceOn(world.stores.transactions(), ledger, world.clock);

    assertThatThrownBy(() -> post(onBrokenLedger, order(alice, hers, his, 1))).isSameAs(broken);

    assertNothingMoved();
  }

  @Test
  void dates_no_entry_before_an_earlier_one_when_the_clock_goes_back() {
    PostedTransfer first = posted(world.transfer(alice, hers, his, 1));
    InstantSource behind = mock();
    when(behind.instant()).thenReturn(first.transfer().createdAt().minusSeconds(5));

    PostedTransfer second =
        posted(
            transfer(
                serviceOn(world.stores.transactions(), world.stores.ledger(), behind),
                new TransferMoney.Command(alice, hers.id(), his.id(), euros(1), null)));

    assertThat(second.transfer().createdAt()).isEqualTo(first.transfer().createdAt());
  }

  private AuditEvent staffEvent(
      Caller banker, Action action, String subject, PostedTransfer posting) {
    return new AuditEvent(
        world.clock.instant(),
        banker.username(),
        action,
        subject,
        "transfer " + posting.transfer().id().value(),
        "192.0.2.7",
        new UUID(1, 2));
  }

  private TransferService serviceOn(Transactions transactions, Ledger ledger, InstantSource clock) {
    return new TransferService(
        transactions,
        ledger,
        world.stores.accounts(),
        world.stores.transfers(),
        world.stores.audit(),
        clock);
  }

  private static TransferOutcome transfer(TransferService service, TransferMoney.Command command) {
    return outcomeOf(once -> reply(service.transfer(command, once)));
  }

  /** The outcomes of these orders, posted as one batch. */
  private static List<TransferOutcome> post(TransferService service, TransferOrder... orders) {
    List<TransferOutcome> outcomes = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    for (TransferOrder order : orders) {
      requests.add(
          new Request(
              List.of(order.from(), order.to()),
              List.of(),
              1,
              Optional.empty(),
              (batch, events) -> {
                outcomes.add(batch.post(order));
                return new Answer(201, "");
              }));
    }
    assertThat(service.post(requests))
        .hasSameSizeAs(orders)
        .allMatch(Reply.First.class::isInstance);
    return outcomes;
  }

  private TransferOutcome deposit(Caller caller, Account account, Money amount) {
    return outcomeOf(
        once ->
            service.deposit(new DepositMoney.Command(caller, account.id(), amount, null), once));
  }

  private List<TransferOutcome> batch(boolean atomic, TransferInBatch.Item... items) {
    return outcomeOf(
        once -> service.transfer(new TransferInBatch.Command(alice, atomic, List.of(items)), once));
  }

  private static TransferInBatch.Item item(Account from, Account to, long amount) {
    return new TransferInBatch.Item(from.id(), to.id(), euros(amount), null);
  }

  private TransferOutcome reverse(Caller caller, TransferId id, @Nullable Long amount) {
    return outcomeOf(
        once -> service.reverse(new ReverseTransfer.Command(caller, id, amount, null), once));
  }

  private TransferOutcome withdraw(Caller caller, Account account, Money amount) {
    return outcomeOf(
        once ->
            service.withdraw(new WithdrawMoney.Command(caller, account.id(), amount, null), once));
  }

  private static TransferOrder order(Caller caller, Account from, Account to, long minorUnits) {
    return new TransferOrder(
        Kind.TRANSFER, caller, from.id(), to.id(), new Money(minorUnits, from.currency()), null);
  }

  private void assertDeclined(TransferOutcome outcome, Decline reason) {
    assertThat(outcome).isEqualTo(new Declined(reason));
    assertNothingMoved();
  }

  private void assertNothingMoved() {
    assertThat(world.balance(hers)).isEqualTo(100);
    assertThat(world.balance(his)).isZero();
    assertThat(world.balance(hisDollars)).isEqualTo(30);
    assertThat(world.balance(world.settlementAccount(EUR))).isEqualTo(-100);
    assertThat(entries(hers)).hasSize(1);
    assertThat(entries(his)).isEmpty();
  }

  private List<Entry> entries(Account account) {
    return world.stores.entries().list(account.id(), 100, null, null, null);
  }

  private static Money euros(long minorUnits) {
    return new Money(minorUnits, EUR);
  }
}
