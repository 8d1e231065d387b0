package io.simplebank.domain.port.in;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Reason;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRefusal;
import io.simplebank.domain.user.Caller;

/** A banker freezes an account, unfreezes or closes it; an owner closes their own. */
public interface ChangeAccountStatus {
  /** Changes the status and writes down why, or says which rule speaks against it. */
  Outcome change(Command command);

  /**
   * @param caller who asks
   * @param account whose status
   * @param change what is to be done
   * @param reason why
   */
  record Command(Caller caller, AccountId account, StatusChange change, Reason reason) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * @param account as it is now
     */
    record Changed(Account account) implements Outcome {}

    /**
     * Nothing has changed.
     *
     * @param reason the first rule that spoke against it, with its particulars
     */
    record Refused(StatusRefusal reason) implements Outcome {}
  }
}
