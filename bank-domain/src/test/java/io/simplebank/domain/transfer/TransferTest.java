package io.simplebank.domain.transfer;

import static io.simplebank.domain.account.AccountBuilder.accountOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransferTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final AccountId FROM = new AccountId(1);
  private static final AccountId TO = new AccountId(2);
  private static final Transfer TRANSFER = transfer(FROM, TO, 60);
  private static final Account PAYER = accountOf("alice", 1).holding(40).build();
  private static final Account RECIPIENT = accountOf("bob", 2).holding(60).build();
  private static final Entry DEBIT = entry(1, FROM, 10, -60, 40);
  private static final Entry CREDIT = entry(2, TO, 10, 60, 60);

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void moves_a_positive_amount(long amount) {
    assertThatIllegalArgumentException().isThrownBy(() -> transfer(FROM, TO, amount));
  }

  @Test
  void needs_two_accounts() {
    assertThatIllegalArgumentException().isThrownBy(() -> transfer(FROM, new AccountId(1), 60));
  }

  @Test
  void has_entries_of_something() {
    assertThatIllegalArgumentException().isThrownBy(() -> entry(1, FROM, 10, 0, 40));
  }

  @Test
  void has_entries_in_one_currency() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Entry(
                    new EntryId(1),
                    FROM,
                    new TransferId(10),
                    euros(-60),
                    Money.of(40, "USD"),
                    NOW));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void has_positive_numbers(long number) {
    assertThatIllegalArgumentException().isThrownBy(() -> new TransferId(number));
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryId(number));
  }

  @Test
  void is_posted_with_both_its_sides() {
    PostedTransfer posting = new PostedTransfer(TRANSFER, DEBIT, CREDIT, PAYER, RECIPIENT);

    assertThat(posting.debit().amount().plus(posting.credit().amount())).isEqualTo(euros(0));
  }

  @Test
  void is_not_posted_with_entries_of_another_amount() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posted(entry(1, FROM, 10, -61, 40), CREDIT));
    assertThatIllegalArgumentException().isThrownBy(() -> posted(DEBIT, entry(2, TO, 10, 59, 60)));
    assertThatIllegalArgumentException().isThrownBy(() -> posted(CREDIT, DEBIT));
  }

  @Test
  void is_not_posted_with_entries_of_another_account() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posted(entry(1, TO, 10, -60, 40), CREDIT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posted(DEBIT, entry(2, FROM, 10, 60, 60)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PostedTransfer(TRANSFER, DEBIT, CREDIT, RECIPIENT, RECIPIENT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PostedTransfer(TRANSFER, DEBIT, CREDIT, PAYER, PAYER));
  }

  @Test
  void is_not_posted_with_entries_of_another_transfer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posted(entry(1, FROM, 11, -60, 40), CREDIT));
    assertThatIllegalArgumentException().isThrownBy(() -> posted(DEBIT, entry(2, TO, 11, 60, 60)));
  }

  @Test
  void is_not_posted_with_entries_that_leave_another_balance() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posted(entry(1, FROM, 10, -60, 41), CREDIT));
    assertThatIllegalArgumentException().isThrownBy(() -> posted(DEBIT, entry(2, TO, 10, 60, 61)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " ", "Miete März – 家賃 🏦", "\u00a0"})
  void carries_a_reference_to_the_letter(String text) {
    assertThat(new Reference(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "a\tb", "nul\0", "del\u007f", "next\u0085line", "half\ud83c", "\udfe6"})
  void carries_no_reference_that_cannot_be_printed(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Reference(text));
  }

  @Test
  void may_have_no_reference() {
    assertThat(Reference.ofNullable(null)).isNull();
    assertThat(Reference.ofNullable("rent")).isEqualTo(new Reference("rent"));
    assertThatIllegalArgumentException().isThrownBy(() -> Reference.ofNullable(""));
  }

  @Test
  void carries_a_reference_of_limited_length() {
    // Counted in characters as people do, not in halves of surrogate pairs.
    assertThat(new Reference("🏦".repeat(140)).text()).hasSize(280);
    assertThatIllegalArgumentException().isThrownBy(() -> new Reference("x".repeat(141)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reference("🏦".repeat(141)));
  }

  private static PostedTransfer posted(Entry debit, Entry credit) {
    return new PostedTransfer(TRANSFER, debit, credit, PAYER, RECIPIENT);
  }

  private static Transfer transfer(AccountId from, AccountId to, long amount) {
    return new Transfer(new TransferId(10), from, to, euros(amount), null, NOW);
  }

  private static Entry entry(
      long id, AccountId account, long transfer, long amount, long balanceAfter) {
    return new Entry(
        new EntryId(id),
        account,
        new TransferId(transfer),
        euros(amount),
        euros(balanceAfter),
        NOW);
  }

  private static Money euros(long minorUnits) {
    return Money.of(minorUnits, "EUR");
  }
}
