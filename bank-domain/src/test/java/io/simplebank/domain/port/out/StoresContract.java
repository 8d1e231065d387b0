package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.Fingerprint;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.out.Ledger.Inquiry;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.PostOrder;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Resolution;
import io.simplebank.domain.transfer.ReversalOrder;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.transfer.VoidOrder;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the contracts of the stores have in common: a small world of users and accounts that are new
 * in each test, because other tests may have been at work in the same store before.
 */
public abstract class StoresContract {
  /** Times have microseconds, as fine as PostgreSQL keeps them. */
  protected static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");

  /** No batch is so late: who asks until then is told of everything that is set aside. */
  protected static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final Caller BANKER = new Caller(new Username("contract-banker"), Role.BANKER);

  protected static final Currency EUR = Currency.getInstance("EUR");
  protected static final Currency USD = Currency.getInstance("USD");
  protected static final Currency JPY = Currency.getInstance("JPY");

  /** For the tests of each store that keeps this contract. */
  protected StoresContract() {}

  /** The stores under test. Each call may return the same ones; they need not be empty. */
  protected abstract Stores stores();

  protected static User aUser() {
    String name = freshName();
    return user(name, name + "@example.com");
  }

  protected static User user(String username, String email) {
    return User.registered(
        new Username(username),
        Role.DEPOSITOR,
        "Ada Lovelace",
        new EmailAddress(email),
        new PasswordHash("$2b$10$not.a.real.hash"),
        NOW);
  }

  /** A name that no test has used before, in whichever run. */
  protected static String freshName() {
    return "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
  }

  protected final User registeredUser() {
    User user = aUser();
    assertThat(stores().users().insert(user)).isEqualTo(UserRepository.Insertion.INSERTED);
    return user;
  }

  /** A new account of a new user, with nothing on it. */
  protected final Account openedAccount(Currency currency) {
    return openedAccount(registeredUser(), currency);
  }

  protected final Account openedAccount(User user, Currency currency) {
    return stores().accounts().open(Owner.customer(user.username()), currency, NOW).orElseThrow();
  }

  /** A new account of a new user, with that much on it. */
  protected final Account fundedAccount(Currency currency, long minorUnits) {
    Account account = openedAccount(currency);
    post(NOW, deposit(account, minorUnits));
    return found(account.id());
  }

  protected final AccountId settlementAccount(Currency currency) {
    // Whether this call opens it or an earlier one has is no matter.
    boolean openedNow = stores().accounts().open(Owner.bank(), currency, NOW).isPresent();
    return stores()
        .accounts()
        .findSettlementAccount(currency)
        .orElseThrow(() -> new AssertionError("no settlement account, opened now: " + openedNow));
  }

  protected final Account found(AccountId id) {
    return stores().accounts().find(id).orElseThrow();
  }

  protected final TransferOrder deposit(Account to, long minorUnits) {
    return order(
        Kind.DEPOSIT,
        settlementAccount(to.currency()),
        to.id(),
        new Money(minorUnits, to.currency()),
        null);
  }

  protected final TransferOrder withdrawal(Account from, long minorUnits) {
    return order(
        Kind.WITHDRAWAL,
        from.id(),
        settlementAccount(from.currency()),
        new Money(minorUnits, from.currency()),
        null);
  }

  protected static TransferOrder transfer(Account from, Account to, long minorUnits) {
    return transfer(from, to, minorUnits, null);
  }

  protected static TransferOrder transfer(
      Account from, Account to, long minorUnits, @Nullable Reference reference) {
    Username owner =
        switch (from.owner()) {
          case Owner.Customer customer -> customer.username();
          case Owner.Bank() -> throw new IllegalArgumentException("the bank sends no transfers");
        };
    return new TransferOrder(
        Kind.TRANSFER,
        new Caller(owner, Role.DEPOSITOR),
        from.id(),
        to.id(),
        new Money(minorUnits, from.currency()),
        reference);
  }

  private static TransferOrder order(
      Kind kind, AccountId from, AccountId to, Money amount, @Nullable Reference reference) {
    return new TransferOrder(kind, BANKER, from, to, amount, reference);
  }

  /** Posts the orders as one batch in one transaction; every rule must agree to each. */
  protected final List<PostedTransfer> post(Instant now, TransferOrder... orders) {
    return stores().transactions().inTransaction(() -> postWithin(now, orders));
  }

  /** The same, for use inside a transaction that the caller has begun. */
  protected final List<PostedTransfer> postWithin(Instant now, TransferOrder... orders) {
    List<AccountId> touched =
        Arrays.stream(orders).flatMap(order -> List.of(order.from(), order.to()).stream()).toList();
    Ledger ledger = stores().ledger();
    BatchKey key = BatchKey.random();
    LedgerBatch batch = ledger.open(key, Inquiry.of(orders.length, touched, LATEST)).batch(now);
    for (TransferOrder order : orders) {
      assertThat(batch.post(order)).isInstanceOf(TransferOutcome.Posted.class);
    }
    ledger.write(key, batch, List.of());
    return List.copyOf(batch.postings());
  }

