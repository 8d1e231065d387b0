package io.simplebank.domain.audit;

import io.simplebank.domain.transfer.PostedOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who ordered a transfer, as it is on record: whatever stands there, so nothing is checked.
 *
 * @param username who; null where that was not written down yet
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
  /** Who gave that order. */
  public static Orderer of(PostedOrder order) {
    return new Orderer(
        order.orderedBy().username().value(),
        order.orderedBy().session(),
        order.orderedBy().address(),
        order.orderedBy().requestId(),
        order.key() == null ? null : order.key().value());
  }
}
