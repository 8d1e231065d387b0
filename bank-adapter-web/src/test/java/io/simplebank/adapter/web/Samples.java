package io.simplebank.adapter.web;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.account.Spending;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferStatus;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.mockito.stubbing.Answer;

/** What the ports answer in these tests. */
public final class Samples {
  public static final Instant OPENED = Instant.parse("2026-01-02T03:04:05.000006Z");

  /** {@link #alice()} as clients see her. */
  public static final String ALICE_JSON =
      """
      {"username": "alice", "role": "depositor", "full_name": "Alice Liddell",
       "email": "alice@example.com", "is_email_verified": true,
       "password_changed_at": "2026-02-01T00:00:00Z",
       "created_at": "2026-01-02T03:04:05.000006Z"}
      """;

  public static final Owner ALICE = Owner.customer(new Username("alice"));
  public static final Owner BOB = Owner.customer(new Username("bob"));

  private Samples() {}

  public static User alice() {
    return new User(
        new Username("alice"),
        Role.DEPOSITOR,
        "Alice Liddell",
        new EmailAddress("alice@example.com"),
        true,
        new PasswordHash("$2a$12$secret"),
        Instant.parse("2026-02-01T00:00:00Z"),
        OPENED);
  }

  /** A session of Alice's that began just now and lasts a day. */
  public static Session session() {
    return Session.begun(
        WebBank.SESSION,
        new Username("alice"),
        "curl/8.1",
        "192.0.2.7",
        WebBank.NOW,
        WebBank.NOW.plus(Duration.ofDays(1)));
  }

  /** An account in euros. */
  public static Account account(long id, Owner owner, long balance) {
    Money zero = Money.of(0, "EUR");
    return new Account(
        new AccountId(id),
        owner,
        Money.of(balance, "EUR"),
        zero,
        zero,
        AccountStatus.OPEN,
        OPENED,
        WebBank.NOW,
        Limits.NONE,
        Spending.none(zero.currency()));
  }

  /** Transfer 7 with the entries 13 and 14, between these accounts as they are afterwards. */
  public static PostedTransfer posting(
      Account from, Account to, long amount, @Nullable String reference) {
    Money moved = Money.of(amount, "EUR");
    Transfer transfer =
        new Transfer(
            new TransferId(7),
            from.id(),
            to.id(),
            moved,
            reference == null ? null : new Reference(reference),
            WebBank.NOW);
    return new PostedTransfer(
        transfer, entry(13, from, moved.negated()), entry(14, to, moved), from, to);
  }

  /** Transfer 7, for which that much is set aside for a minute. */
  public static Transfer pending(Account from, Account to, long amount) {
    return new Transfer(
        new TransferId(7),
        from.id(),
        to.id(),
        Money.of(amount, "EUR"),
        null,
        WebBank.NOW,
        null,
        null,
        WebBank.NOW.plusSeconds(60),
        TransferStatus.PENDING);
  }

  /** What a port does that comes to that outcome: it has it put into words. */
  public static <O> Answer<Reply> replying(O outcome) {
    return call -> {
      Once<O> once = call.getArgument(1);
      return new Reply.First(once.rendering().apply(outcome));
    };
  }

  /** The same of a use case for which nobody waits. */
  public static <O> Answer<CompletionStage<Reply>> replyingLater(O outcome) {
    Answer<Reply> replying = replying(outcome);
    return call -> CompletableFuture.completedStage(replying.answer(call));
  }

  /** An entry of transfer 7. */
  public static Entry entry(long id, Account account, Money amount) {
    return new Entry(
        new EntryId(id), account.id(), new TransferId(7), amount, account.balance(), WebBank.NOW);
  }
}