  /** Gives that much of a transfer back, by a banker's hand, if every rule agrees. */
  protected final TransferOutcome reverse(Transfer original, long minorUnits) {
    ReversalOrder order =
        new ReversalOrder(
            BANKER, original, new Money(minorUnits, original.amount().currency()), null);
    return decide(NOW, original, batch -> batch.reverse(order));
  }

  /** Has that much set aside by its owner, if every rule agrees. */
  protected final Transfer setAside(
      Instant now, Account from, Account to, long minorUnits, Duration pendingFor) {
    TransferOrder order = transfer(from, to, minorUnits);
    TransferOrder pending =
        new TransferOrder(
            order.kind(),
            order.orderedBy(),
            order.from(),
            order.to(),
            order.amount(),
            order.reference(),
            pendingFor);
    TransferOutcome outcome =
        decide(now, List.of(from.id(), to.id()), List.of(), batch -> batch.post(pending));
    assertThat(outcome).isInstanceOf(TransferOutcome.Pending.class);
    return ((TransferOutcome.Pending) outcome).hold().transfer();
  }

  /** Settles that much of a pending transfer, by a banker's hand, if every rule agrees. */
  protected final TransferOutcome settle(Instant now, Transfer pending, long minorUnits) {
    Money amount = new Money(minorUnits, pending.amount().currency());
    return decide(now, pending, batch -> batch.post(new PostOrder(BANKER, pending, amount)));
  }

  /** Releases a pending transfer, by a banker's hand, if every rule agrees. */
  protected final TransferOutcome release(Instant now, Transfer pending) {
    return decide(now, pending, batch -> batch.release(new VoidOrder(BANKER, pending)));
  }

  /** Releases a pending transfer, by that hand and under that key, if every rule agrees. */
  protected final TransferOutcome release(
      Instant now, Transfer pending, Caller caller, IdempotencyKey key) {
    VoidOrder order = new VoidOrder(caller, pending);
    return decide(now, pending, batch -> batch.under(key, () -> batch.release(order)));
  }

  /** Does nothing to those accounts but what every batch does: release what has expired. */
  protected final List<Resolution> touch(Instant now, List<AccountId> accounts) {
    return decide(now, accounts, List.of(), batch -> List.copyOf(batch.resolutions()));
  }

  private TransferOutcome decide(
      Instant now, Transfer original, Function<LedgerBatch, TransferOutcome> decision) {
    return decide(now, List.of(original.from(), original.to()), List.of(original.id()), decision);
  }

  private <T> T decide(
      Instant now,
      List<AccountId> touched,
      List<TransferId> originals,
      Function<LedgerBatch, T> decision) {
    return stores()
        .transactions()
        .inTransaction(
            () -> {
              Ledger ledger = stores().ledger();
              BatchKey key = BatchKey.random();
              Inquiry inquiry = new Inquiry(touched, 1, List.of(), originals, LATEST);
              LedgerBatch batch = ledger.open(key, inquiry).batch(now);
              T outcome = decision.apply(batch);
              ledger.write(key, batch, List.of());
              return outcome;
            });
  }

  /** A batch that has been opened for that many transfers, under no client's key. */
  protected final Ledger.Opening opened(int transfers, AccountId... accounts) {
    return stores()
        .ledger()
        .open(BatchKey.random(), Inquiry.of(transfers, List.of(accounts), LATEST));
  }

  /** A key of a new user's that nothing is known under. */
  protected final ScopedKey freshKey() {
    return new ScopedKey(
        registeredUser().username(), Operation.TRANSFER, new IdempotencyKey(freshName()));
  }

  protected static RememberedAnswer answer(ScopedKey key, String body) {
    return answer(key, body, NOW);
  }

  protected static RememberedAnswer answer(ScopedKey key, String body, Instant at) {
    return new RememberedAnswer(key, Fingerprint.of("asked"), new Answer(201, body), at);
  }

  /** Runs the task in that many threads, which all begin at the same moment. */
  protected static <T> List<T> simultaneously(int threads, Callable<T> task)
      throws InterruptedException {
    return simultaneously(Collections.nCopies(threads, task));
  }

  /** Runs the tasks, each in a thread of its own, which all begin at the same moment. */
  protected static <T> List<T> simultaneously(List<Callable<T>> tasks) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    try (ExecutorService pool = Executors.newFixedThreadPool(tasks.size())) {
      List<Callable<T>> together =
          tasks.stream()
              .<Callable<T>>map(
                  task ->
                      () -> {
                        start.await(30, TimeUnit.SECONDS);
                        return task.call();
                      })
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(together)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed", e.getCause());
    }
  }
}
