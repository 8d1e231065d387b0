package io.simplebank.adapter.web.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.ALWAYS)
@Serdeable(naming = SnakeCaseStrategy.class)
record TransferJson(
    long id,
    long fromAccountId,
    long toAccountId,
    long amount,
    String currency,
    @Nullable String reference,
    Instant createdAt,
    String status,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant expiresAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long pendingTransferId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long reversesTransferId) {

  static TransferJson of(Transfer transfer) {
    return new TransferJson(
        transfer.id().value(),
        transfer.from().value(),
        transfer.to().value(),
        transfer.amount().minorUnits(),
        transfer.amount().currency().getCurrencyCode(),
        Optional.ofNullable(transfer.reference()).map(Reference::text).orElse(null),
        transfer.createdAt(),
        transfer.status().code(),
        transfer.expiresAt(),
        Optional.ofNullable(transfer.settles()).map(TransferId::value).orElse(null),
        Optional.ofNullable(transfer.reverses()).map(TransferId::value).orElse(null));
  }
}
