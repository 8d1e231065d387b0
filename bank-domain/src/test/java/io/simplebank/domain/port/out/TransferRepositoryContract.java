package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
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
  void finds_no_transfer_of_an_unknown_number() {
    assertThat(stores().transfers().find(new TransferId(Long.MAX_VALUE))).isEmpty();
  }
}
