package io.simplebank.domain.account;

import static io.simplebank.domain.account.AccountBuilder.accountOf;
import static io.simplebank.domain.account.AccountBuilder.settlementAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class StatusRuleTest {
  private static final AccountId ID = new AccountId(1);
  private static final Caller OWNER = new Caller(new Username("alice"), Role.DEPOSITOR);
  private static final Caller STRANGER = new Caller(new Username("mallory"), Role.DEPOSITOR);
  private static final Caller BANKER = new Caller(new Username("carol"), Role.BANKER);

  /** A closing with nothing wrong about it, until rules are broken. */
  private static final class Attempt {
    private StatusChange change = StatusChange.CLOSE;
    private Caller caller = OWNER;
    private final AccountBuilder account = accountOf("alice", 1);

    /** Makes that rule object, in a way that hides no violation of an earlier one. */
    void violate(StatusRule rule) {
      switch (rule) {
        case ACCOUNT_IS_THERE_FOR_THE_CALLER -> caller = STRANGER;
        case STAFF_FREEZES -> account.that(AccountStatus.FROZEN);
        case LEADS_SOMEWHERE -> {
          if (account.build().status() == AccountStatus.FROZEN) {
            change = StatusChange.FREEZE;
          } else {
            account.that(AccountStatus.CLOSED);
          }
        }
        case CLOSED_ACCOUNTS_ARE_EMPTY -> account.holding(7);
        case CLOSED_ACCOUNTS_OWE_NOTHING -> account.withOverdraftLimit(9).withPendingDebits(9);
      }
    }

    Optional<StatusRefusal> firstObjection() {
      return StatusRule.firstObjection(change, caller, ID, account.build());
    }
  }

  private static Class<? extends StatusRefusal> refusalOf(StatusRule rule) {
    return switch (rule) {
      case ACCOUNT_IS_THERE_FOR_THE_CALLER -> StatusRefusal.AccountNotFound.class;
      case STAFF_FREEZES -> StatusRefusal.BankersOnly.class;
      case LEADS_SOMEWHERE -> StatusRefusal.WrongStatus.class;
      case CLOSED_ACCOUNTS_ARE_EMPTY -> StatusRefusal.NotEmpty.class;
      case CLOSED_ACCOUNTS_OWE_NOTHING -> StatusRefusal.DebitsPending.class;
    };
  }

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    StatusRule[] rules = StatusRule.values();
    for (int i = 0; i < rules.length; i++) {
      for (int j = i + 1; j < rules.length; j++) {
        pairs.add(Arguments.of(rules[i], rules[j]));
      }
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @EnumSource
  void objects_when_one_rule_is_broken(StatusRule rule) {
    Attempt attempt = new Attempt();
    attempt.violate(rule);

    assertThat(attempt.firstObjection()).get().isInstanceOf(refusalOf(rule));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void gives_the_earlier_of_two_reasons(StatusRule earlier, StatusRule later) {
    Attempt attempt = new Attempt();
    attempt.violate(earlier);
    attempt.violate(later);

    assertThat(attempt.firstObjection()).get().isInstanceOf(refusalOf(earlier));
  }

  @Test
  void asks_in_the_documented_order() {
    assertThat(StatusRule.values())
        .containsExactly(
            StatusRule.ACCOUNT_IS_THERE_FOR_THE_CALLER,
            StatusRule.STAFF_FREEZES,
            StatusRule.LEADS_SOMEWHERE,
            StatusRule.CLOSED_ACCOUNTS_ARE_EMPTY,
            StatusRule.CLOSED_ACCOUNTS_OWE_NOTHING);
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, FREEZE, BankersOnly, changed",
    "OPEN, UNFREEZE, BankersOnly, WrongStatus",
    "OPEN, CLOSE, changed, changed",
    "FROZEN, FREEZE, BankersOnly, WrongStatus",
    "FROZEN, UNFREEZE, BankersOnly, changed",
    "FROZEN, CLOSE, BankersOnly, changed",
    "CLOSED, FREEZE, BankersOnly, WrongStatus",
    "CLOSED, UNFREEZE, BankersOnly, WrongStatus",
    "CLOSED, CLOSE, WrongStatus, WrongStatus",
  })
  void says_who_may_do_what_to_an_empty_account(
      AccountStatus status, StatusChange change, String owner, String banker) {
    Account account = accountOf("alice", 1).that(status).build();

    assertThat(nameOf(StatusRule.firstObjection(change, OWNER, ID, account))).isEqualTo(owner);
    assertThat(nameOf(StatusRule.firstObjection(change, BANKER, ID, account))).isEqualTo(banker);
    assertThat(nameOf(StatusRule.firstObjection(change, STRANGER, ID, account)))
        .isEqualTo("AccountNotFound");
  }

  @ParameterizedTest
  @EnumSource
  void changes_nothing_about_the_banks_own_accounts_or_about_those_that_do_not_exist(
      StatusChange change) {
    StatusRefusal notFound = new StatusRefusal.AccountNotFound(ID);

    assertThat(StatusRule.firstObjection(change, BANKER, ID, settlementAccount(1).build()))
        .contains(notFound);
    assertThat(StatusRule.firstObjection(change, BANKER, ID, null)).contains(notFound);
  }

  @Test
  void freezes_and_unfreezes_whatever_is_on_the_account() {
    AccountBuilder account = accountOf("alice", 1).holding(100).withPendingDebits(40);

    assertThat(StatusRule.firstObjection(StatusChange.FREEZE, BANKER, ID, account.build()))
        .isEmpty();
    assertThat(
            StatusRule.firstObjection(
                StatusChange.UNFREEZE, BANKER, ID, account.that(AccountStatus.FROZEN).build()))
        .isEmpty();
  }

  @Test
  void closes_no_account_that_is_overdrawn() {
    Account account = accountOf("alice", 1).holding(-5).withOverdraftLimit(10).build();

    assertThat(StatusRule.firstObjection(StatusChange.CLOSE, BANKER, ID, account))
        .contains(new StatusRefusal.NotEmpty(ID, Money.of(-5, "EUR")));
  }

  @Test
  void says_what_is_set_aside_on_an_account_that_is_to_be_closed() {
    Account account = accountOf("alice", 1).withPendingDebits(4).withOverdraftLimit(10).build();

    assertThat(StatusRule.firstObjection(StatusChange.CLOSE, BANKER, ID, account))
        .contains(new StatusRefusal.DebitsPending(ID, Money.of(4, "EUR")));
  }

  @Test
  void answers_no_rule_out_of_turn() {
    assertThatThrownBy(
            () -> StatusRule.LEADS_SOMEWHERE.objection(StatusChange.CLOSE, BANKER, ID, null))
        .isInstanceOf(IllegalStateException.class);
  }

  private static String nameOf(Optional<StatusRefusal> refusal) {
    return refusal.map(reason -> reason.getClass().getSimpleName()).orElse("changed");
  }
}
