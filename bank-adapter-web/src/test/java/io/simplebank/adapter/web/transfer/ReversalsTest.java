package io.simplebank.adapter.web.transfer;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.port.in.ReverseTransfer;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReversalsTest {
  private static final String PATH = "/transfers/5/reversal";

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void gives_back() {
    Account from = Samples.account(3, Samples.ALICE, 400);
    Account to = Samples.account(4, Samples.BOB, 900);
    PostedTransfer plain = Samples.posting(from, to, 100, "sorry");
    Transfer transfer = plain.transfer();
    Transfer reversal =
        new Transfer(
            transfer.id(),
            transfer.from(),
            transfer.to(),
            transfer.amount(),
            transfer.reference(),
            transfer.createdAt(),
            new TransferId(5));
    replies(
        new TransferOutcome.Posted(
            new PostedTransfer(reversal, plain.debit(), plain.credit(), from, to)));
  }

  @Test
  void is_a_new_transfer_that_names_the_old_one() {
    bank.post(ALICE, PATH, "{\"amount\": 100, \"reference\": \"sorry\"}")
        .is(
            201,
            """
            {"transfer": {"id": 7, "from_account_id": 3, "to_account_id": 4, "amount": 100,
               "currency": "EUR", "reference": "sorry",
               "created_at": "2026-03-14T15:09:26.535897Z",
               "status": "posted", "reverses_transfer_id": 5},
             "from_account": {"id": 3, "owner": "alice", "balance": 400, "available_balance": 400,
               "currency": "EUR", "status": "open", "created_at": "2026-01-02T03:04:05.000006Z"},
             "from_entry": {"id": 13, "account_id": 3, "transfer_id": 7, "amount": -100,
               "balance_after": 400, "created_at": "2026-03-14T15:09:26.535897Z"},
             "to_account": {"id": 4, "owner": "bob", "currency": "EUR"},
             "to_entry": {"id": 14, "account_id": 4, "transfer_id": 7, "amount": 100,
               "created_at": "2026-03-14T15:09:26.535897Z"}}
            """);

    ordered(100L, new Reference("sorry"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"amount\": null, \"reference\": null}", ""})
  void gives_all_back_when_nothing_is_said(String body) {
    bank.call("POST", PATH).as(ALICE).body(body).send();

    ordered(null, null);
  }

  @Test
  void needs_no_body() {
    bank.call("POST", PATH).as(ALICE).send();

    ordered(null, null);
  }

  @Test
  void names_every_wrong_field() {
    bank.post(ALICE, PATH, "{\"amount\": 0, \"reference\": \"\"}").isInvalid("amount", "reference");
    bank.post(ALICE, PATH, "{\"amount\": 1.5}").isInvalid("amount");
    bank.post(ALICE, "/transfers/0/reversal", "{}").blames("id", "must be at least 1");
    bank.call("POST", PATH)
        .as(ALICE)
        .header("Idempotency-Key", "a b")
        .body("{}")
        .send()
        .isInvalid("idempotency_key");
    bank.post(ALICE, PATH, "[]").isProblem(400, "malformed_json");

    verifyNoInteractions(bank.reverseTransfer);
  }

  @Test
  void says_why_it_was_declined() {
    replies(new TransferOutcome.Declined(new Decline.NotReversible(new TransferId(5))));

    bank.post(ALICE, PATH, "{}")
        .isProblem(422, "transfer_not_reversible", "transfer 5 is a reversal itself");
  }

  private void ordered(@Nullable Long amount, @Nullable Reference reference) {
    verify(bank.reverseTransfer)
        .reverse(
            eq(new ReverseTransfer.Command(ALICE, new TransferId(5), amount, reference)), any());
  }

  private void replies(TransferOutcome outcome) {
    doAnswer(Samples.replying(outcome)).when(bank.reverseTransfer).reverse(any(), any());
  }
}
