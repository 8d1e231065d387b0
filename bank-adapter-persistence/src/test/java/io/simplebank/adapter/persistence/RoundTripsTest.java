package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.Fingerprint;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.PostOrder;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Moving money costs the same number of round trips, however much is moved at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripsTest {
  /** Open, write, commit. */
  private static final int ROUND_TRIPS = 3;

  private static final Currency USD = Currency.getInstance("USD");
  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");
  private static final Caller BANKER = new Caller(new Username("banker"), Role.BANKER);

  private final AtomicInteger keys = new AtomicInteger();
  private ApplicationContext context;
  private AccountId settlement;
  private final List<AccountId> customers = new ArrayList<>();

  @BeforeAll
  void start() {
    context = PostgresStores.onNewDatabase(CountingDataSources.ENABLED, "true");
    settlement = open(Owner.bank());
    PostgresStores.register(context, BANKER.username(), NOW);
    for (int i = 0; i < 100; i++) {
      Username username = new Username("customer" + i);
      PostgresStores.register(context, username, NOW);
      customers.add(open(Owner.customer(username)));
    }
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @Test
  void posts_one_transfer_and_five_hundred_in_the_same_number_of_round_trips() {
    assertThat(roundTrips(deposits(1), false)).isEqualTo(ROUND_TRIPS);
    assertThat(roundTrips(deposits(500), false)).isEqualTo(ROUND_TRIPS);
  }

  @Test
  void writes_down_what_bankers_did_in_one_round_trip_more() {
    assertThat(roundTrips(deposits(1), true)).isEqualTo(ROUND_TRIPS + 1);
    assertThat(roundTrips(deposits(500), true)).isEqualTo(ROUND_TRIPS + 1);
  }

  @Test
  void sets_money_aside_and_settles_it_in_the_same_number_of_round_trips() {
    for (TransferOrder deposit : deposits(customers.size())) {
      roundTrips(List.of(deposit), false);
    }
    for (int count : List.of(1, 100)) {
      List<Transfer> pending = new ArrayList<>();
      List<AccountId> payers = customers.subList(0, count);
      assertThat(
              roundTrips(
                  customers,
                  List.of(),
                  batch -> {
                    for (AccountId payer : payers) {
                      pending.add(pending(batch.post(pendingTransfer(payer))));
                    }
                  }))
          .isEqualTo(ROUND_TRIPS);
      assertThat(
              roundTrips(
                  customers,
                  pending,
                  batch ->
                      pending.forEach(
                          one ->
                              assertThat(batch.post(new PostOrder(BANKER, one, null)))
                                  .isInstanceOf(TransferOutcome.Posted.class))))
          .isEqualTo(ROUND_TRIPS);
    }
  }

  private TransferOrder pendingTransfer(AccountId payer) {
    int place = customers.indexOf(payer);
    return new TransferOrder(
        Kind.TRANSFER,
        new Caller(new Username("customer" + place), Role.DEPOSITOR),
        payer,
        customers.get((place + 1) % customers.size()),
        new Money(1, USD),
        null,
        Duration.ofDays(1));
  }

  private static Transfer pending(TransferOutcome outcome) {
    assertThat(outcome).isInstanceOf(TransferOutcome.Pending.class);
    return ((TransferOutcome.Pending) outcome).hold().transfer();
  }

  private int roundTrips(
      List<AccountId> touched, List<Transfer> originals, Consumer<LedgerBatch> decision) {
    CountingDataSources counter = context.getBean(CountingDataSources.class);
    Ledger ledger = context.getBean(Ledger.class);
    int before = counter.count();
    LedgerBatch decided =
        context
            .getBean(Transactions.class)
            .inTransaction(
                () -> {
                  BatchKey key = BatchKey.random();
                  Ledger.Inquiry inquiry =
                      new Ledger.Inquiry(
                          touched,
                          touched.size(),
                          List.of(),
                          originals.stream().map(Transfer::id).toList(),
                          NOW);
                  LedgerBatch batch = ledger.open(key, inquiry).batch(NOW);
                  decision.accept(batch);
                  ledger.write(key, batch, List.of());
                  return batch;
                });
    assertThat(decided.hasChanges()).isTrue();
    return counter.count() - before;
  }

  private AccountId open(Owner owner) {
    return context.getBean(AccountRepository.class).open(owner, USD, NOW).orElseThrow().id();
  }

  private List<TransferOrder> deposits(int count) {
    List<TransferOrder> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AccountId customer = customers.get(i % customers.size());
      orders.add(
          new TransferOrder(Kind.DEPOSIT, BANKER, settlement, customer, new Money(1, USD), null));
    }
    return orders;
  }

  private RememberedAnswer answer(TransferOrder order) {
    IdempotencyKey key = new IdempotencyKey("key-" + keys.incrementAndGet());
    return new RememberedAnswer(
        new ScopedKey(BANKER.username(), Operation.DEPOSIT, key),
        Fingerprint.of(order),
        new Answer(201, "{}"),
        NOW);
  }

  private static AuditEvent event(PostedTransfer posting) {
    String transfer = "transfer " + posting.transfer().id().value();
    return AuditEvent.by(BANKER, AuditEvent.Action.DEPOSITED, "account", transfer, NOW);
  }

  private int roundTrips(List<TransferOrder> orders, boolean audited) {
    CountingDataSources counter = context.getBean(CountingDataSources.class);
    Ledger ledger = context.getBean(Ledger.class);
    int before = counter.count();
    int posted =
        context
            .getBean(Transactions.class)
            .inTransaction(
                () -> {
                  List<AccountId> ids =
                      orders.stream()
                          .flatMap(order -> List.of(order.from(), order.to()).stream())
                          .distinct()
                          .toList();
                  BatchKey key = BatchKey.random();
                  List<RememberedAnswer> answers = orders.stream().map(this::answer).toList();
                  Ledger.Inquiry inquiry =
                      new Ledger.Inquiry(
                          ids,
                          orders.size(),
                          answers.stream().map(RememberedAnswer::key).toList(),
                          List.of(),
                          NOW);
                  LedgerBatch batch = ledger.open(key, inquiry).batch(NOW);
                  orders.forEach(batch::post);
                  ledger.write(key, batch, answers);
                  if (audited) {
                    context
                        .getBean(AuditLog.class)
                        .record(batch.postings().stream().map(RoundTripsTest::event).toList());
                  }
                  return batch.postings().size();
                });
    assertThat(posted).isEqualTo(orders.size());
    return counter.count() - before;
  }
}
