package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.AnswerBook;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.LedgerProperty;
import io.simplebank.domain.transfer.LedgerProperty.Opening;
import io.simplebank.domain.transfer.LedgerProperty.Request;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A ledger in whichever stores, as the property wants it: batches go through the ports. */
final class StoredLedger implements LedgerProperty.Subject {
  private final Stores stores;
  private final Map<String, Username> owners = new HashMap<>();
  private Instant now = StoresContract.NOW;

  StoredLedger(Stores stores) {
    this.stores = stores;
    // Keys belong to users, those whom the property makes up as well.
    for (String name : List.of("property-banker", "property-stranger")) {
      if (stores.users().find(new Username(name)).isEmpty()) {
        register(name);
      }
    }
  }

  @Override
  public Account open(Opening wish) {
    String label = wish.owner();
    if (label == null) {
      if (stores.accounts().findSettlementAccount(wish.currency()).isEmpty()) {
        return stores.accounts().open(Owner.bank(), wish.currency(), now).orElseThrow();
      }
      Account found =
          account(stores.accounts().findSettlementAccount(wish.currency()).orElseThrow());
      // What was played before may have come far: time goes on from there.
      now = now.isBefore(found.lastPostedAt()) ? found.lastPostedAt() : now;
      return found;
    }
    Username owner = owners.computeIfAbsent(label, ignored -> register(StoresContract.freshName()));
    return stores.accounts().open(Owner.customer(owner), wish.currency(), now).orElseThrow();
  }

  @Override
  public List<Reply> post(
      List<Request> requests, Function<List<TransferOutcome>, Answer> rendering) {
    BatchKey batchKey = BatchKey.random();
    return stores
        .transactions()
        .inRepeatableTransaction(
            () -> {
              List<AccountId> touched =
                  requests.stream().flatMap(request -> request.accounts().stream()).toList();
              Ledger.Inquiry inquiry =
                  new Ledger.Inquiry(
                      touched,
                      requests.stream().mapToInt(Request::transfers).sum(),
                      requests.stream().flatMap(request -> request.key().stream()).toList(),
                      requests.stream().flatMap(request -> request.originals().stream()).toList(),
                      StoresContract.LATEST);
              Ledger.Opening opening = stores.ledger().open(batchKey, inquiry);
              LedgerBatch batch = opening.batch(now);
              AnswerBook book = new AnswerBook(opening.remembered(), batch.time());
              List<Reply> replies = new ArrayList<>();
              for (Request request : requests) {
                replies.add(reply(request, rendering, batch, book));
              }
              stores.ledger().write(batchKey, batch, book.additions());
              return replies;
            });
  }

  private static Reply reply(
      Request request,
      Function<List<TransferOutcome>, Answer> rendering,
      LedgerBatch batch,
      AnswerBook book) {
    Supplier<Answer> decision = () -> rendering.apply(request.decision().apply(batch));
    return request
        .key()
        .map((ScopedKey key) -> book.reply(key, request.fingerprint(), decision))
        .orElseGet(() -> new Reply.First(decision.get()));
  }

  @Override
  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Account change(AccountId id, UnaryOperator<Account> change) {
    return stores
        .transactions()
        .inTransaction(
            () -> {
              Account changed = change.apply(stores.accounts().lock(id).orElseThrow());
              stores.accounts().update(changed);
              return changed;
            });
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Transfer transfer(TransferId id) {
    return stores.transfers().find(id).orElseThrow();
  }

  @Override
  public Account account(AccountId id) {
    return stores.accounts().find(id).orElseThrow();
  }

  @Override
  public List<Entry> entries(AccountId id, int limit) {
    return stores.entries().list(id, limit, null, null, null);
  }

  private Username register(String name) {
    User user =
        User.registered(
            new Username(name),
            Role.DEPOSITOR,
            name,
            new EmailAddress(name + "@example.com"),
            new PasswordHash("x"),
            now);
    assertThat(stores.users().insert(user)).isEqualTo(UserRepository.Insertion.INSERTED);
    return user.username();
  }
}
