package io.simplebank.application.transfer;

import io.simplebank.application.transfer.Request.Ticket;
import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.LedgerProperty;
import io.simplebank.domain.transfer.LedgerProperty.Opening;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class TransferServicePropertyTest {
  /** The service on stores in memory. */
  private static final class ServedLedger implements LedgerProperty.Subject {
    private final World world = new World();

    @Override
    public Account open(Opening wish) {
      ensureOwnersOfKeys();
      String name = wish.owner();
      if (name == null) {
        return world.settlementAccount(wish.currency());
      }
      Username owner = new Username(name);
      Caller caller =
          world.stores.users().find(owner).isPresent()
              ? new Caller(owner, Role.DEPOSITOR)
              : world.depositor(name);
      Account opened = world.account(caller, wish.currency(), 0);
      Account wished =
          new Account(
              opened.id(),
              Owner.customer(owner),
              opened.balance(),
              new Money(wish.pendingDebits(), wish.currency()),
              new Money(wish.overdraftLimit(), wish.currency()),
              wish.status(),
              opened.createdAt(),
              opened.lastPostedAt(),
              opened.limits(),
              opened.spending());
      world.stores.put(wished);
      return wished;
    }

    @Override
    public List<Reply> post(
        List<LedgerProperty.Request> requests, Function<List<TransferOutcome>, Answer> rendering) {
      return world.transfers.post(
          requests.stream().map(request -> asServed(request, rendering)).toList());
    }

    private static Request asServed(
        LedgerProperty.Request request, Function<List<TransferOutcome>, Answer> rendering) {
      return new Request(
          request.accounts(),
          request.originals(),
          request.transfers(),
          request.key().map(key -> new Ticket(key, request.fingerprint())),
          (batch, events) -> rendering.apply(request.decision().apply(batch)));
    }

    /** Keys belong to users, those whom the property makes up as well. */
    private void ensureOwnersOfKeys() {
      for (String name : List.of("property-banker", "property-stranger")) {
        if (world.stores.users().find(new Username(name)).isEmpty()) {
          world.depositor(name);
        }
      }
    }

    @Override
    public void pass(Duration time) {
      world.clock.advance(time);
    }

    @Override
    public Account change(AccountId id, UnaryOperator<Account> change) {
      return world
          .stores
          .transactions()
          .inTransaction(
              () -> {
                Account changed = change.apply(world.stores.accounts().lock(id).orElseThrow());
                world.stores.accounts().update(changed);
                return changed;
              });
    }

    @Override
    public Instant now() {
      return world.clock.instant();
    }

    @Override
    public Transfer transfer(TransferId id) {
      return world.stores.transfers().find(id).orElseThrow();
    }

    @Override
    public Account account(AccountId id) {
      return world.now(id);
    }

    @Override
    public List<Entry> entries(AccountId id, int limit) {
      return world.stores.entries().list(id, limit, null, null, null);
    }
  }

  @Test
  void posts_like_an_independent_model() {
    LedgerProperty.of(ServedLedger::new).holdsFor(100, 40);
  }
}
