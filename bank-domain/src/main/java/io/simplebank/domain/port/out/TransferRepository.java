package io.simplebank.domain.port.out;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of transfers, for reading. One that is pending is pending here until that is resolved,
 * even when its time has come.
 */
public interface TransferRepository {
  /** The transfer of that number. */
  Optional<Transfer> find(TransferId id);

  /**
   * Transfers from and to an account, newest first; pending ones and what became of them as well.
   *
   * @param limit how many at most
   * @param before only transfers with a smaller number, when given
   */
  List<Transfer> list(AccountId account, int limit, @Nullable TransferId before);

  /**
   * Accounts on which money is still set aside for transfers whose time has come.
   *
   * @param at the time
   * @param limit how many at most
   */
  List<AccountId> findPayersOfExpired(Instant at, int limit);

  /**
   * What is set aside on all accounts of a currency for transfers that are pending, in minor units;
   * more than one account could hold.
   */
  BigInteger sumPending(Currency currency);
}
