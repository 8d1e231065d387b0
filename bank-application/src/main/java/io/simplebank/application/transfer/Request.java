package io.simplebank.application.transfer;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.Fingerprint;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.user.Caller;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the ledger, ready to be decided together with others in one transaction.
 *
 * @param accounts the accounts that it may touch
 * @param originals the earlier transfers that it may reverse, settle or release
 * @param transfers how many transfers may come of it, at most
 * @param ticket by what it is known again, when it has a key
 * @param decision carries it out, tells what the audit log is to say of it, and puts the outcome
 *     into words
 */
record Request(
    List<AccountId> accounts,
    List<TransferId> originals,
    int transfers,
    Optional<Ticket> ticket,
    BiFunction<LedgerBatch, Consumer<AuditEvent>, Answer> decision) {
  /**
   * By what a request with a key is known again.
   *
   * @param key the key and where it is valid
   * @param fingerprint what the request asks for
   */
  record Ticket(ScopedKey key, Fingerprint fingerprint) {
    /** None without a key; then nobody asks for the fingerprint either. */
    static Optional<Ticket> of(
        Caller caller,
        Operation operation,
        @Nullable IdempotencyKey key,
        Supplier<Fingerprint> fingerprint) {
      return Optional.ofNullable(key)
          .map(
              given ->
                  new Ticket(
                      new ScopedKey(caller.username(), operation, given), fingerprint.get()));
    }
  }
}
