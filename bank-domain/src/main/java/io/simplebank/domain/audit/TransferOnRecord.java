package io.simplebank.domain.audit;

import io.simplebank.domain.transfer.Transfer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it is on record. Somebody may have changed it, so nothing is checked.
 *
 * @param id its number
 * @param from the account that was debited
 * @param to the account that was credited
 * @param amount how much, in minor units
 * @param reference what for, when that was said
 * @param createdAt when
 * @param reverses the earlier transfer of which this gives something back, when it does
 * @param settles the pending transfer that this settles, when it does
 * @param expiresAt when what was set aside is released, for one that was made pending
 * @param orderer who ordered it
 */
public record TransferOnRecord(
    long id,
    long from,
    long to,
    long amount,
    @Nullable String reference,
    Instant createdAt,
    @Nullable Long reverses,
    @Nullable Long settles,
    @Nullable Instant expiresAt,
    Orderer orderer) {
  /** One that has to do with no pending transfer. */
  public TransferOnRecord(
      long id,
      long from,
      long to,
      long amount,
      @Nullable String reference,
      Instant createdAt,
      @Nullable Long reverses,
      Orderer orderer) {
    this(id, from, to, amount, reference, createdAt, reverses, null, null, orderer);
  }

  /** How that transfer is to be on record. */
  public static TransferOnRecord of(Transfer transfer, Orderer orderer) {
    return new TransferOnRecord(
        transfer.id().value(),
        transfer.from().value(),
        transfer.to().value(),
        transfer.amount().minorUnits(),
        transfer.reference() == null ? null : transfer.reference().text(),
        transfer.createdAt(),
        transfer.reverses() == null ? null : transfer.reverses().value(),
        transfer.settles() == null ? null : transfer.settles().value(),
        transfer.expiresAt(),
        orderer);
  }

  /** The hash of all of it, who ordered it included. */
  public Digest digest() {
    return new CanonicalForm('T')
        .number(1, id)
        .number(2, from)
        .number(3, to)
        .number(4, amount)
        .text(5, reference)
        .time(6, createdAt)
        .number(7, reverses)
        .text(8, orderer.username())
        .uuid(9, orderer.session())
        .text(10, orderer.address())
        .text(11, orderer.requestId())
        .text(12, orderer.key())
        .number(13, settles)
        .time(14, expiresAt)
        .digest();
  }
}
