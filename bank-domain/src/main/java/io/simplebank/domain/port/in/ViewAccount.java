package io.simplebank.domain.port.in;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.user.Caller;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/** An owner, or a banker, looks at one account. */
public interface ViewAccount {
  /**
   * The account; empty when there is none or the caller may not see it, which is not told.
   *
   * <p>Nobody waits for it here, because nothing is asked for more often. It fails with a {@link
   * RejectedExecutionException} when it could not be looked at in time.
   */
  CompletionStage<Optional<Account>> view(Caller caller, AccountId id);
}
