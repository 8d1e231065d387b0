package io.simplebank.domain.transfer;

import static io.simplebank.domain.account.AccountBuilder.accountOf;
import static io.simplebank.domain.account.AccountBuilder.settlementAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountBuilder;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limit;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransferRuleTest {
  private static final AccountId FROM = new AccountId(1);
  private static final AccountId TO = new AccountId(2);

  /** An order with nothing wrong about it, until rules are broken. */
  private static final class Attempt {
    private Kind kind = Kind.TRANSFER;
    private String caller = "alice";
    private Role role = Role.DEPOSITOR;
    private AccountBuilder from = accountOf("alice", 1).holding(100);
    private AccountBuilder to = accountOf("bob", 2).holding(50);
    private boolean fromMissing;
    private boolean toMissing;
    private long amount = 10;
    private String currency = "EUR";

    static Attempt transfer() {
      return new Attempt();
    }

    static Attempt deposit() {
      Attempt attempt = new Attempt();
      attempt.kind = Kind.DEPOSIT;
      attempt.role = Role.BANKER;
      attempt.caller = "carol";
      attempt.from = settlementAccount(1);
      return attempt;
    }

    static Attempt withdrawal() {
      Attempt attempt = new Attempt();
      attempt.kind = Kind.WITHDRAWAL;
      attempt.role = Role.BANKER;
      attempt.caller = "carol";
      attempt.to = settlementAccount(2);
      return attempt;
    }

    /** Makes that rule object, in a way that hides no violation of an earlier one. */
    void violate(TransferRule rule) {
      switch (rule) {
        case STAFF_MOVES_SETTLEMENT_MONEY -> role = Role.DEPOSITOR;
        case POSITIVE_AMOUNT -> amount = -amount;
        case TWO_ACCOUNTS -> to = from;
        case PAYER_IS_THE_CALLERS -> {
          caller = "mallory";
          fromMissing = kind == Kind.WITHDRAWAL;
        }
        case RECIPIENT_EXISTS -> {
          if (to == from) {
            toMissing = true;
          } else {
            to = kind == Kind.WITHDRAWAL ? accountOf("bob", 2) : settlementAccount(2);
          }
        }
        case ACCOUNTS_ARE_OPEN -> {
          from.that(AccountStatus.FROZEN);
          to.that(AccountStatus.CLOSED);
        }
        case ONE_CURRENCY -> currency = "USD";
        case WITHIN_LIMITS -> from.limitedTo(9L, null, null);
        case ENOUGH_FUNDS -> from.holding(9);
        case NO_OVERFLOW -> (amount > 0 ? to : from).holding(Long.MAX_VALUE);
      }
    }

    Optional<Decline> firstObjection() {
      Account payer = from.build();
      Account recipient = to.build();
      TransferOrder order =
          new TransferOrder(
              kind,
              new Caller(new Username(caller), role),
              payer.id(),
              recipient.id(),
              Money.of(amount, currency),
              null);
      return TransferRule.firstObjection(
          order, fromMissing ? null : payer, toMissing ? null : recipient);
    }
  }

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    TransferRule[] rules = TransferRule.values();
    for (int i = 0; i < rules.length; i++) {
      for (int j = i + 1; j < rules.length; j++) {
        // Every account covers a negative amount, and every limit: so these never meet.
        if (rules[i] != TransferRule.POSITIVE_AMOUNT
            || (rules[j] != TransferRule.WITHIN_LIMITS && rules[j] != TransferRule.ENOUGH_FUNDS)) {
          pairs.add(Arguments.of(rules[i], rules[j]));
        }
      }
    }
    return pairs.stream();
  }

  private static Attempt attemptThatCanViolate(TransferRule rule) {
    // Only money that crosses the ledger's border is for staff.
    return rule == TransferRule.STAFF_MOVES_SETTLEMENT_MONEY
        ? Attempt.withdrawal()
        : Attempt.transfer();
  }

  private static Class<? extends Decline> declineOf(TransferRule rule) {
    return switch (rule) {
      case STAFF_MOVES_SETTLEMENT_MONEY -> Decline.BankersOnly.class;
      case POSITIVE_AMOUNT -> Decline.AmountNotPositive.class;
      case TWO_ACCOUNTS -> Decline.SameAccount.class;
      case PAYER_IS_THE_CALLERS, RECIPIENT_EXISTS -> Decline.AccountNotFound.class;
      case ACCOUNTS_ARE_OPEN -> Decline.AccountNotOpen.class;
      case ONE_CURRENCY -> Decline.CurrencyMismatch.class;
      case WITHIN_LIMITS -> Decline.LimitExceeded.class;
      case ENOUGH_FUNDS -> Decline.InsufficientFunds.class;
      case NO_OVERFLOW -> Decline.BalanceOverflow.class;
    };
  }

  @ParameterizedTest
  @EnumSource
  void objects_when_one_rule_is_broken(TransferRule rule) {
    Attempt attempt = attemptThatCanViolate(rule);
    attempt.violate(rule);

    assertThat(attempt.firstObjection()).get().isInstanceOf(declineOf(rule));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void gives_the_earlier_of_two_reasons(TransferRule earlier, TransferRule later) {
    Attempt attempt = attemptThatCanViolate(earlier);
    attempt.violate(earlier);
    attempt.violate(later);

    assertThat(attempt.firstObjection()).get().isInstanceOf(declineOf(earlier));
  }

  @Test
  void asks_in_the_documented_order() {
    assertThat(TransferRule.values())
        .containsExactly(
            TransferRule.STAFF_MOVES_SETTLEMENT_MONEY,
            TransferRule.POSITIVE_AMOUNT,
            TransferRule.TWO_ACCOUNTS,
            TransferRule.PAYER_IS_THE_CALLERS,
            TransferRule.RECIPIENT_EXISTS,
            TransferRule.ACCOUNTS_ARE_OPEN,
            TransferRule.ONE_CURRENCY,
            TransferRule.WITHIN_LIMITS,
            TransferRule.ENOUGH_FUNDS,
            TransferRule.NO_OVERFLOW);
  }

  @Test
  void has_nothing_against_an_orderly_order() {
    assertThat(Attempt.transfer().firstObjection()).isEmpty();
    assertThat(Attempt.deposit().firstObjection()).isEmpty();
    assertThat(Attempt.withdrawal().firstObjection()).isEmpty();
  }

  @Test
  void declines_deposits_and_withdrawals_by_depositors() {
    Attempt deposit = Attempt.deposit();
    deposit.role = Role.DEPOSITOR;
    Attempt withdrawal = Attempt.withdrawal();
    withdrawal.role = Role.DEPOSITOR;
    // Not even from an account of their own.
    withdrawal.caller = "alice";

    assertThat(deposit.firstObjection()).contains(new Decline.BankersOnly());
    assertThat(withdrawal.firstObjection()).contains(new Decline.BankersOnly());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void declines_an_amount_of_nothing_or_less(long amount) {
    Attempt attempt = Attempt.transfer();
    attempt.amount = amount;

    assertThat(attempt.firstObjection())
        .contains(new Decline.AmountNotPositive(Money.of(amount, "EUR")));
  }

  @Test
  void declines_a_transfer_within_one_account() {
    Attempt attempt = Attempt.transfer();
    attempt.to = attempt.from;

    assertThat(attempt.firstObjection()).contains(new Decline.SameAccount(FROM));
  }

  @Test
  void tells_nobody_whether_an_account_of_another_exists() {
    Attempt fromAnother = Attempt.transfer();
    fromAnother.caller = "mallory";
    Attempt fromNowhere = Attempt.transfer();
    fromNowhere.fromMissing = true;

    assertThat(fromAnother.firstObjection()).contains(new Decline.AccountNotFound(FROM));
    assertThat(fromNowhere.firstObjection()).contains(new Decline.AccountNotFound(FROM));
  }

  @Test
  void declines_a_bankers_transfer_from_a_customers_account() {
    Attempt attempt = Attempt.transfer();
    attempt.caller = "carol";
    attempt.role = Role.BANKER;

    assertThat(attempt.firstObjection()).contains(new Decline.AccountNotFound(FROM));
  }

  @Test
  void lets_a_banker_transfer_from_an_account_of_their_own() {
    Attempt attempt = Attempt.transfer();
    attempt.role = Role.BANKER;

    assertThat(attempt.firstObjection()).isEmpty();
  }

  @Test
  void declines_a_transfer_from_a_settlement_account() {
    Attempt attempt = Attempt.transfer();
    attempt.role = Role.BANKER;
    attempt.from = settlementAccount(1).holding(100);

    assertThat(attempt.firstObjection()).contains(new Decline.AccountNotFound(FROM));
  }

  @Test
  void declines_a_transfer_to_a_settlement_account() {
    Attempt attempt = Attempt.transfer();
    attempt.to = settlementAccount(2);

    assertThat(attempt.firstObjection()).contains(new Decline.AccountNotFound(TO));
  }

  @Test
  void declines_a_transfer_to_an_account_that_does_not_exist() {
    Attempt attempt = Attempt.transfer();
    attempt.toMissing = true;

    assertThat(attempt.firstObjection()).contains(new Decline.AccountNotFound(TO));
  }

  @Test
  void takes_deposits_from_the_settlement_account_only() {
    Attempt attempt = Attempt.deposit();
    attempt.from = accountOf("alice", 1).holding(100);

    assertThat(attempt.firstObjection()).contains(new Decline.AccountNotFound(FROM));
  }

  @Test
  void takes_deposits_to_customers_only() {
    Attempt attempt = Attempt.deposit();
    attempt.to = settlementAccount(2);

    assertThat(attempt.firstObjection()).contains(new Decline.AccountNotFound(TO));
  }

  @Test
  void pays_withdrawals_from_customers_only() {
    Attempt attempt = Attempt.withdrawal();
    attempt.from = settlementAccount(1).holding(100);

    assertThat(attempt.firstObjection()).contains(new Decline.AccountNotFound(FROM));
  }

  @Test
  void pays_withdrawals_to_the_settlement_account_only() {
    Attempt attempt = Attempt.withdrawal();
    attempt.to = accountOf("bob", 2);

    assertThat(attempt.firstObjection()).contains(new Decline.AccountNotFound(TO));
  }

  @ParameterizedTest
  @EnumSource(names = {"FROZEN", "CLOSED"})
  void declines_a_transfer_from_an_account_that_may_not_pay(AccountStatus status) {
    Attempt transfer = Attempt.transfer();
    transfer.from.that(status);
    Attempt withdrawal = Attempt.withdrawal();
    withdrawal.from.that(status);

    assertThat(transfer.firstObjection()).contains(new Decline.AccountNotOpen(FROM, status));
    assertThat(withdrawal.firstObjection()).contains(new Decline.AccountNotOpen(FROM, status));
  }

  @Test
  void declines_a_transfer_to_a_closed_account() {
    Attempt attempt = Attempt.transfer();
    attempt.to.that(AccountStatus.CLOSED);

    assertThat(attempt.firstObjection())
        .contains(new Decline.AccountNotOpen(TO, AccountStatus.CLOSED));
  }

  @Test
  void lets_a_frozen_account_receive() {
    Attempt transfer = Attempt.transfer();
    transfer.to.that(AccountStatus.FROZEN);
    Attempt deposit = Attempt.deposit();
    deposit.to.that(AccountStatus.FROZEN);

    assertThat(transfer.firstObjection()).isEmpty();
    assertThat(deposit.firstObjection()).isEmpty();
  }

  @Test
  void declines_an_order_in_another_currency_than_the_payers() {
    Attempt attempt = Attempt.transfer();
    attempt.from.in("USD");

    assertThat(attempt.firstObjection())
        .contains(new Decline.CurrencyMismatch(FROM, currency("USD"), currency("EUR")));
  }

  @Test
  void declines_an_order_in_another_currency_than_the_recipients() {
    Attempt attempt = Attempt.transfer();
    attempt.to.in("JPY");

    assertThat(attempt.firstObjection())
        .contains(new Decline.CurrencyMismatch(TO, currency("JPY"), currency("EUR")));
  }

  @Test
  void names_the_payer_where_both_accounts_are_at_fault() {
    Attempt closed = Attempt.transfer();
    closed.from.that(AccountStatus.CLOSED);
    closed.to.that(AccountStatus.CLOSED);
    Attempt foreign = Attempt.transfer();
    foreign.from.in("USD");
    foreign.to.in("JPY");

    assertThat(closed.firstObjection())
        .contains(new Decline.AccountNotOpen(FROM, AccountStatus.CLOSED));
    assertThat(foreign.firstObjection())
        .contains(new Decline.CurrencyMismatch(FROM, currency("USD"), currency("EUR")));
  }

  @Test
  void declines_a_transfer_that_would_overdraw() {
    Attempt attempt = Attempt.transfer();
    attempt.amount = 100;
    assertThat(attempt.firstObjection()).isEmpty();

    attempt.amount = 101;

    assertThat(attempt.firstObjection()).contains(new Decline.InsufficientFunds(FROM));
  }

  @Test
  void declines_a_withdrawal_that_would_overdraw() {
    Attempt attempt = Attempt.withdrawal();
    attempt.amount = 101;

    assertThat(attempt.firstObjection()).contains(new Decline.InsufficientFunds(FROM));
  }

  @Test
  void lets_an_account_be_overdrawn_to_its_limit() {
    Attempt attempt = Attempt.transfer();
    attempt.from.withOverdraftLimit(25);
    attempt.amount = 125;
    assertThat(attempt.firstObjection()).isEmpty();

    attempt.amount = 126;

    assertThat(attempt.firstObjection()).contains(new Decline.InsufficientFunds(FROM));
  }

  @Test
  void declines_what_exceeds_the_narrowest_limit_and_says_how_much_is_left() {
    Attempt attempt = Attempt.transfer();
    attempt.from.limitedTo(60L, 100L, 500L).havingSpent(LocalDate.parse("2026-01-01"), 50, 470);
    attempt.amount = 30;
    assertThat(attempt.firstObjection()).isEmpty();

    attempt.amount = 31;

    assertThat(attempt.firstObjection())
        .contains(new Decline.LimitExceeded(FROM, Limit.PER_MONTH, Money.of(30, "EUR")));
  }

  @Test
  void binds_withdrawals_by_the_limits_of_the_account() {
    Attempt attempt = Attempt.withdrawal();
    attempt.from.limitedTo(null, 9L, null);

    assertThat(attempt.firstObjection())
        .contains(new Decline.LimitExceeded(FROM, Limit.PER_DAY, Money.of(9, "EUR")));
  }

  @Test
  void binds_nobody_by_the_limits_of_the_account_that_receives() {
    Attempt transfer = Attempt.transfer();
    transfer.to.limitedTo(0L, 0L, 0L);
    Attempt deposit = Attempt.deposit();
    deposit.to.limitedTo(0L, 0L, 0L);

    assertThat(transfer.firstObjection()).isEmpty();
    assertThat(deposit.firstObjection()).isEmpty();
  }

  @Test
  void lets_what_came_in_be_given_back_whatever_the_limits() {
    Attempt attempt = Attempt.transfer();
    attempt.kind = Kind.REVERSAL;
    attempt.from.limitedTo(0L, 0L, 0L);

    assertThat(attempt.firstObjection()).isEmpty();
  }

  @Test
  void declines_everything_where_a_limit_is_nothing() {
    Attempt attempt = Attempt.transfer();
    attempt.amount = 1;
    attempt.from.limitedTo(0L, null, null);

    assertThat(attempt.firstObjection())
        .contains(new Decline.LimitExceeded(FROM, Limit.PER_TRANSFER, Money.of(0, "EUR")));
  }

  @Test
  void does_not_spend_what_is_set_aside() {
    Attempt attempt = Attempt.transfer();
    attempt.from.withPendingDebits(60);
    attempt.amount = 40;
    assertThat(attempt.firstObjection()).isEmpty();

    attempt.amount = 41;

    assertThat(attempt.firstObjection()).contains(new Decline.InsufficientFunds(FROM));
  }

  @Test
  void lets_a_settlement_account_pay_what_it_has_not() {
    Attempt attempt = Attempt.deposit();
    attempt.amount = Long.MAX_VALUE - 50;

    assertThat(attempt.firstObjection()).isEmpty();
  }

  @Test
  void declines_what_a_recipient_could_not_count_any_more() {
    Attempt attempt = Attempt.transfer();
    attempt.to.holding(Long.MAX_VALUE - 10);
    assertThat(attempt.firstObjection()).isEmpty();

    attempt.to.holding(Long.MAX_VALUE - 9);

    assertThat(attempt.firstObjection()).contains(new Decline.BalanceOverflow(TO));
  }

  @Test
  void declines_what_would_overflow_the_recipients_available_balance() {
    Attempt attempt = Attempt.transfer();
    attempt.to.holding(Long.MAX_VALUE - 20).withOverdraftLimit(10);
    assertThat(attempt.firstObjection()).isEmpty();

    attempt.amount = 11;

    assertThat(attempt.firstObjection()).contains(new Decline.BalanceOverflow(TO));
  }

  @Test
  void declines_what_a_settlement_account_could_not_count_any_more() {
    Attempt attempt = Attempt.deposit();
    attempt.from.holding(Long.MIN_VALUE + 10);
    assertThat(attempt.firstObjection()).isEmpty();

    attempt.from.holding(Long.MIN_VALUE + 9);

    assertThat(attempt.firstObjection()).contains(new Decline.BalanceOverflow(FROM));
  }

  @Test
  void answers_no_rule_out_of_turn() {
    Account account = accountOf("alice", 1).build();
    TransferOrder order =
        new TransferOrder(
            Kind.TRANSFER,
            new Caller(new Username("alice"), Role.DEPOSITOR),
            FROM,
            TO,
            Money.of(1, "EUR"),
            null);

    assertThatThrownBy(() -> TransferRule.ENOUGH_FUNDS.objection(order, null, account))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Currency currency(String code) {
    return Currency.getInstance(code);
  }
}
