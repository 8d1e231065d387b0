package io.simplebank.domain.port.in;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.user.Caller;
import java.util.Optional;

/** An owner, or a banker, looks at one account. */
public interface ViewAccount {
  /** The account; empty when there is none or the caller may not see it, which is not told. */
  Optional<Account> view(Caller caller, AccountId id);
}
