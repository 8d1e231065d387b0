package io.simplebank.adapter.web.transfer;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferOutcome;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchesTest {
  private static final String PATH = "/transfers/batch";
  private static final String GOOD =
      "{\"from_account_id\": 3, \"to_account_id\": 4, \"amount\": 100, \"currency\": \"EUR\"}";

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void posts_the_first_and_declines_the_second() {
    List<TransferOutcome> outcomes =
        List.of(
            new TransferOutcome.Posted(
                Samples.posting(
                    Samples.account(3, Samples.ALICE, 400),
                    Samples.account(4, Samples.BOB, 900),
                    100,
                    null)),
            new TransferOutcome.Declined(new Decline.InsufficientFunds(new AccountId(3))));
    doAnswer(Samples.replying(outcomes)).when(bank.transferInBatch).transfer(any(), any());
  }

  @Test
  void answers_with_one_result_each_in_order() {
    bank.post(ALICE, PATH, batch(GOOD, GOOD))
        .is(
            200,
            """
            {"results": [
              {"transfer": {"id": 7, "from_account_id": 3, "to_account_id": 4, "amount": 100,
                 "currency": "EUR", "reference": null,
                 "created_at": "2026-03-14T15:09:26.535897Z",
                 "status": "posted"},
               "from_account": {"id": 3, "owner": "alice", "balance": 400,
                 "available_balance": 400, "currency": "EUR", "status": "open",
                 "created_at": "2026-01-02T03:04:05.000006Z"},
               "from_entry": {"id": 13, "account_id": 3, "transfer_id": 7, "amount": -100,
                 "balance_after": 400, "created_at": "2026-03-14T15:09:26.535897Z"},
               "to_account": {"id": 4, "owner": "bob", "currency": "EUR"},
               "to_entry": {"id": 14, "account_id": 4, "transfer_id": 7, "amount": 100,
                 "created_at": "2026-03-14T15:09:26.535897Z"}},
              {"type": "urn:simple-bank:problem:insufficient_funds",
               "title": "The funds are insufficient", "status": 422,
               "detail": "the available balance of account 3 does not cover the amount",
               "instance": "/transfers/batch", "code": "insufficient_funds",
               "error": "the available balance of account 3 does not cover the amount",
               "message": "the available balance of account 3 does not cover the amount"}]}
            """);
  }

  @Test
  void passes_on_what_was_ordered() {
    bank.post(
        ALICE,
        PATH,
        """
        {"atomic": true, "transfers": [%s,
          {"from_account_id": 5, "to_account_id": 6, "amount": 1, "currency": "USD",
           "reference": "two", "unknown": []}]}
        """
            .formatted(GOOD));

    ordered(
        true,
        item(3, 4, Money.of(100, "EUR"), null),
        item(5, 6, Money.of(1, "USD"), new Reference("two")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"atomic\": false, ", "\"atomic\": null, "})
  void lets_each_transfer_stand_alone_unless_told_otherwise(String atomic) {
    bank.post(ALICE, PATH, "{" + atomic + "\"transfers\": [" + GOOD + "]}");

    ordered(false, item(3, 4, Money.of(100, "EUR"), null));
  }

  @Test
  void refuses_a_key_that_is_none() {
    Answer answer =
        bank.call("POST", PATH).as(ALICE).header("Idempotency-Key", "a b").body(batch(GOOD)).send();

    answer.isInvalid("idempotency_key");
  }

  @Test
  void takes_a_thousand_and_no_more() {
    Answer most = bank.post(ALICE, PATH, batch(Collections.nCopies(1000, GOOD)));
    assertThat(most.status()).isEqualTo(200);

    bank.post(ALICE, PATH, batch(Collections.nCopies(1001, GOOD)))
        .blames("transfers", "must have 1 to 1000 transfers");
    bank.post(ALICE, PATH, "{\"transfers\": []}")
        .blames("transfers", "must have 1 to 1000 transfers");
  }

  @Test
  void names_every_wrong_field_of_every_transfer() {
    bank.post(
            ALICE,
            PATH,
            """
            {"atomic": 1, "transfers": [{}, %s, 7, null,
              {"from_account_id": 0, "to_account_id": "4", "amount": 1.5, "currency": "JPY",
               "reference": "", "pending": 1, "expires_in": 0}]}
            """
                .formatted(GOOD))
        .isInvalid(
            "atomic",
            "transfers[0].from_account_id",
            "transfers[0].to_account_id",
            "transfers[0].amount",
            "transfers[0].currency",
            "transfers[2]",
            "transfers[3]",
            "transfers[4].from_account_id",
            "transfers[4].to_account_id",
            "transfers[4].amount",
            "transfers[4].currency",
            "transfers[4].reference",
            "transfers[4].pending",
            "transfers[4].expires_in");

    verifyNoInteractions(bank.transferInBatch);
  }

  @Test
  void says_what_is_wrong() {
    bank.post(ALICE, PATH, "{}").blames("transfers", "is required");
    bank.post(ALICE, PATH, "{\"transfers\": null}").blames("transfers", "is required");
    bank.post(ALICE, PATH, "{\"transfers\": {}}").blames("transfers", "must be a list");
    bank.post(ALICE, PATH, batch("[]")).blames("transfers[0]", "must be an object");
    bank.post(ALICE, PATH, batch(GOOD, GOOD.replace("100", "0")))
        .blames("transfers[1].amount", "must be at least 1");

    verifyNoInteractions(bank.transferInBatch);
  }

  private void ordered(boolean atomic, TransferInBatch.Item... items) {
    verify(bank.transferInBatch)
        .transfer(eq(new TransferInBatch.Command(ALICE, atomic, List.of(items))), any());
  }

  private static TransferInBatch.Item item(
      long from, long to, Money amount, @Nullable Reference reference) {
    return new TransferInBatch.Item(new AccountId(from), new AccountId(to), amount, reference);
  }

  private static String batch(String... transfers) {
    return batch(List.of(transfers));
  }

  private static String batch(List<String> transfers) {
    return "{\"transfers\": [" + String.join(", ", transfers) + "]}";
  }
}
