package io.simplebank.domain.audit;

import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.transfer.HeldOrder;
import io.simplebank.domain.transfer.PostedOrder;
import io.simplebank.domain.transfer.Resolution;
import io.simplebank.domain.user.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who ordered a transfer, or released a pending one, as it is on record: whatever stands there, so
 * nothing is checked.
 *
 * @param username who; null where that was not written down yet, and where nobody did
 * @param session in which session; null outside any
 * @param address from where
 * @param requestId by which request
 * @param key under which key of theirs; null where they gave none
 */
public record Orderer(
    @Nullable String username,
    @Nullable UUID session,
    @Nullable String address,
    @Nullable String requestId,
    @Nullable String key) {
  /** Nobody, or nobody who was written down. */
  public static final Orderer NOBODY = new Orderer(null, null, null, null, null);

  /** Who gave that order. */
  public static Orderer of(PostedOrder order) {
    return of(order.orderedBy(), order.key());
  }

  /** Who gave that order. */
  public static Orderer of(HeldOrder order) {
    return of(order.orderedBy(), order.key());
  }

  /** Who released it, if it was released. */
  public static Orderer of(Resolution resolution) {
    return resolution.voidedBy() == null ? NOBODY : of(resolution.voidedBy(), resolution.key());
  }

  private static Orderer of(Caller caller, @Nullable IdempotencyKey key) {
    return new Orderer(
        caller.username().value(),
        caller.session(),
        caller.address(),
        caller.requestId(),
        key == null ? null : key.value());
  }
}
