package io.simplebank.domain.port.in;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Caller;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An owner, or a banker, asks how much was on an account at a moment. */
public interface ViewBalance {
  /**
   * The sum of the account's entries of that moment and of all before it; so nothing at all before
   * the first entry, even before the account was opened. Of the future nothing is known: who asks
   * for it gets the balance of now, and is told that it is that.
   *
   * @return the balance; empty when there is no such account or the caller may not see it, which is
   *     not told
   */
  Optional<Balance> view(Query query);

  /**
   * @param caller who asks
   * @param account whose balance
   * @param at of which moment; null for now
   */
  record Query(Caller caller, AccountId account, @Nullable Instant at) {}

  /**
   * @param account whose balance
   * @param amount how much was on the account
   * @param at when, never in the future
   */
  record Balance(AccountId account, Money amount, Instant at) {}
}
