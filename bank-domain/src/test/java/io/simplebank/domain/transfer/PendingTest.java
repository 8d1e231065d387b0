package io.simplebank.domain.transfer;

import static io.simplebank.domain.account.AccountBuilder.OPENED_AT;
import static io.simplebank.domain.account.AccountBuilder.accountOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountBuilder;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limit;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.transfer.TransferOutcome.Declined;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money that is set aside, and what becomes of it. */
final class PendingTest {
  private static final Instant NOW = OPENED_AT.plusSeconds(3600);
  private static final Instant END = NOW.plusSeconds(60);
  private static final Caller ALICE = caller("alice", Role.DEPOSITOR);
  private static final Caller BOB = caller("bob", Role.DEPOSITOR);
  private static final Caller MALLORY = caller("mallory", Role.DEPOSITOR);
  private static final Caller BANKER = caller("carol", Role.BANKER);

  private final AccountBuilder alice = accountOf("alice", 1).holding(100).withPendingDebits(60);
  private final AccountBuilder bob = accountOf("bob", 2).holding(100);
  private Transfer pending = pendingUntil(END);
  private Instant now = NOW;

  @ParameterizedTest
  @EnumSource(TransferStatus.class)
  void leads_from_pending_to_an_end_and_nowhere_else(TransferStatus from) {
    for (TransferStatus to : TransferStatus.values()) {
      boolean allowed = from == TransferStatus.PENDING && to != TransferStatus.PENDING;
      assertThat(from.canBecome(to)).as("%s to %s", from, to).isEqualTo(allowed);
      Transfer transfer = in(from);
      if (allowed) {
        assertThat(transfer.becoming(to)).isEqualTo(in(to));
      } else {
        assertThatIllegalStateException().isThrownBy(() -> transfer.becoming(to));
      }
    }
    assertThat(TransferStatus.ofCode(from.code())).isEqualTo(from);
  }

  @Test
  void knows_no_status_of_another_name() {
    assertThatIllegalArgumentException().isThrownBy(() -> TransferStatus.ofCode("PENDING"));
  }

  @Test
  void has_expired_from_its_time_on_and_not_before() {
    assertThat(pending.asOf(END.minusNanos(1))).isEqualTo(pending);
    assertThat(pending.asOf(END)).isEqualTo(in(TransferStatus.EXPIRED));
    assertThat(pending.asOf(END.plusSeconds(1))).isEqualTo(in(TransferStatus.EXPIRED));
    for (TransferStatus end :
        List.of(TransferStatus.POSTED, TransferStatus.VOIDED, TransferStatus.EXPIRED)) {
      assertThat(in(end).asOf(END)).isEqualTo(in(end));
    }
    Transfer atOnce =
        new Transfer(
            new TransferId(7), new AccountId(1), new AccountId(2), euros(60), null, OPENED_AT);
    assertThat(atOnce.asOf(END)).isEqualTo(atOnce);
  }

  @Test
  void ends_in_one_of_three_ways() {
    assertThat(voided(ALICE, null).outcome()).isEqualTo(TransferStatus.VOIDED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Resolution(pending.id(), TransferStatus.PENDING, NOW));
  }

