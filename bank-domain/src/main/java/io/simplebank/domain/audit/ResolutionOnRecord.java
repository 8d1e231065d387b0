package io.simplebank.domain.audit;

import io.simplebank.domain.transfer.Resolution;
import java.time.Instant;

/**
 * What became of a pending transfer, as it is on record. Somebody may have changed it, so nothing
 * is checked.
 *
 * @param pending the number of the transfer that was pending
 * @param outcome what it has become
 * @param at when
 * @param orderer who released it; nobody for one that was posted or has expired
 */
public record ResolutionOnRecord(long pending, String outcome, Instant at, Orderer orderer) {
  /** How that resolution is to be on record. */
  public static ResolutionOnRecord of(Resolution resolution) {
    return new ResolutionOnRecord(
        resolution.pending().value(),
        resolution.outcome().code(),
        resolution.at(),
        Orderer.of(resolution));
  }

  /** The hash of all of it, who ordered it included. */
  public Digest digest() {
    return new CanonicalForm('R')
        .number(1, pending)
        .text(2, outcome)
        .time(3, at)
        .text(4, orderer.username())
        .uuid(5, orderer.session())
        .text(6, orderer.address())
        .text(7, orderer.requestId())
        .text(8, orderer.key())
        .digest();
  }
}
