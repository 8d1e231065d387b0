package io.simplebank.adapter.web.transfer;

import io.simplebank.adapter.web.account.NoSuchAccount;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.TransferId;
import java.util.Locale;

/** The one place where a declined order becomes an answer. */
final class DeclineProblem {
  private DeclineProblem() {}

  static Problem of(Decline decline) {
    return switch (decline) {
      case Decline.BankersOnly() ->
          Problem.of(ProblemCode.FORBIDDEN, "only a banker may order this");
      case Decline.AmountNotPositive(var amount) ->
          Problem.of(ProblemCode.AMOUNT_NOT_POSITIVE, amount + " is not a positive amount");
      case Decline.SameAccount(var account) ->
          Problem.of(ProblemCode.SAME_ACCOUNT, name(account) + " cannot pay itself");
      case Decline.AccountNotFound(var account) -> NoSuchAccount.problem(account);
      case Decline.AccountNotOpen(var account, var status) ->
          Problem.of(
              ProblemCode.ACCOUNT_NOT_OPEN,
              name(account) + " is " + status.name().toLowerCase(Locale.ROOT));
      case Decline.CurrencyMismatch(var account, var actual, var ordered) ->
          Problem.of(
              ProblemCode.CURRENCY_MISMATCH,
              name(account) + " is in " + actual + ", the order is in " + ordered);
      case Decline.CurrencyNotOffered(var currency) ->
          Problem.of(ProblemCode.CURRENCY_NOT_OFFERED, "no accounts are kept in " + currency);
      case Decline.LimitExceeded(var account, var limit, var left) ->
          Problem.of(
              ProblemCode.LIMIT_EXCEEDED,
              switch (limit) {
                case PER_TRANSFER ->
                    "one transfer from " + name(account) + " moves at most " + left;
                case PER_DAY ->
                    "of the daily limit of " + name(account) + ", " + left + " are left";
                case PER_MONTH ->
                    "of the monthly limit of " + name(account) + ", " + left + " are left";
              });
      case Decline.InsufficientFunds(var account) ->
          Problem.of(
              ProblemCode.INSUFFICIENT_FUNDS,
              "the available balance of " + name(account) + " does not cover the amount");
      case Decline.BalanceOverflow(var account) ->
          Problem.of(
              ProblemCode.BALANCE_OVERFLOW,
              "the balance of " + name(account) + " would not fit into 64 bits");
      case Decline.TransferNotFound(var transfer) -> noSuch(transfer);
      case Decline.RecipientOnly(var transfer) ->
          Problem.of(
              ProblemCode.FORBIDDEN,
              "only who received " + name(transfer) + " or a banker may reverse it");
      case Decline.NotReversible(var transfer) ->
          Problem.of(ProblemCode.TRANSFER_NOT_REVERSIBLE, name(transfer) + " is a reversal itself");
      case Decline.NothingMoved(var transfer) ->
          Problem.of(
              ProblemCode.TRANSFER_NOT_REVERSIBLE,
              name(transfer) + " was made pending and has moved no money itself");
      case Decline.ReversalExceedsOriginal(var transfer, var left) ->
          Problem.of(
              ProblemCode.REVERSAL_EXCEEDS_ORIGINAL,
              "of " + name(transfer) + ", " + left + " are left to be reversed");
      case Decline.PayerOnly(var transfer) ->
          Problem.of(
              ProblemCode.FORBIDDEN,
              "only who is to pay " + name(transfer) + " or a banker may post or void it");
      case Decline.TransferNotPending(var transfer) ->
          Problem.of(
              ProblemCode.TRANSFER_NOT_PENDING, name(transfer) + " was posted when it was made");
      case Decline.TransferAlreadyPosted(var transfer) ->
          Problem.of(
              ProblemCode.TRANSFER_ALREADY_POSTED, name(transfer) + " has been posted already");
      case Decline.TransferAlreadyVoided(var transfer) ->
          Problem.of(
              ProblemCode.TRANSFER_ALREADY_VOIDED, name(transfer) + " has been voided already");
      case Decline.TransferExpired(var transfer) ->
          Problem.of(ProblemCode.TRANSFER_EXPIRED, name(transfer) + " has expired");
      case Decline.ExceedsPendingAmount(var transfer, var setAside) ->
          Problem.of(
              ProblemCode.EXCEEDS_PENDING_AMOUNT,
              "for " + name(transfer) + ", " + setAside + " were set aside");
      case Decline.BatchDeclined(var culprit) ->
          Problem.of(
              ProblemCode.BATCH_DECLINED,
              "not posted, because transfers[" + culprit + "] was declined");
    };
  }

  /** The one answer for a transfer that does not exist and for one that is not the caller's. */
  static Problem noSuch(TransferId transfer) {
    return Problem.of(ProblemCode.TRANSFER_NOT_FOUND, "there is no transfer " + transfer.value());
  }

  private static String name(TransferId transfer) {
    return "transfer " + transfer.value();
  }

  private static String name(AccountId account) {
    return "account " + account.value();
  }
}
