package io.simplebank.adapter.web.account;

import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.account.AccountId;

/** The one answer for an account that does not exist and for one that is not the caller's. */
public final class NoSuchAccount {
  private NoSuchAccount() {}

  /** The problem, which names the account that was asked for and nothing else. */
  public static Problem problem(AccountId id) {
    return Problem.of(ProblemCode.ACCOUNT_NOT_FOUND, "there is no account " + id.value());
  }
}
