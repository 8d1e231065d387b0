package io.simplebank.adapter.web.transfer;

import io.micronaut.http.HttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.adapter.web.account.AccountJson;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;

/** A posted transfer with what the caller may see of its two sides. */
@Serdeable(naming = SnakeCaseStrategy.class)
record PostedTransferJson(
    TransferJson transfer,
    AccountJson fromAccount,
    AccountJson toAccount,
    EntryJson fromEntry,
    EntryJson toEntry) {

  /** The response to any order: what came of it, or why nothing did. */
  static HttpResponse<?> response(TransferOutcome outcome, Caller caller) {
    return switch (outcome) {
      case TransferOutcome.Posted(var posting) -> HttpResponse.created(of(posting, caller));
      case TransferOutcome.Pending(var hold) -> HttpResponse.created(HoldJson.of(hold, caller));
      case TransferOutcome.Voided(var hold) -> HttpResponse.ok(HoldJson.of(hold, caller));
      case TransferOutcome.Declined(var reason) -> DeclineProblem.of(reason).response();
    };
  }

  static PostedTransferJson of(PostedTransfer posting, Caller caller) {
    return new PostedTransferJson(
        TransferJson.of(posting.transfer()),
        AccountJson.of(posting.from(), caller),
        AccountJson.of(posting.to(), caller),
        entry(posting.debit(), posting.from(), caller),
        entry(posting.credit(), posting.to(), caller));
  }

  private static EntryJson entry(Entry entry, Account account, Caller caller) {
    return account.isVisibleTo(caller) ? EntryJson.of(entry) : EntryJson.withoutBalance(entry);
  }
}
