package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.transfer.TransferStatus;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TransferRepository} does. */
public abstract class TransferRepositoryContract extends StoresContract {
  /** For the tests of each store that keeps this contract. */
  protected TransferRepositoryContract() {}

  @Test
  void finds_a_transfer_as_written() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);

    Transfer written = post(NOW, transfer(from, to, 60)).getFirst().transfer();

    assertThat(stores().transfers().find(written.id())).contains(written);
    assertThat(written.from()).isEqualTo(from.id());
    assertThat(written.to()).isEqualTo(to.id());
    assertThat(written.reference()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rent", " ", "Müller & Söhne 🏦 – 家賃", "'; DROP TABLE transfers; --", "\\N"})
  void keeps_a_reference_to_the_letter(String text) {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);

    Transfer written = post(NOW, transfer(from, to, 60, new Reference(text))).getFirst().transfer();

    assertThat(stores().transfers().find(written.id()).orElseThrow().reference())
        .isEqualTo(new Reference(text));
  }

  @Test
  void keeps_the_longest_reference() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    Reference longest = new Reference("🏦".repeat(Reference.MAX_LENGTH));

    Transfer written = post(NOW, transfer(from, to, 60, longest)).getFirst().transfer();

    assertThat(stores().transfers().find(written.id())).contains(written);
  }

  @Test
  void keeps_transfers_with_and_without_a_reference_of_one_batch_apart() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);

    List<Transfer> written =
        post(
                NOW,
                transfer(from, to, 1),
                transfer(from, to, 2, new Reference("two")),
                transfer(to, from, 3))
            .stream()
            .map(PostedTransfer::transfer)
            .toList();

    assertThat(written)
        .allSatisfy(
            transfer -> assertThat(stores().transfers().find(transfer.id())).contains(transfer));
  }

  @Test
  void keeps_of_which_transfer_another_gives_something_back() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    Transfer original = post(NOW, transfer(from, to, 60)).getFirst().transfer();

    TransferOutcome outcome = reverse(original, 20);

    assertThat(outcome).isInstanceOf(TransferOutcome.Posted.class);
    Transfer reversal = ((TransferOutcome.Posted) outcome).posting().transfer();
    assertThat(stores().transfers().find(reversal.id())).contains(reversal);
    assertThat(reversal.reverses()).isEqualTo(original.id());
    assertThat(stores().transfers().find(original.id())).contains(original);
  }

  @Test
  void keeps_a_pending_transfer_pending_until_that_is_resolved() {
    Account from = fundedAccount(EUR, 100);
    Instant start = from.lastPostedAt();
    Account to = openedAccount(EUR);

    Transfer pending = setAside(start, from, to, 60, Duration.ofSeconds(1));

    assertThat(stores().transfers().find(pending.id())).contains(pending);
    assertThat(touch(start.plusSeconds(1), List.of(from.id()))).hasSize(1);
    assertThat(stores().transfers().find(pending.id()))
        .contains(pending.becoming(TransferStatus.EXPIRED));
  }

  @Test
  void sums_up_what_is_pending_in_a_currency() {
    // Other tests may have used up what the settlement account of a usual one can stand.
    Currency pounds = Currency.getInstance("GBP");
    Account euros = fundedAccount(EUR, 100);
    Account others = fundedAccount(EUR, 100);
    Account inPounds = fundedAccount(pounds, 100);
    Instant start = euros.lastPostedAt();
    BigInteger eurosBefore = stores().transfers().sumPending(EUR);
    BigInteger poundsBefore = stores().transfers().sumPending(pounds);

    Transfer first = setAside(start, euros, others, 60, Duration.ofSeconds(10));
    setAside(start, others, euros, 7, Duration.ofSeconds(10));
    setAside(inPounds.lastPostedAt(), inPounds, openedAccount(pounds), 5, Duration.ofSeconds(10));

    assertThat(stores().transfers().sumPending(EUR).subtract(eurosBefore)).isEqualTo(67);
    assertThat(stores().transfers().sumPending(pounds).subtract(poundsBefore)).isEqualTo(5);
    settle(start.plusSeconds(1), first, 40);
    assertThat(stores().transfers().sumPending(EUR).subtract(eurosBefore)).isEqualTo(7);
  }

  @Test
  void lists_transfers_of_an_account_newest_first() {
    Account first = fundedAccount(EUR, 100);
    Instant start = first.lastPostedAt();
    Account second = openedAccount(EUR);
    Account third = openedAccount(EUR);
    TransferId deposit = stores().transfers().list(first.id(), 1, null).getFirst().id();
    // All at one moment and in one batch, or at several: the order is that of the numbers.
    List<Transfer> posted =
        post(
                start,
                transfer(first, second, 1),
                transfer(second, first, 1),
                transfer(first, third, 1))
            .stream()
            .map(PostedTransfer::transfer)
            .toList();
    Transfer outgoing = setAside(start, first, second, 5, Duration.ofSeconds(10));
    Transfer incoming = setAside(start, third, first, 1, Duration.ofSeconds(10));
    Instant later = start.plusSeconds(5);
    Transfer settling = posted(settle(later, outgoing, 5));
    Transfer last = post(later, transfer(first, third, 1)).getFirst().transfer();
    Transfer settled = outgoing.becoming(TransferStatus.POSTED);

    List<Transfer> all = stores().transfers().list(first.id(), 100, null);

    assertThat(all)
        .startsWith(last, settling, incoming, settled, posted.get(2), posted.get(1), posted.get(0))
        .hasSize(8);
    assertThat(all.getLast().id()).isEqualTo(deposit);
    assertThat(stores().transfers().list(second.id(), 100, null))
        .containsExactly(settling, settled, posted.get(1), posted.get(0));
    assertThat(stores().transfers().list(third.id(), 100, null))
        .containsExactly(last, incoming, posted.get(2));
    for (int limit = 1; limit < 4; limit++) {
      assertThat(pages(first, limit)).as("pages of " + limit).isEqualTo(all);
    }
  }

  private List<Transfer> pages(Account account, int limit) {
    List<Transfer> all = new ArrayList<>();
    List<Transfer> page = stores().transfers().list(account.id(), limit, null);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page);
      page = stores().transfers().list(account.id(), limit, page.getLast().id());
    }
    return all;
  }

  private static Transfer posted(TransferOutcome outcome) {
    assertThat(outcome).isInstanceOf(TransferOutcome.Posted.class);
    return ((TransferOutcome.Posted) outcome).posting().transfer();
  }

  @Test
  void lists_nothing_where_nothing_was_transferred() {
    assertThat(stores().transfers().list(openedAccount(EUR).id(), 10, null)).isEmpty();
    assertThat(stores().transfers().list(new AccountId(Long.MAX_VALUE), 10, null)).isEmpty();
  }

  @Test
  void finds_the_accounts_on_which_something_has_expired() {
    Account first = fundedAccount(EUR, 100);
    Account second = fundedAccount(EUR, 100);
    Instant start = second.lastPostedAt();
    setAside(start, first, second, 10, Duration.ofSeconds(10));
    setAside(start, first, second, 10, Duration.ofSeconds(10));
    setAside(start, second, first, 10, Duration.ofSeconds(20));
    Instant end = start.plusSeconds(10);

    assertThat(payersOfExpired(end.minusNanos(1))).doesNotContain(first.id(), second.id());
    assertThat(payersOfExpired(end)).containsOnlyOnce(first.id()).doesNotContain(second.id());
    assertThat(payersOfExpired(start.plusSeconds(20))).contains(first.id(), second.id());
    assertThat(stores().transfers().findPayersOfExpired(start.plusSeconds(20), 1)).hasSize(1);
    assertThat(touch(end, List.of(first.id()))).hasSize(2);
    assertThat(payersOfExpired(end)).doesNotContain(first.id());
  }

  /** Other tests may have left some behind. */
  private List<AccountId> payersOfExpired(Instant at) {
    return stores().transfers().findPayersOfExpired(at, 10_000);
  }

  @Test
  void finds_no_transfer_of_an_unknown_number() {
    assertThat(stores().transfers().find(new TransferId(Long.MAX_VALUE))).isEmpty();
  }
}
