package io.simplebank.domain.transfer;

import static io.simplebank.domain.account.AccountBuilder.OPENED_AT;
import static io.simplebank.domain.account.AccountBuilder.accountOf;
import static io.simplebank.domain.account.AccountBuilder.settlementAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountBuilder;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.transfer.TransferOutcome.Declined;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReversalTest {
  private static final Instant NOW = OPENED_AT.plusSeconds(3600);
  private static final List<List<ReversalRule>> IMPOSSIBLE =
      List.of(
          List.of(ReversalRule.RECIPIENT_GIVES_BACK, ReversalRule.STAFF_MOVES_SETTLEMENT_MONEY),
          List.of(ReversalRule.REVERSALS_STAY, ReversalRule.MONEY_HAS_MOVED));

  private static final Caller ALICE = caller("alice", Role.DEPOSITOR);
  private static final Caller BOB = caller("bob", Role.DEPOSITOR);
  private static final Caller BANKER = caller("carol", Role.BANKER);

  private AccountBuilder alice = accountOf("alice", 1).holding(100);
  private AccountBuilder bob = accountOf("bob", 2).holding(100);
  private Transfer original = transfer(null);
  private long reversedBefore;

  @Test
  void gives_back_what_is_left_when_nothing_else_is_said() {
    reversedBefore = 25;

    PostedTransfer posting = posted(reverse(BOB, null));

    assertThat(posting.transfer())
        .isEqualTo(
            new Transfer(
                new TransferId(1),
                original.to(),
                original.from(),
                euros(35),
                null,
                NOW,
                original.id()));
    assertThat(posting.from().balance()).isEqualTo(euros(65));
    assertThat(posting.to().balance()).isEqualTo(euros(135));
  }

  @Test
  void gives_back_a_part() {
    assertThat(posted(reverse(BOB, 1L)).transfer().amount()).isEqualTo(euros(1));
    reversedBefore = 59;
    assertThat(posted(reverse(BANKER, 1L)).transfer().amount()).isEqualTo(euros(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {61, Long.MAX_VALUE})
  void gives_back_no_more_than_was_moved(long amount) {
    assertDeclined(
        reverse(BOB, amount), new Decline.ReversalExceedsOriginal(original.id(), euros(60)));
  }

  @Test
  void gives_back_nothing_of_what_has_been_given_back() {
    reversedBefore = 60;

    assertDeclined(
        reverse(BOB, null), new Decline.ReversalExceedsOriginal(original.id(), euros(0)));
    assertDeclined(reverse(BOB, 1L), new Decline.ReversalExceedsOriginal(original.id(), euros(0)));
  }

  @Test
  void counts_the_reversals_of_one_batch_together() {
    LedgerBatch batch = batch();

    posted(batch.reverse(order(BOB, 40L)));
    assertDeclined(
        batch.reverse(order(BOB, 21L)),
        new Decline.ReversalExceedsOriginal(original.id(), euros(20)));
    posted(batch.reverse(order(BOB, null)));
    assertDeclined(
        batch.reverse(order(BOB, null)),
        new Decline.ReversalExceedsOriginal(original.id(), euros(0)));
  }

  @Test
  void counts_no_reversal_that_was_declined() {
    bob.holding(50);
    LedgerBatch batch = batch();

    assertDeclined(batch.reverse(order(BOB, 60L)), new Decline.InsufficientFunds(original.to()));

    assertThat(posted(batch.reverse(order(BOB, 50L))).from().balance()).isEqualTo(euros(0));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void gives_back_a_positive_amount(long amount) {
    assertDeclined(reverse(BOB, amount), new Decline.AmountNotPositive(euros(amount)));
  }

  @Test
  void reverses_no_reversal() {
    original = transfer(new TransferId(5));

    assertDeclined(reverse(BOB, null), new Decline.NotReversible(original.id()));
  }

  @Test
  void reverses_nothing_that_was_only_set_aside() {
    original = pending();
    assertDeclined(reverse(BOB, null), new Decline.NothingMoved(original.id()));

    original = pending().becoming(TransferStatus.POSTED);
    assertDeclined(reverse(BANKER, 1L), new Decline.NothingMoved(original.id()));
  }

  @Test
  void is_for_the_recipient_and_bankers_only() {
    assertDeclined(reverse(ALICE, null), new Decline.RecipientOnly(original.id()));
    assertDeclined(
        reverse(caller("mallory", Role.DEPOSITOR), null),
        new Decline.TransferNotFound(original.id()));
    posted(reverse(BANKER, null));
  }

  @Test
  void lets_only_bankers_take_a_deposit_back() {
    alice = settlementAccount(1);

    assertDeclined(reverse(BOB, null), new Decline.BankersOnly());
    assertThat(posted(reverse(BANKER, null)).to().balance()).isEqualTo(euros(60));
  }

  @Test
  void lets_bankers_take_a_withdrawal_back() {
    bob = settlementAccount(2);

    assertThat(posted(reverse(BANKER, null)).from().balance()).isEqualTo(euros(-60));
  }

  @Test
  void takes_nothing_from_a_frozen_account_and_gives_nothing_to_a_closed_one() {
    bob.that(AccountStatus.FROZEN);
    assertDeclined(
        reverse(BANKER, null), new Decline.AccountNotOpen(original.to(), AccountStatus.FROZEN));

    bob.that(AccountStatus.OPEN);
    alice.that(AccountStatus.CLOSED);
    assertDeclined(
        reverse(BANKER, null), new Decline.AccountNotOpen(original.from(), AccountStatus.CLOSED));
  }

  @Test
  void says_before_anything_else_whether_the_caller_may() {
    assertThat(authorization(ALICE)).contains(new Decline.RecipientOnly(original.id()));
    assertThat(authorization(BOB)).isEmpty();
    assertThat(authorization(BANKER)).isEmpty();
    alice = settlementAccount(1);
    assertThat(authorization(BOB)).contains(new Decline.BankersOnly());
    // What has become of the transfer is another matter.
    original = transfer(new TransferId(5));
    assertThat(authorization(BANKER)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void gives_the_earlier_of_two_reasons(ReversalRule earlier, ReversalRule later) {
    Caller caller = violate(earlier, violate(later, BOB));

    assertThat(reverse(caller, 61L))
        .isInstanceOfSatisfying(
            Declined.class,
            declined -> assertThat(declined.reason()).isInstanceOf(declineOf(earlier)));
  }

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    ReversalRule[] rules = ReversalRule.values();
    for (int i = 0; i < rules.length; i++) {
      for (int j = i + 1; j < rules.length; j++) {
        // Where the bank has paid, there is no other customer who could ask; and what is pending
        // reverses nothing.
        if (!IMPOSSIBLE.contains(List.of(rules[i], rules[j]))) {
          pairs.add(Arguments.of(rules[i], rules[j]));
        }
      }
    }
    return pairs.stream();
  }

  /** Makes that rule object to a reversal of too much; returns who is to ask for it. */
  private Caller violate(ReversalRule rule, Caller caller) {
    return switch (rule) {
      case PARTIES_ONLY -> caller("mallory", Role.DEPOSITOR);
      case RECIPIENT_GIVES_BACK -> ALICE;
      case STAFF_MOVES_SETTLEMENT_MONEY -> {
        alice = settlementAccount(1);
        yield caller;
      }
      case REVERSALS_STAY -> {
        original = transfer(new TransferId(5));
        yield caller;
      }
      case MONEY_HAS_MOVED -> {
        original = pending();
        yield caller;
      }
      case NO_MORE_THAN_WAS_MOVED -> caller;
    };
  }

  private static Class<? extends Decline> declineOf(ReversalRule rule) {
    return switch (rule) {
      case PARTIES_ONLY -> Decline.TransferNotFound.class;
      case RECIPIENT_GIVES_BACK -> Decline.RecipientOnly.class;
      case STAFF_MOVES_SETTLEMENT_MONEY -> Decline.BankersOnly.class;
      case REVERSALS_STAY -> Decline.NotReversible.class;
      case MONEY_HAS_MOVED -> Decline.NothingMoved.class;
      case NO_MORE_THAN_WAS_MOVED -> Decline.ReversalExceedsOriginal.class;
    };
  }

  @Test
  void is_ordered_in_the_currency_of_the_original() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReversalOrder(BOB, original, Money.of(1, "USD"), null));
  }

  @Test
  void is_not_posted_as_a_movement_without_its_original() {
    TransferOrder order =
        new TransferOrder(Kind.REVERSAL, BANKER, original.to(), original.from(), euros(1), null);

    assertThatIllegalArgumentException().isThrownBy(() -> batch().post(order));
  }

  @Test
  void is_no_reversal_of_itself() {
    assertThatIllegalArgumentException().isThrownBy(() -> transfer(new TransferId(7)));
  }

  private Transfer transfer(@Nullable TransferId reverses) {
    return new Transfer(
        new TransferId(7),
        new AccountId(1),
        new AccountId(2),
        euros(60),
        null,
        OPENED_AT,
        reverses);
  }

  private Transfer pending() {
    return new Transfer(
        new TransferId(7),
        new AccountId(1),
        new AccountId(2),
        euros(60),
        null,
        OPENED_AT,
        null,
        null,
        NOW.plusSeconds(60),
        TransferStatus.PENDING);
  }

  private Optional<Decline> authorization(Caller caller) {
    return ReversalRule.authorization(order(caller, 61L), alice.build(), bob.build());
  }

  private TransferOutcome reverse(Caller caller, @Nullable Long amount) {
    return batch().reverse(order(caller, amount));
  }

  private ReversalOrder order(Caller caller, @Nullable Long amount) {
    return new ReversalOrder(caller, original, amount == null ? null : euros(amount), null);
  }

  private LedgerBatch batch() {
    Numbering fromOne =
        new Numbering(
            LongStream.iterate(1, n -> n + 1).iterator(),
            LongStream.iterate(1, n -> n + 1).iterator());
    List<Account> accounts = List.of(alice.build(), bob.build());
    Map<TransferId, Long> reversed =
        reversedBefore == 0 ? Map.of() : Map.of(original.id(), reversedBefore);
    return new LedgerBatch(accounts, reversed, List.of(), fromOne, NOW);
  }

  private static Caller caller(String name, Role role) {
    return new Caller(new Username(name), role);
  }

  private static PostedTransfer posted(TransferOutcome outcome) {
    assertThat(outcome).isInstanceOf(TransferOutcome.Posted.class);
    return ((TransferOutcome.Posted) outcome).posting();
  }

  private static void assertDeclined(TransferOutcome outcome, Decline reason) {
    assertThat(outcome).isEqualTo(new Declined(reason));
  }

  private static Money euros(long minorUnits) {
    return Money.of(minorUnits, "EUR");
  }
}
