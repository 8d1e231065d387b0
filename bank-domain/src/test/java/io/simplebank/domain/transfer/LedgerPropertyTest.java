package io.simplebank.domain.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountBuilder;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.AnswerBook;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.transfer.LedgerProperty.Opening;
import io.simplebank.domain.transfer.LedgerProperty.Request;
import io.simplebank.domain.transfer.LedgerProperty.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LedgerPropertyTest {
  /** Batches over a map of accounts: the domain alone, without any store. */
  private static class PureLedger implements Subject {
    private final Map<AccountId, Account> accounts = new TreeMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<TransferId, Transfer> transfers = new HashMap<>();
    private final Map<TransferId, Long> reversed = new HashMap<>();
    private final Map<ScopedKey, RememberedAnswer> answers = new HashMap<>();
    private final Numbering numbering =
        new Numbering(
            LongStream.iterate(1, n -> n + 1).iterator(),
            LongStream.iterate(1, n -> n + 1).iterator());
    private Instant now = AccountBuilder.OPENED_AT;

    @Override
    public Account open(Opening wish) {
      long id = accounts.size() + 1L;
      String owner = wish.owner();
      Account account =
          (owner == null
                  ? AccountBuilder.settlementAccount(id)
                  : AccountBuilder.accountOf(owner, id))
              .in(wish.currency().getCurrencyCode())
              .that(wish.status())
              .withPendingDebits(wish.pendingDebits())
              .withOverdraftLimit(wish.overdraftLimit())
              .build();
      accounts.put(account.id(), account);
      return account;
    }

    @Override
    public List<Reply> post(
        List<Request> requests, Function<List<TransferOutcome>, Answer> rendering) {
      Set<AccountId> touched =
          requests.stream()
              .flatMap(request -> request.accounts().stream())
              .filter(accounts::containsKey)
              .collect(Collectors.toSet());
      LedgerBatch batch =
          new LedgerBatch(
              asRead(touched.stream().map(this::account).toList()),
              reversed,
              transfers.values().stream().filter(Transfer::wasMadePending).toList(),
              numbering,
              now);
      AnswerBook book = new AnswerBook(answers, batch.time());
      List<Reply> replies = new ArrayList<>();
      for (Request request : requests) {
        Supplier<Answer> decision = () -> rendering.apply(request.decision().apply(batch));
        replies.add(
            request
                .key()
                .map(key -> book.reply(key, request.fingerprint(), decision))
                .orElseGet(() -> new Reply.First(decision.get())));
      }
      book.additions().forEach(answer -> answers.put(answer.key(), answer));
      batch.changedAccounts().forEach(account -> accounts.put(account.id(), account));
      for (PostedTransfer posting : batch.postings()) {
        entries.add(posting.debit());
        entries.add(posting.credit());
        transfers.put(posting.transfer().id(), posting.transfer());
        TransferId original = posting.transfer().reverses();
        if (original != null) {
          reversed.merge(original, posting.transfer().amount().minorUnits(), Long::sum);
        }
      }
      batch.heldOrders().forEach(held -> transfers.put(held.pending().id(), held.pending()));
      for (Resolution resolution : batch.resolutions()) {
        Transfer pending = transfer(resolution.pending());
        transfers.put(pending.id(), pending.becoming(resolution.outcome()));
      }
      return replies;
    }

    @Override
    public void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Account change(AccountId id, UnaryOperator<Account> change) {
      Account changed = change.apply(account(id));
      accounts.put(id, changed);
      return changed;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public Transfer transfer(TransferId id) {
      Transfer transfer = transfers.get(id);
      if (transfer == null) {
        throw new IllegalArgumentException("no such transfer: " + id);
      }
      return transfer;
    }

    /** The accounts as the batch gets to see them. */
    Collection<Account> asRead(Collection<Account> stored) {
      return stored;
    }

    @Override
    public Account account(AccountId id) {
      Account account = accounts.get(id);
      if (account == null) {
        throw new IllegalArgumentException("no such account: " + id);
      }
      return account;
    }

    @Override
    public List<Entry> entries(AccountId id, int limit) {
      return entries.reversed().stream()
          .filter(entry -> entry.account().equals(id))
          .limit(limit)
          .toList();
    }
  }

  /** A ledger with a bug: it takes closed accounts for open ones. */
  private static final class ForgetfulLedger extends PureLedger {
    @Override
    Collection<Account> asRead(Collection<Account> stored) {
      return stored.stream().map(ForgetfulLedger::reopened).toList();
    }

    private static Account reopened(Account account) {
      return new Account(
          account.id(),
          account.owner(),
          account.balance(),
          account.pendingDebits(),
          account.overdraftLimit(),
          account.status() == AccountStatus.CLOSED ? AccountStatus.OPEN : account.status(),
          account.createdAt(),
          account.lastPostedAt(),
          account.limits(),
          account.spending());
    }
  }

  @Test
  void decides_and_books_like_an_independent_model() {
    LedgerProperty.of(PureLedger::new).holdsFor(300, 60);
  }

  @Test
  void finds_a_bug_and_tells_how_to_see_it_again() {
    // How far a sequence can be reduced depends on the sequence: always the same one, then.
    LedgerProperty property = LedgerProperty.of(ForgetfulLedger::new, 1);

    assertThatThrownBy(() -> property.holdsFor(50, 60))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dbank.seed=")
        .hasMessageContaining("shortest failing prefix")
        .satisfies(
            failure ->
                // To try to take money away from there is enough to see this bug.
                assertThat(
                        String.valueOf(failure.getMessage())
                            .lines()
                            .filter(line -> line.contains(" by ")))
                    .hasSize(1));
  }
}
