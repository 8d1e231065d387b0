package io.simplebank.adapter.web.transfer;

import io.micronaut.serde.annotation.Serdeable;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import java.util.List;

/**
 * What became of the transfers of a batch.
 *
 * @param results one for each transfer, in order: what a transfer alone would be answered, or the
 *     problem
 */
@Serdeable
record BatchJson(List<Object> results) {

  /**
   * What the caller may see of the outcomes.
   *
   * @param path where the batch was sent to
   */
  static BatchJson of(List<TransferOutcome> outcomes, Caller caller, String path) {
    return new BatchJson(outcomes.stream().map(outcome -> result(outcome, caller, path)).toList());
  }

  private static Object result(TransferOutcome outcome, Caller caller, String path) {
    return switch (outcome) {
      case TransferOutcome.Posted(var posting) -> PostedTransferJson.of(posting, caller);
      case TransferOutcome.Pending(var hold) -> HoldJson.of(hold, caller);
      case TransferOutcome.Voided(var hold) -> HoldJson.of(hold, caller);
      case TransferOutcome.Declined(var reason) -> DeclineProblem.of(reason).at(path);
    };
  }
}
