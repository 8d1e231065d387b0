package io.simplebank.application.transfer;

import static io.simplebank.application.world.World.EUR;
import static io.simplebank.application.world.World.outcomeOf;
import static io.simplebank.application.world.World.posted;
import static io.simplebank.application.world.World.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Reason;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRefusal;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.ChangeAccountStatus;
import io.simplebank.domain.port.in.ListTransfers;
import io.simplebank.domain.port.in.PostPending;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.VoidPending;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.transfer.TransferOutcome.Declined;
import io.simplebank.domain.transfer.TransferStatus;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PendingTransferTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final World world = new World();
  private final TransferService service = world.transfers;
  private final Caller alice = world.depositor("alice");
  private final Caller bob = world.depositor("bob");
  private final Account hers = world.account(alice, EUR, 100);
  private final Account his = world.account(bob, EUR, 0);

  @Test
  void sets_money_aside_and_settles_it() {
    Transfer pending = setAside(60);
    assertThat(world.balance(hers)).isEqualTo(100);
    assertThat(available()).isEqualTo(40);

    PostedTransfer posting = posted(post(alice, pending.id(), 25L));

    assertThat(posting.transfer().settles()).isEqualTo(pending.id());
    assertThat(world.balance(hers)).isEqualTo(75);
    assertThat(available()).isEqualTo(75);
    assertThat(world.balance(his)).isEqualTo(25);
    assertThat(service.view(bob, pending.id())).contains(pending.becoming(TransferStatus.POSTED));
    assertThat(service.view(bob, posting.transfer().id())).contains(posting.transfer());
  }

  @Test
  void settles_all_of_it_when_nothing_else_is_said() {
    posted(post(world.banker, setAside(60).id(), null));

    assertThat(world.balance(his)).isEqualTo(60);
  }

  @Test
  void releases_what_was_set_aside() {
    Transfer pending = setAside(60);

    assertThat(release(alice, pending.id())).isInstanceOf(TransferOutcome.Voided.class);

    assertThat(available()).isEqualTo(100);
    assertDeclined(
        post(alice, pending.id(), null), new Decline.TransferAlreadyVoided(pending.id()));
  }

  @Test
  void releases_for_a_frozen_and_a_closed_account_too() {
    Transfer pending = setAside(60);
    world.put(hers, AccountStatus.FROZEN);
    world.put(his, AccountStatus.CLOSED);

    assertDeclined(
        post(alice, pending.id(), null),
        new Decline.AccountNotOpen(hers.id(), AccountStatus.FROZEN));
    assertThat(release(alice, pending.id())).isInstanceOf(TransferOutcome.Voided.class);
  }

  @Test
  void resolves_for_payers_and_bankers_only() {
    Transfer pending = setAside(60);
    Caller mallory = world.depositor("mallory");

    assertDeclined(post(bob, pending.id(), 1L), new Decline.PayerOnly(pending.id()));
    assertDeclined(release(bob, pending.id()), new Decline.PayerOnly(pending.id()));
    assertDeclined(post(mallory, pending.id(), 1L), new Decline.TransferNotFound(pending.id()));
    assertDeclined(release(mallory, pending.id()), new Decline.TransferNotFound(pending.id()));
    TransferId none = new TransferId(999);
    assertDeclined(post(world.banker, none, null), new Decline.TransferNotFound(none));
    assertThat(available()).isEqualTo(40);
  }

  @Test
  void asks_who_may_before_it_tells_what_was_told_before() {
    Account bankers = world.account(world.banker, EUR, 0);
    Transfer pending =
        pending(
            outcomeOf(
                once ->
                    reply(
                        service.transfer(
                            new TransferMoney.Command(
                                alice, hers.id(), bankers.id(), euros(60), null, MINUTE),
                            once))));
    Once<TransferOutcome> once = once("k");
    VoidPending.Command byBanker = new VoidPending.Command(world.banker, pending.id());
    assertThat(service.release(byBanker, once)).isInstanceOf(Reply.First.class);
    assertThat(service.release(byBanker, once)).isInstanceOf(Reply.Replayed.class);

    Caller demoted = new Caller(world.banker.username(), Role.DEPOSITOR);
    VoidPending.Command byRecipient = new VoidPending.Command(demoted, pending.id());

    for (int i = 0; i < 2; i++) {
      Reply reply = service.release(byRecipient, once);
      assertThat(reply).isInstanceOf(Reply.First.class);
      assertThat(((Reply.First) reply).answer().body()).contains("PayerOnly");
    }
  }

  @Test
  void carries_out_each_request_once() {
    TransferMoney.Command order = order(60, MINUTE);
    Reply made = reply(service.transfer(order, once("k")));
    assertReplayed(made, reply(service.transfer(order, once("k"))));
    assertThat(reply(service.transfer(order(60, null), once("k"))))
        .isEqualTo(new Reply.KeyReused());
    assertThat(reply(service.transfer(order(60, MINUTE.multipliedBy(2)), once("k"))))
        .isEqualTo(new Reply.KeyReused());
    assertThat(available()).isEqualTo(40);
    TransferId pending = page(10, null).transfers().getFirst().id();

    PostPending.Command post = new PostPending.Command(alice, pending, 10L);
    Reply settled = service.post(post, once("k"));
    assertReplayed(settled, service.post(post, once("k")));
    assertThat(service.post(new PostPending.Command(alice, pending, null), once("k")))
        .isEqualTo(new Reply.KeyReused());
    assertThat(world.balance(his)).isEqualTo(10);

    VoidPending.Command release = new VoidPending.Command(alice, setAside(1).id());
    Reply voided = service.release(release, once("k"));
    assertReplayed(voided, service.release(release, once("k")));
    assertThat(service.release(new VoidPending.Command(alice, pending), once("k")))
        .isEqualTo(new Reply.KeyReused());
  }

  @Test
  void expires_at_its_time_for_every_rule_and_every_view() {
    Transfer pending = setAside(60);
    world.clock.advance(MINUTE.minusNanos(1));
    assertThat(service.view(bob, pending.id())).contains(pending);
    assertThat(available()).isEqualTo(40);
    assertDeclined(world.transfer(alice, hers, his, 41), new Decline.InsufficientFunds(hers.id()));

    world.clock.advance(Duration.ofNanos(1));

    Transfer expired = pending.becoming(TransferStatus.EXPIRED);
    assertThat(service.view(bob, pending.id())).contains(expired);
    assertThat(page(10, null).transfers()).startsWith(expired);
    assertThat(available()).isEqualTo(100);
    assertThat(world.stores.transfers().find(pending.id())).as("nobody came by").contains(pending);
    assertDeclined(post(alice, pending.id(), null), new Decline.TransferExpired(pending.id()));
    assertDeclined(release(alice, pending.id()), new Decline.TransferExpired(pending.id()));
    assertThat(world.stores.transfers().find(pending.id())).contains(expired);
    posted(world.transfer(alice, hers, his, 100));
  }

  @Test
  void writes_down_what_has_expired_even_where_all_is_declined() {
    Transfer pending = setAside(60);
    world.clock.advance(MINUTE);

    assertDeclined(world.transfer(alice, hers, his, 101), new Decline.InsufficientFunds(hers.id()));

    assertThat(world.stores.transfers().find(pending.id()))
        .contains(pending.becoming(TransferStatus.EXPIRED));
    assertThat(world.now(hers.id()).pendingDebits().minorUnits()).isZero();
  }

  @Test
  void lets_an_account_be_closed_as_soon_as_nothing_is_set_aside_on_it_any_more() {
    Caller carol = world.depositor("carol");
    Account carols = world.account(carol, EUR, 1);
    Transfer pending =
        pending(
            outcomeOf(
                once ->
                    reply(
                        service.transfer(
                            new TransferMoney.Command(
                                carol, carols.id(), his.id(), euros(1), null, MINUTE),
                            once))));
    // What is on it may be as old as that: only the limit keeps it from being empty.
    world.stores.put(emptied(world.now(carols.id())));
    assertThat(world.control.change(closing(carol, carols)))
        .isEqualTo(
            new ChangeAccountStatus.Outcome.Refused(
                new StatusRefusal.DebitsPending(carols.id(), euros(1))));
    world.clock.advance(MINUTE);

    assertThat(world.control.change(closing(carol, carols)))
        .isInstanceOf(ChangeAccountStatus.Outcome.Changed.class);

    assertThat(world.stores.transfers().find(pending.id()))
        .contains(pending.becoming(TransferStatus.EXPIRED));
  }

  private static Account emptied(Account account) {
    return new Account(
        account.id(),
        account.owner(),
        euros(0),
        account.pendingDebits(),
        euros(1),
        account.status(),
        account.createdAt(),
        account.lastPostedAt(),
        account.limits(),
        account.spending());
  }

  private static ChangeAccountStatus.Command closing(Caller caller, Account account) {
    return new ChangeAccountStatus.Command(
        caller, account.id(), StatusChange.CLOSE, new Reason("moving on"));
  }

  @Test
  void writes_down_portion_by_portion_what_has_expired() {
    for (int i = 0; i <= TransferService.PORTION; i++) {
      Caller payer = world.depositor("payer" + i);
      Account account = world.account(payer, EUR, 1);
      pending(
          outcomeOf(
              once ->
                  reply(
                      service.transfer(
                          new TransferMoney.Command(
                              payer, account.id(), his.id(), euros(1), null, MINUTE),
                          once))));
    }
    assertThat(service.expireSome()).isFalse();
    world.clock.advance(MINUTE);

    assertThat(service.expireSome()).as("a whole portion").isTrue();
    assertThat(service.expireSome()).as("the rest").isFalse();

    assertThat(page(bob, his, 200, null).transfers())
        .hasSize(TransferService.PORTION + 1)
        .allMatch(transfer -> transfer.status() == TransferStatus.EXPIRED)
        .allSatisfy(
            transfer ->
                assertThat(world.stores.transfers().find(transfer.id()))
                    .as("written down")
                    .contains(transfer));
    assertThat(service.expireSome()).isFalse();
  }

  @Test
  void makes_transfers_of_a_batch_pending() {
    List<TransferOutcome> outcomes =
        outcomeOf(
            once ->
                service.transfer(
                    new TransferInBatch.Command(
                        alice, true, List.of(item(60, MINUTE), item(40, null))),
                    once));

    assertThat(pending(outcomes.get(0)).amount()).isEqualTo(euros(60));
    assertThat(posted(outcomes.get(1)).from().available()).isEqualTo(euros(0));
  }

  @Test
  void tells_a_batch_that_is_pending_from_one_that_is_not() {
    Once<List<TransferOutcome>> once = once("k");
    TransferInBatch.Command pending =
        new TransferInBatch.Command(alice, false, List.of(item(1, MINUTE)));
    TransferInBatch.Command atOnce =
        new TransferInBatch.Command(alice, false, List.of(item(1, null)));

    Reply first = service.transfer(pending, once);

    assertReplayed(first, service.transfer(pending, once));
    assertThat(service.transfer(atOnce, once)).isEqualTo(new Reply.KeyReused());
  }

  @Test
  void writes_down_what_bankers_do_to_the_money_of_others() {
    Caller banker = new Caller(world.banker.username(), Role.BANKER, new UUID(1, 2), "192.0.2.7");
    Transfer settled = setAside(10);
    Transfer released = setAside(10);
    Transfer untouched = setAside(10);
    posted(post(alice, setAside(5).id(), null));
    assertThat(release(alice, setAside(5).id())).isInstanceOf(TransferOutcome.Voided.class);

    PostedTransfer posting = posted(post(banker, settled.id(), null));
    assertThat(release(banker, released.id())).isInstanceOf(TransferOutcome.Voided.class);
    assertThat(release(banker, released.id())).isInstanceOf(Declined.class);

    assertThat(world.stores.audited("transfer " + settled.id().value()))
        .containsExactly(
            AuditEvent.by(
                banker,
                Action.PENDING_POSTED,
                "transfer " + settled.id().value(),
                "transfer " + posting.transfer().id().value(),
                world.clock.instant()));
    assertThat(world.stores.audited("transfer " + released.id().value()))
        .containsExactly(
            AuditEvent.by(
                banker,
                Action.PENDING_VOIDED,
                "transfer " + released.id().value(),
                "",
                world.clock.instant()));
    assertThat(world.stores.audited("transfer " + untouched.id().value())).isEmpty();
  }

  @Test
  void does_not_write_down_what_bankers_do_to_their_own_money() {
    Account own = world.account(world.banker, EUR, 10);
    Transfer pending =
        pending(
            outcomeOf(
                once ->
                    reply(
                        service.transfer(
                            new TransferMoney.Command(
                                world.banker, own.id(), his.id(), euros(10), null, MINUTE),
                            once))));

    posted(post(world.banker, pending.id(), null));

    assertThat(world.stores.audited("transfer " + pending.id().value())).isEmpty();
  }

  @Test
  void lists_transfers_page_by_page_to_those_who_may_see_the_account() {
    Transfer deposit = page(1, null).transfers().getFirst();
    Transfer pending = setAside(60);
    Transfer sent = posted(world.transfer(alice, hers, his, 1)).transfer();

    ListTransfers.Page page = page(2, null);

    assertThat(page.transfers()).containsExactly(sent, pending);
    assertThat(page.next()).contains(pending.id());
    ListTransfers.Page rest = page(2, pending.id());
    assertThat(rest.transfers()).containsExactly(deposit);
    assertThat(rest.next()).isEmpty();
    assertThat(page(world.banker, hers, 3, null).transfers()).hasSize(3);
    assertThat(service.list(new ListTransfers.Query(bob, hers.id(), 3, null))).isEmpty();
    assertThat(service.list(new ListTransfers.Query(world.banker, new AccountId(999), 3, null)))
        .isEmpty();
  }

  private ListTransfers.Page page(int limit, @Nullable TransferId before) {
    return page(alice, hers, limit, before);
  }

  private ListTransfers.Page page(
      Caller caller, Account account, int limit, @Nullable TransferId before) {
    return service.list(new ListTransfers.Query(caller, account.id(), limit, before)).orElseThrow();
  }

  private TransferInBatch.Item item(long minorUnits, @Nullable Duration pendingFor) {
    return new TransferInBatch.Item(hers.id(), his.id(), euros(minorUnits), null, pendingFor);
  }

  private TransferMoney.Command order(long minorUnits, @Nullable Duration pendingFor) {
    return new TransferMoney.Command(
        alice, hers.id(), his.id(), euros(minorUnits), null, pendingFor);
  }

  private Transfer setAside(long minorUnits) {
    return pending(outcomeOf(once -> reply(service.transfer(order(minorUnits, MINUTE), once))));
  }

  private static Transfer pending(TransferOutcome outcome) {
    assertThat(outcome).isInstanceOf(TransferOutcome.Pending.class);
    return ((TransferOutcome.Pending) outcome).hold().transfer();
  }

  private TransferOutcome post(Caller caller, TransferId id, @Nullable Long amount) {
    return outcomeOf(once -> service.post(new PostPending.Command(caller, id, amount), once));
  }

  private TransferOutcome release(Caller caller, TransferId id) {
    return outcomeOf(once -> service.release(new VoidPending.Command(caller, id), once));
  }

  private static <O> Once<O> once(String key) {
    return new Once<>(new IdempotencyKey(key), outcome -> new Answer(200, String.valueOf(outcome)));
  }

  private static void assertReplayed(Reply first, Reply again) {
    assertThat(first).isInstanceOf(Reply.First.class);
    assertThat(again).isEqualTo(new Reply.Replayed(((Reply.First) first).answer()));
  }

  /** What the owner is shown, whatever is stored. */
  private long available() {
    return world
        .accounts
        .view(alice, hers.id())
        .toCompletableFuture()
        .join()
        .orElseThrow()
        .available()
        .minorUnits();
  }

  private static void assertDeclined(TransferOutcome outcome, Decline reason) {
    assertThat(outcome).isEqualTo(new Declined(reason));
  }

  private static Money euros(long minorUnits) {
    return new Money(minorUnits, EUR);
  }
}
