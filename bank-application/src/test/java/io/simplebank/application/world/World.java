package io.simplebank.application.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.account.AccountControlService;
import io.simplebank.application.account.AccountService;
import io.simplebank.application.transfer.TransferService;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.out.CountingPasswordHasher;
import io.simplebank.domain.port.out.InMemoryStores;
import io.simplebank.domain.port.out.UserRepository.Insertion;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A bank in memory that offers euros and dollars, with the services on top of it. */
public final class World {
  public static final Currency EUR = Currency.getInstance("EUR");
  public static final Currency USD = Currency.getInstance("USD");
  public static final Currency JPY = Currency.getInstance("JPY");

  public final InMemoryStores stores = new InMemoryStores();
  public final SettableClock clock = new SettableClock();
  public final CountingPasswordHasher hasher = new CountingPasswordHasher();
  public final AccountService accounts =
      new AccountService(stores.accounts(), stores.entries(), clock, Set.of(EUR, USD));
  public final TransferService transfers =
      new TransferService(
          stores.transactions(),
          stores.ledger(),
          stores.accounts(),
          stores.transfers(),
          stores.audit(),
          clock);
  public final AccountControlService control =
      new AccountControlService(
          stores.transactions(), stores.accounts(), stores.audit(), transfers::expireOn, clock);
  public final Caller banker = registered("banker", Role.BANKER);

  /** A world with settlement accounts, a banker and nobody else. */
  public World() {
    accounts.ensureSettlementAccounts();
  }

  /** A new depositor. */
  public Caller depositor(String username) {
    return registered(username, Role.DEPOSITOR);
  }

  private Caller registered(String username, Role role) {
    User user =
        User.registered(
            new Username(username),
            role,
            username,
            new EmailAddress(username + "@example.com"),
            new PasswordHash("$none"),
            clock.instant());
    assertThat(stores.users().insert(user)).isEqualTo(Insertion.INSERTED);
    return user.asCaller();
  }

  /** A new account of theirs with that much on it. */
  public Account account(Caller owner, Currency currency, long minorUnits) {
    AccountId id =
        stores
            .accounts()
            .open(Owner.customer(owner.username()), currency, clock.instant())
            .orElseThrow()
            .id();
    if (minorUnits > 0) {
      posted(
          outcomeOf(
              once ->
                  transfers.deposit(
                      new DepositMoney.Command(banker, id, new Money(minorUnits, currency), null),
                      once)));
    }
    return now(id);
  }

  /** The account as it stands now. */
  public Account now(AccountId id) {
    return stores.accounts().find(id).orElseThrow();
  }

  public Account settlementAccount(Currency currency) {
    return now(stores.accounts().findSettlementAccount(currency).orElseThrow());
  }

  public long balance(Account account) {
    return now(account.id()).balance().minorUnits();
  }

  /** Brings the account into that state, whatever is on it. */
  public void put(Account account, AccountStatus status) {
    Account now = now(account.id());
    stores.put(
        new Account(
            now.id(),
            now.owner(),
            now.balance(),
            now.pendingDebits(),
            now.overdraftLimit(),
            status,
            now.createdAt(),
            now.lastPostedAt(),
            now.limits(),
            now.spending()));
  }

  /** What the transfer of that much by that caller comes to. */
  public TransferOutcome transfer(Caller caller, Account from, Account to, long minorUnits) {
    return outcomeOf(
        once ->
            reply(
                transfers.transfer(
                    new TransferMoney.Command(
                        caller, from.id(), to.id(), new Money(minorUnits, from.currency()), null),
                    once)));
  }

  /** The reply for which nobody else waits. It fails as the request did. */
  public static Reply reply(CompletionStage<Reply> promised) {
    try {
      return promised.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** What a request without a key comes to. */
  public static <O> O outcomeOf(Function<Once<O>, Reply> request) {
    List<O> outcomes = new ArrayList<>();
    Reply reply =
        request.apply(
            new Once<>(
                null,
                outcome -> {
                  outcomes.add(outcome);
                  return new Answer(201, "");
                }));
    assertThat(reply).isInstanceOf(Reply.First.class);
    assertThat(outcomes).hasSize(1);
    return outcomes.getFirst();
  }

  public static PostedTransfer posted(TransferOutcome outcome) {
    assertThat(outcome).isInstanceOf(TransferOutcome.Posted.class);
    return ((TransferOutcome.Posted) outcome).posting();
  }
}