  @Test
  void is_voided_by_somebody_and_ends_otherwise_by_nobody() {
    IdempotencyKey key = new IdempotencyKey("k");

    assertThat(voided(ALICE, key).key()).isEqualTo(key);
    assertThatIllegalArgumentException().isThrownBy(() -> voided(null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> voided(null, key));
    for (TransferStatus other : List.of(TransferStatus.POSTED, TransferStatus.EXPIRED)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Resolution(pending.id(), other, NOW, ALICE, null));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Resolution(pending.id(), other, NOW, null, key));
    }
  }

  @Test
  void sets_money_aside_without_moving_it() {
    alice.withPendingDebits(0);
    Reference deposit = new Reference("deposit for the car");
    LedgerBatch batch = batch(List.of());

    TransferOutcome outcome =
        batch.post(
            new TransferOrder(
                Kind.TRANSFER,
                ALICE,
                pending.from(),
                pending.to(),
                euros(60),
                deposit,
                Duration.ofSeconds(60)));

    Transfer expected =
        new Transfer(
            new TransferId(1),
            new AccountId(1),
            new AccountId(2),
            euros(60),
            deposit,
            NOW,
            null,
            null,
            END,
            TransferStatus.PENDING);
    Account payer =
        accountOf("alice", 1)
            .holding(100)
            .withPendingDebits(60)
            .lastPostedAt(NOW)
            .build()
            .asOf(NOW)
            .spent(euros(60));
    assertThat(outcome)
        .isEqualTo(new TransferOutcome.Pending(new Hold(expected, payer, bob.build().asOf(NOW))));
    assertThat(payer.available()).isEqualTo(euros(40));
    assertThat(batch.heldOrders()).containsExactly(new HeldOrder(ALICE, null, expected));
    assertThat(batch.postings()).isEmpty();
    assertThat(batch.changedAccounts()).containsExactly(payer);
    assertThat(batch.hasChanges()).isTrue();
  }

  @Test
  void counts_as_spent_when_it_is_set_aside_and_not_once_more() {
    alice.withPendingDebits(0);
    Limits limits = new Limits(null, euros(60), null);
    Account limited = alice.build().limitedTo(euros(0), limits);
    LedgerBatch setAside = batch(limited, List.of(), NOW);

    assertDeclined(
        setAside.post(pendingTransfer(ALICE, 1, 2, 61)),
        new Decline.LimitExceeded(pending.from(), Limit.PER_DAY, euros(60)));
    TransferOutcome outcome = setAside.post(pendingTransfer(ALICE, 1, 2, 60));
    assertThat(outcome).isInstanceOf(TransferOutcome.Pending.class);
    Account payer = ((TransferOutcome.Pending) outcome).hold().from();

    LedgerBatch settling = batch(payer, List.of(pending), NOW);
    PostedTransfer posting = posted(settling.post(new PostOrder(ALICE, pending, null)));
    assertThat(posting.from().spending().thatDay()).isEqualTo(euros(60));
    LedgerBatch releasing = batch(payer, List.of(pending), NOW);
    assertThat(releasing.release(new VoidOrder(ALICE, pending)))
        .isInstanceOf(TransferOutcome.Voided.class);
    assertDeclined(
        releasing.post(transfer(ALICE, 1, 2, 1)),
        new Decline.LimitExceeded(pending.from(), Limit.PER_DAY, euros(0)));
  }

  @Test
  void lets_nobody_spend_what_is_set_aside_or_has_not_arrived() {
    bob.holding(0);
    LedgerBatch batch = batch(List.of());

    assertDeclined(batch.post(transfer(ALICE, 1, 2, 41)), insufficient(1));
    assertDeclined(batch.post(pendingTransfer(ALICE, 1, 2, 41)), insufficient(1));
    assertThat(batch.post(pendingTransfer(ALICE, 1, 2, 40)))
        .isInstanceOf(TransferOutcome.Pending.class);
    assertDeclined(batch.post(transfer(ALICE, 1, 2, 1)), insufficient(1));
    assertDeclined(batch.post(transfer(BOB, 2, 1, 1)), insufficient(2));
  }

  @Test
  void moves_all_of_it_when_nothing_else_is_said() {
    PostedTransfer posting = posted(post(ALICE, null));

    assertThat(posting.transfer())
        .isEqualTo(
            new Transfer(
                new TransferId(1),
                pending.from(),
                pending.to(),
                euros(60),
                pending.reference(),
                NOW,
                null,
                pending.id(),
                null,
                TransferStatus.POSTED));
    assertThat(posting.from())
        .isEqualTo(accountOf("alice", 1).holding(40).lastPostedAt(NOW).build().asOf(NOW));
    assertThat(posting.to().balance()).isEqualTo(euros(160));
  }

  @Test
  void moves_a_part_and_releases_the_rest() {
    LedgerBatch batch = batch(List.of(pending));

    PostedTransfer posting = posted(batch.post(order(ALICE, 10L)));

    assertThat(posting.from())
        .isEqualTo(accountOf("alice", 1).holding(90).lastPostedAt(NOW).build().asOf(NOW));
    assertThat(posting.to().balance()).isEqualTo(euros(110));
    assertThat(batch.resolutions())
        .containsExactly(new Resolution(pending.id(), TransferStatus.POSTED, NOW));
  }

  @Test
  void needs_no_other_funds_than_those_that_were_set_aside() {
    alice.holding(60);

    assertThat(posted(post(ALICE, null)).from().balance()).isEqualTo(euros(0));
  }

  @Test
  void releases_all_of_it() {
    LedgerBatch batch = batch(List.of(pending));

    TransferOutcome outcome = batch.release(new VoidOrder(ALICE, pending));

    Account payer = accountOf("alice", 1).holding(100).lastPostedAt(NOW).build().asOf(NOW);
    assertThat(outcome)
        .isEqualTo(
            new TransferOutcome.Voided(
                new Hold(in(TransferStatus.VOIDED), payer, bob.build().asOf(NOW))));
    assertThat(batch.resolutions()).containsExactly(voided(ALICE, null));
    assertThat(batch.changedAccounts()).containsExactly(payer);
    assertThat(batch.postings()).isEmpty();
  }

  @Test
  void keeps_under_which_key_it_was_released() {
    IdempotencyKey key = new IdempotencyKey("k");
    LedgerBatch batch = batch(List.of(pending));

    assertThat(batch.under(key, () -> batch.release(new VoidOrder(BANKER, pending))))
        .isInstanceOf(TransferOutcome.Voided.class);

    assertThat(batch.resolutions()).containsExactly(voided(BANKER, key));
  }

  @Test
  void is_resolved_once_in_a_batch_too() {
    LedgerBatch first = batch(List.of(pending));
    posted(first.post(order(ALICE, 10L)));
    assertDeclined(first.post(order(ALICE, 10L)), new Decline.TransferAlreadyPosted(pending.id()));
    assertDeclined(
        first.release(new VoidOrder(ALICE, pending)),
        new Decline.TransferAlreadyPosted(pending.id()));

    LedgerBatch second = batch(List.of(pending));
    assertThat(second.release(new VoidOrder(ALICE, pending)))
        .isInstanceOf(TransferOutcome.Voided.class);
    assertDeclined(
        second.post(order(ALICE, null)), new Decline.TransferAlreadyVoided(pending.id()));
    assertThat(second.resolutions()).hasSize(1);
  }

  @Test
  void is_released_by_itself_at_its_time_before_any_rule_is_asked() {
    now = END;
    LedgerBatch batch = batch(List.of(pending));

    assertThat(batch.resolutions())
        .containsExactly(new Resolution(pending.id(), TransferStatus.EXPIRED, END));
    assertThat(batch.hasChanges()).isTrue();
    assertDeclined(batch.post(order(ALICE, null)), new Decline.TransferExpired(pending.id()));
    assertDeclined(
        batch.release(new VoidOrder(ALICE, pending)), new Decline.TransferExpired(pending.id()));
    assertThat(posted(batch.post(transfer(ALICE, 1, 2, 100))).from().balance()).isEqualTo(euros(0));
  }

  @Test
  void is_there_a_moment_before_its_time() {
    now = END.minusNanos(1);
    LedgerBatch batch = batch(List.of(pending));

    assertThat(batch.hasChanges()).isFalse();
    assertDeclined(batch.post(transfer(ALICE, 1, 2, 41)), insufficient(1));
    posted(batch.post(order(ALICE, null)));
  }

  @Test
  void expires_by_the_clock_that_is_ahead() {
    // Another server has been here already, and its clock said that it was time.
    bob.lastPostedAt(END);

    assertDeclined(post(ALICE, null), new Decline.TransferExpired(pending.id()));
  }

  @Test
  void releases_what_has_expired_of_several_and_leaves_the_rest() {
    alice.withPendingDebits(100);
    Transfer longer = pending(8, 40, END.plusSeconds(1));
    now = END;
    LedgerBatch batch = batch(List.of(pending, longer));

    assertThat(batch.resolutions()).extracting(Resolution::pending).containsExactly(pending.id());
    assertThat(batch.changedAccounts())
        .extracting(account -> account.pendingDebits().minorUnits())
        .containsExactly(40L);
  }

  @Test
  void resolves_nothing_without_the_locks() {
    now = END;
    LedgerBatch batch = new LedgerBatch(List.of(), Map.of(), List.of(pending), numbering(), now);

    assertThat(batch.hasChanges()).isFalse();
    assertDeclined(batch.post(order(BANKER, null)), new Decline.TransferNotFound(pending.id()));
  }

  @Test
  void is_not_decided_without_knowing_what_has_become_of_it() {
    LedgerBatch batch = batch(List.of());

    assertThatIllegalStateException().isThrownBy(() -> batch.post(order(ALICE, null)));
    assertThatIllegalStateException()
        .isThrownBy(() -> batch.release(new VoidOrder(ALICE, pending)));
  }

  @Test
  void is_for_the_payer_and_bankers_only() {
    assertDeclined(post(BOB, null), new Decline.PayerOnly(pending.id()));
    assertDeclined(post(MALLORY, null), new Decline.TransferNotFound(pending.id()));
    assertDeclined(release(BOB), new Decline.PayerOnly(pending.id()));
    assertDeclined(release(MALLORY), new Decline.TransferNotFound(pending.id()));
    posted(post(BANKER, null));
    assertThat(release(BANKER)).isInstanceOf(TransferOutcome.Voided.class);
  }

  @Test
  void says_before_anything_else_whether_the_caller_may() {
    pending = in(TransferStatus.EXPIRED);

    assertThat(authorization(ALICE)).isEmpty();
    assertThat(authorization(BANKER)).isEmpty();
    assertThat(authorization(BOB)).contains(new Decline.PayerOnly(pending.id()));
    assertThat(authorization(MALLORY)).contains(new Decline.TransferNotFound(pending.id()));
  }

  @ParameterizedTest
  @ValueSource(longs = {61, Long.MAX_VALUE})
  void moves_no_more_than_was_set_aside(long amount) {
    assertDeclined(post(ALICE, amount), new Decline.ExceedsPendingAmount(pending.id(), euros(60)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void moves_a_positive_amount(long amount) {
    assertDeclined(post(ALICE, amount), new Decline.AmountNotPositive(euros(amount)));
  }

  @ParameterizedTest
  @EnumSource(value = AccountStatus.class, names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
  void moves_nothing_from_an_account_that_does_not_pay_but_releases_it(AccountStatus status) {
    alice.that(status);

    assertDeclined(post(BANKER, null), new Decline.AccountNotOpen(pending.from(), status));
    assertThat(release(ALICE)).isInstanceOf(TransferOutcome.Voided.class);
    now = END;
    assertDeclined(release(ALICE), new Decline.TransferExpired(pending.id()));
  }

  @Test
  void moves_nothing_to_a_closed_account_but_releases_it() {
    bob.that(AccountStatus.CLOSED);
    LedgerBatch batch = batch(List.of(pending));

    assertDeclined(
        batch.post(order(ALICE, null)),
        new Decline.AccountNotOpen(pending.to(), AccountStatus.CLOSED));
    assertThat(batch.hasChanges()).as("what is declined changes nothing").isFalse();
    assertThat(batch.release(new VoidOrder(ALICE, pending)))
        .isInstanceOf(TransferOutcome.Voided.class);
  }

  @Test
  void moves_nothing_that_the_recipient_cannot_count() {
    bob.holding(Long.MAX_VALUE - 59);

    assertDeclined(post(ALICE, null), new Decline.BalanceOverflow(pending.to()));
    posted(post(ALICE, 59L));
  }

  @Test
  void settles_nothing_that_was_posted_at_once() {
    pending =
        new Transfer(
            new TransferId(7), new AccountId(1), new AccountId(2), euros(60), null, OPENED_AT);

    assertDeclined(post(ALICE, null), new Decline.TransferNotPending(pending.id()));
    assertDeclined(release(ALICE), new Decline.TransferNotPending(pending.id()));
  }

  @Test
  void is_taken_back_with_the_batch_that_it_belongs_to() {
    LedgerBatch batch = batch(List.of());

    List<TransferOutcome> outcomes =
        batch.postAllOrNone(List.of(pendingTransfer(ALICE, 1, 2, 40), transfer(ALICE, 1, 2, 1)));

    assertThat(outcomes)
        .containsExactly(new Declined(new Decline.BatchDeclined(1)), new Declined(insufficient(1)));
    assertThat(batch.heldOrders()).isEmpty();
    assertThat(batch.hasChanges()).isFalse();
    assertThat(batch.postAllOrNone(List.of(pendingTransfer(ALICE, 1, 2, 40))))
        .hasOnlyElementsOfType(TransferOutcome.Pending.class);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void gives_the_earlier_of_two_reasons(PendingRule earlier, PendingRule later) {
    Caller caller = violate(earlier, violate(later, ALICE));

    assertThat(post(caller, 61L))
        .isInstanceOfSatisfying(
            Declined.class,
            declined -> assertThat(declined.reason()).isInstanceOf(declineOf(earlier)));
  }

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    PendingRule[] rules = PendingRule.values();
    for (int i = 0; i < rules.length; i++) {
      for (int j = i + 1; j < rules.length; j++) {
        pairs.add(Arguments.of(rules[i], rules[j]));
      }
    }
    return pairs.stream();
  }

  @Test
  void gives_a_reason_of_its_own_before_those_of_the_movement() {
    alice.that(AccountStatus.FROZEN);
    bob.that(AccountStatus.CLOSED);

    assertDeclined(post(ALICE, 61L), new Decline.ExceedsPendingAmount(pending.id(), euros(60)));
    assertDeclined(post(ALICE, 0L), new Decline.AmountNotPositive(euros(0)));
  }

  /** Makes that rule object to settling too much; returns who is to ask for it. */
  private Caller violate(PendingRule rule, Caller caller) {
    return switch (rule) {
      case PARTIES_ONLY -> MALLORY;
      case PAYER_DECIDES -> BOB;
      case STILL_PENDING -> {
        pending = in(TransferStatus.VOIDED);
        yield caller;
      }
      case NO_MORE_THAN_WAS_SET_ASIDE -> caller;
    };
  }

  private static Class<? extends Decline> declineOf(PendingRule rule) {
    return switch (rule) {
      case PARTIES_ONLY -> Decline.TransferNotFound.class;
      case PAYER_DECIDES -> Decline.PayerOnly.class;
      case STILL_PENDING -> Decline.TransferAlreadyVoided.class;
      case NO_MORE_THAN_WAS_SET_ASIDE -> Decline.ExceedsPendingAmount.class;
    };
  }

  @Test
  void is_settled_in_its_own_currency() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PostOrder(ALICE, pending, Money.of(1, "USD")));
  }

  @Test
  void is_not_posted_as_a_movement_without_what_was_set_aside() {
    TransferOrder movement =
        new TransferOrder(Kind.POST_PENDING, BANKER, pending.from(), pending.to(), euros(1), null);

    assertThatIllegalArgumentException().isThrownBy(() -> batch(List.of()).post(movement));
  }

  @Test
  void is_set_aside_for_a_time_between_a_moment_and_a_year() {
    for (Duration time : List.of(Duration.ofNanos(1), Duration.ofDays(365))) {
      assertThat(pendingFor(Kind.TRANSFER, time).pendingFor()).isEqualTo(time);
    }
    for (Duration time :
        List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(365).plusNanos(1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> pendingFor(Kind.TRANSFER, time));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pendingFor(Kind.DEPOSIT, Duration.ofDays(1)));
  }

  @Test
  void fits_together() {
    assertThatIllegalArgumentException().isThrownBy(() -> pendingUntil(OPENED_AT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> linked(7, null, new TransferId(7), null, TransferStatus.POSTED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> linked(7, null, null, null, TransferStatus.VOIDED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> linked(7, new TransferId(5), null, END, TransferStatus.PENDING));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> linked(7, null, new TransferId(5), END, TransferStatus.PENDING));
  }

  @Test
  void is_held_between_its_own_accounts() {
    Account payer = alice.build();
    Account recipient = bob.build();

    assertThatIllegalArgumentException().isThrownBy(() -> new Hold(pending, recipient, payer));
    assertThatIllegalArgumentException().isThrownBy(() -> new Hold(pending, payer, payer));
    Transfer atOnce = linked(7, null, null, null, TransferStatus.POSTED);
    assertThatIllegalArgumentException().isThrownBy(() -> new Hold(atOnce, payer, recipient));
  }

  private static Transfer linked(
      long id,
      @Nullable TransferId reverses,
      @Nullable TransferId settles,
      @Nullable Instant expiresAt,
      TransferStatus status) {
    return new Transfer(
        new TransferId(id),
        new AccountId(1),
        new AccountId(2),
        euros(60),
        null,
        OPENED_AT,
        reverses,
        settles,
        expiresAt,
        status);
  }

  private static Transfer pendingUntil(Instant end) {
    return linked(7, null, null, end, TransferStatus.PENDING);
  }

  private static Transfer pending(long id, long amount, Instant end) {
    return new Transfer(
        new TransferId(id),
        new AccountId(1),
        new AccountId(2),
        euros(amount),
        null,
        OPENED_AT,
        null,
        null,
        end,
        TransferStatus.PENDING);
  }

  private Resolution voided(@Nullable Caller caller, @Nullable IdempotencyKey key) {
    return new Resolution(pending.id(), TransferStatus.VOIDED, NOW, caller, key);
  }

  private static Transfer in(TransferStatus status) {
    return linked(7, null, null, END, status);
  }

  private Optional<Decline> authorization(Caller caller) {
    return PendingRule.authorization(order(caller, 61L), alice.build(), bob.build());
  }

  private TransferOutcome post(Caller caller, @Nullable Long amount) {
    return batch(List.of(pending)).post(order(caller, amount));
  }

  private TransferOutcome release(Caller caller) {
    return batch(List.of(pending)).release(new VoidOrder(caller, pending));
  }

  private PostOrder order(Caller caller, @Nullable Long amount) {
    return new PostOrder(caller, pending, amount == null ? null : euros(amount));
  }

  private static TransferOrder transfer(Caller caller, long from, long to, long amount) {
    return new TransferOrder(
        Kind.TRANSFER, caller, new AccountId(from), new AccountId(to), euros(amount), null);
  }

  private static TransferOrder pendingTransfer(Caller caller, long from, long to, long amount) {
    return new TransferOrder(
        Kind.TRANSFER,
        caller,
        new AccountId(from),
        new AccountId(to),
        euros(amount),
        null,
        Duration.ofDays(1));
  }

  private static TransferOrder pendingFor(Kind kind, Duration time) {
    return new TransferOrder(
        kind, BANKER, new AccountId(1), new AccountId(2), euros(1), null, time);
  }

  private LedgerBatch batch(List<Transfer> pendings) {
    return batch(alice.build(), pendings, now);
  }

  private LedgerBatch batch(Account payer, List<Transfer> pendings, Instant time) {
    return new LedgerBatch(List.of(payer, bob.build()), Map.of(), pendings, numbering(), time);
  }

  private static Numbering numbering() {
    return new Numbering(
        LongStream.iterate(1, n -> n + 1).iterator(), LongStream.iterate(1, n -> n + 1).iterator());
  }

  private static Caller caller(String name, Role role) {
    return new Caller(new Username(name), role);
  }

  private static PostedTransfer posted(TransferOutcome outcome) {
    assertThat(outcome).isInstanceOf(TransferOutcome.Posted.class);
    return ((TransferOutcome.Posted) outcome).posting();
  }

  private static Decline insufficient(long account) {
    return new Decline.InsufficientFunds(new AccountId(account));
  }

  private static void assertDeclined(TransferOutcome outcome, Decline reason) {
    assertThat(outcome).isEqualTo(new Declined(reason));
  }

  private static Money euros(long minorUnits) {
    return Money.of(minorUnits, "EUR");
  }
}
