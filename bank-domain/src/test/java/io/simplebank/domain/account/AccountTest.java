package io.simplebank.domain.account;

import static io.simplebank.domain.account.AccountBuilder.OPENED_AT;
import static io.simplebank.domain.account.AccountBuilder.accountOf;
import static io.simplebank.domain.account.AccountBuilder.settlementAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountTest {
  private static final Currency EUR = Currency.getInstance("EUR");

  @Test
  void is_opened_empty_and_without_overdraft() {
    Account account =
        Account.opened(new AccountId(7), Owner.customer(new Username("alice")), EUR, OPENED_AT);

    assertThat(account).isEqualTo(accountOf("alice", 7).build());
    assertThat(account.available()).isEqualTo(euros(0));
    assertThat(account.currency()).isEqualTo(EUR);
    assertThat(account.lastPostedAt()).isEqualTo(OPENED_AT);
  }

  @Test
  void makes_available_the_balance_less_pending_debits_and_the_overdraft_limit_on_top() {
    Account account =
        accountOf("alice", 1).holding(100).withPendingDebits(30).withOverdraftLimit(50).build();

    assertThat(account.available()).isEqualTo(euros(120));
    assertThat(account.covers(euros(120))).isTrue();
    assertThat(account.covers(euros(121))).isFalse();
  }

  @Test
  void is_never_overdrawn_when_it_is_a_customers() {
    assertThat(accountOf("alice", 1).holding(-50).withOverdraftLimit(50).build().available())
        .isEqualTo(euros(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accountOf("alice", 1).holding(-1).build())
        .withMessageContaining("overdrawn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accountOf("alice", 1).holding(-51).withOverdraftLimit(50).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accountOf("alice", 1).holding(10).withPendingDebits(11).build());
  }

  @Test
  void may_stand_below_zero_when_it_is_the_banks() {
    Account settlement = settlementAccount(1).holding(Long.MIN_VALUE).build();

    assertThat(settlement.available()).isEqualTo(euros(Long.MIN_VALUE));
    assertThat(settlement.covers(euros(Long.MAX_VALUE))).isTrue();
  }

  @Test
  void has_no_negative_pending_debits_or_overdraft_limit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accountOf("alice", 1).holding(10).withPendingDebits(-1).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accountOf("alice", 1).holding(10).withOverdraftLimit(-1).build());
  }

  @Test
  void keeps_everything_in_one_currency() {
    Money dollars = Money.of(0, "USD");

    assertThatIllegalArgumentException().isThrownBy(() -> with(euros(0), dollars, euros(0)));
    assertThatIllegalArgumentException().isThrownBy(() -> with(euros(0), euros(0), dollars));
  }

  @Test
  void refuses_an_available_balance_beyond_64_bits() {
    assertThatThrownBy(
            () -> accountOf("alice", 1).holding(Long.MAX_VALUE).withOverdraftLimit(1).build())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void computes_an_available_balance_within_64_bits_whatever_lies_between() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                accountOf("alice", 1)
                    .holding(-5)
                    .withPendingDebits(Long.MAX_VALUE)
                    .withOverdraftLimit(Long.MAX_VALUE)
                    .build())
        .withMessageContaining("overdrawn");
    Account settlement =
        settlementAccount(1)
            .holding(Long.MIN_VALUE + 5)
            .withPendingDebits(10)
            .withOverdraftLimit(10)
            .build();
    assertThat(settlement.canBook(euros(-5))).isTrue();
    assertThat(settlement.booked(euros(-5), OPENED_AT).balance()).isEqualTo(euros(Long.MIN_VALUE));
  }

  @Test
  void can_book_what_keeps_balance_and_available_balance_within_64_bits() {
    Account account = accountOf("alice", 1).holding(Long.MAX_VALUE - 10).build();
    assertThat(account.canBook(euros(10))).isTrue();
    assertThat(account.canBook(euros(11))).isFalse();

    Account withOverdraft =
        accountOf("alice", 1).holding(Long.MAX_VALUE - 10).withOverdraftLimit(4).build();
    assertThat(withOverdraft.canBook(euros(6))).isTrue();
    assertThat(withOverdraft.canBook(euros(7))).isFalse();

    Account withPending =
        accountOf("alice", 1).holding(Long.MAX_VALUE - 10).withPendingDebits(100).build();
    assertThat(withPending.canBook(euros(10))).isTrue();
    assertThat(withPending.canBook(euros(11))).isFalse();

    Account settlement = settlementAccount(1).holding(Long.MIN_VALUE + 10).build();
    assertThat(settlement.canBook(euros(-10))).isTrue();
    assertThat(settlement.canBook(euros(-11))).isFalse();
  }

  @Test
  void books_an_entry_and_remembers_its_time() {
    Instant later = OPENED_AT.plusSeconds(1);
    Account account = accountOf("alice", 1).holding(100).withPendingDebits(20).build();

    assertThat(account.booked(euros(-80), later))
        .isEqualTo(
            accountOf("alice", 1).holding(20).withPendingDebits(20).lastPostedAt(later).build());
    assertThat(account.booked(euros(5), OPENED_AT).balance()).isEqualTo(euros(105));
  }

  @Test
  void books_nothing_that_would_break_it() {
    Account account = accountOf("alice", 1).holding(100).build();

    assertThatIllegalArgumentException().isThrownBy(() -> account.booked(euros(-101), OPENED_AT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.booked(Money.of(1, "USD"), OPENED_AT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.booked(euros(1), OPENED_AT.minusNanos(1)))
        .withMessageContaining("precede");
    assertThatThrownBy(() -> account.booked(euros(Long.MAX_VALUE), OPENED_AT))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void sets_money_aside_and_releases_it() {
    Instant later = OPENED_AT.plusSeconds(1);
    Account account = accountOf("alice", 1).holding(100).withPendingDebits(20).build();

    Account more = account.withSetAside(euros(80), later);
    assertThat(more)
        .isEqualTo(
            accountOf("alice", 1).holding(100).withPendingDebits(100).lastPostedAt(later).build());
    assertThat(more.withReleased(euros(100), later).available()).isEqualTo(euros(100));
  }

  @Test
  void sets_aside_no_more_than_is_available_and_releases_no_more_than_is_set_aside() {
    Account account = accountOf("alice", 1).holding(100).withPendingDebits(20).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.withSetAside(euros(81), OPENED_AT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.withReleased(euros(21), OPENED_AT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.withSetAside(euros(1), OPENED_AT.minusNanos(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.withReleased(euros(1), OPENED_AT.minusNanos(1)));
  }

  @Test
  void can_always_release_what_is_set_aside() {
    assertThatThrownBy(
            () ->
                accountOf("alice", 1)
                    .holding(Long.MAX_VALUE)
                    .withOverdraftLimit(5)
                    .withPendingDebits(5)
                    .build())
        .isInstanceOf(ArithmeticException.class);
    Account account =
        accountOf("alice", 1)
            .holding(Long.MAX_VALUE - 10)
            .withOverdraftLimit(5)
            .withPendingDebits(7)
            .build();
    assertThat(account.canBook(euros(5))).isTrue();
    assertThat(account.canBook(euros(6))).isFalse();
    assertThat(account.booked(euros(5), OPENED_AT).withReleased(euros(7), OPENED_AT).available())
        .isEqualTo(euros(Long.MAX_VALUE));
  }

  @Test
  void belongs_to_its_owner_alone() {
    Account account = accountOf("alice", 1).build();

    assertThat(account.isOwnedBy(new Username("ALICE"))).isTrue();
    assertThat(account.isOwnedBy(new Username("bob"))).isFalse();
    assertThat(account.isSettlement()).isFalse();
  }

  @Test
  void belongs_to_no_user_when_it_is_the_banks() {
    Account settlement = settlementAccount(1).build();

    assertThat(settlement.isSettlement()).isTrue();
    assertThat(settlement.isOwnedBy(new Username("bank"))).isFalse();
  }

  @Test
  void is_visible_to_its_owner_and_to_bankers() {
    Account account = accountOf("alice", 1).build();

    assertThat(account.isVisibleTo(new Caller(new Username("alice"), Role.DEPOSITOR))).isTrue();
    assertThat(account.isVisibleTo(new Caller(new Username("bob"), Role.DEPOSITOR))).isFalse();
    assertThat(account.isVisibleTo(new Caller(new Username("carol"), Role.BANKER))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"OPEN, true, true", "FROZEN, false, true", "CLOSED, false, false"})
  void pays_and_receives_as_its_state_allows(AccountStatus status, boolean pays, boolean receives) {
    assertThat(status.canPay()).isEqualTo(pays);
    assertThat(status.canReceive()).isEqualTo(receives);
  }

  @Test
  void uses_as_much_of_an_overdraft_as_it_stands_below_zero() {
    assertThat(accountOf("alice", 1).holding(5).build().overdraftInUse()).isEqualTo(euros(0));
    assertThat(accountOf("alice", 1).holding(Long.MAX_VALUE).build().overdraftInUse())
        .isEqualTo(euros(0));
    assertThat(
            accountOf("alice", 1)
                .holding(-30)
                .withPendingDebits(12)
                .withOverdraftLimit(50)
                .build()
                .overdraftInUse())
        .isEqualTo(euros(42));
    assertThat(
            accountOf("alice", 1)
                .holding(-Long.MAX_VALUE)
                .withOverdraftLimit(Long.MAX_VALUE)
                .build()
                .overdraftInUse())
        .isEqualTo(euros(Long.MAX_VALUE));
  }

  @Test
  void has_limits_set_and_keeps_all_else() {
    AccountBuilder account =
        accountOf("alice", 1)
            .holding(-30)
            .withOverdraftLimit(50)
            .that(AccountStatus.FROZEN)
            .havingSpent(LocalDate.parse("2026-01-01"), 7, 9);

    assertThat(account.build().limitedTo(euros(30), new Limits(euros(1), null, euros(3))))
        .isEqualTo(account.withOverdraftLimit(30).limitedTo(1L, null, 3L).build());
  }

  @Test
  void has_no_overdraft_limit_below_its_use_or_beyond_64_bits() {
    Account overdrawn = accountOf("alice", 1).holding(-30).withOverdraftLimit(50).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> overdrawn.limitedTo(euros(29), Limits.NONE));

    Account rich = accountOf("alice", 1).holding(10).build();
    assertThat(rich.canHaveOverdraftLimit(euros(Long.MAX_VALUE - 10))).isTrue();
    assertThat(rich.canHaveOverdraftLimit(euros(Long.MAX_VALUE - 9))).isFalse();
    assertThatThrownBy(() -> rich.limitedTo(euros(Long.MAX_VALUE - 9), Limits.NONE))
        .isInstanceOf(ArithmeticException.class);
    Account withPending = accountOf("alice", 1).holding(10).withPendingDebits(4).build();
    // What is set aside may be released.
    assertThat(withPending.canHaveOverdraftLimit(euros(Long.MAX_VALUE - 10))).isTrue();
    assertThat(withPending.canHaveOverdraftLimit(euros(Long.MAX_VALUE - 9))).isFalse();
  }

  @Test
  void has_limits_and_spending_in_its_own_currency() {
    Account account = accountOf("alice", 1).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.limitedTo(euros(0), new Limits(Money.of(1, "USD"), null, null)))
        .withMessageContaining("in the currency of the account");
    assertThatIllegalArgumentException().isThrownBy(() -> account.spent(Money.of(1, "USD")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Account(
                    account.id(),
                    account.owner(),
                    account.balance(),
                    account.pendingDebits(),
                    account.overdraftLimit(),
                    account.status(),
                    account.createdAt(),
                    account.lastPostedAt(),
                    Limits.NONE,
                    Spending.none(Currency.getInstance("USD"))));
  }

  @Test
  void has_no_limits_when_it_is_the_banks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settlementAccount(1).limitedTo(null, 1L, null).build());
  }

  @Test
  void has_spent_what_left_it_and_begins_anew_on_a_new_day() {
    Account account = accountOf("alice", 1).holding(100).build().asOf(OPENED_AT);

    Account spender = account.spent(euros(30)).spent(euros(5));

    assertThat(spender)
        .isEqualTo(
            accountOf("alice", 1)
                .holding(100)
                .havingSpent(LocalDate.parse("2026-01-01"), 35, 35)
                .build());
    assertThat(spender.asOf(OPENED_AT.plus(Duration.ofDays(1))))
        .isEqualTo(
            accountOf("alice", 1)
                .holding(100)
                .havingSpent(LocalDate.parse("2026-01-02"), 0, 35)
                .build());
  }

  @Test
  void changes_its_status_and_nothing_else() {
    AccountBuilder account =
        accountOf("alice", 1)
            .holding(100)
            .withPendingDebits(20)
            .withOverdraftLimit(5)
            .limitedTo(1L, 2L, 3L)
            .havingSpent(LocalDate.parse("2026-01-01"), 7, 9)
            .lastPostedAt(OPENED_AT.plusSeconds(1));

    assertThat(account.build().changedBy(StatusChange.FREEZE))
        .isEqualTo(account.that(AccountStatus.FROZEN).build());
  }

  @Test
  void changes_its_status_only_as_that_may_be() {
    Account closed = accountOf("alice", 1).build().changedBy(StatusChange.CLOSE);
    assertThat(closed.status()).isEqualTo(AccountStatus.CLOSED);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> closed.changedBy(StatusChange.UNFREEZE))
        .withMessage("account 1, which is CLOSED, takes no UNFREEZE");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accountOf("alice", 1).holding(1).build().changedBy(StatusChange.CLOSE));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                accountOf("alice", 1)
                    .withOverdraftLimit(1)
                    .withPendingDebits(1)
                    .build()
                    .changedBy(StatusChange.CLOSE));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void has_a_positive_number(long number) {
    assertThatIllegalArgumentException().isThrownBy(() -> new AccountId(number));
  }

  @Test
  void is_ordered_by_number() {
    assertThat(new AccountId(2)).isGreaterThan(new AccountId(1)).isLessThan(new AccountId(10));
    assertThat(new AccountId(1)).isEqualByComparingTo(new AccountId(1));
  }

  private static Account with(Money balance, Money pendingDebits, Money overdraftLimit) {
    return new Account(
        new AccountId(1),
        Owner.bank(),
        balance,
        pendingDebits,
        overdraftLimit,
        AccountStatus.OPEN,
        OPENED_AT,
        OPENED_AT,
        Limits.NONE,
        Spending.none(balance.currency()));
  }

  private static Money euros(long minorUnits) {
    return new Money(minorUnits, EUR);
  }
}
