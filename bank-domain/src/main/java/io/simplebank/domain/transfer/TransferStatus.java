package io.simplebank.domain.transfer;

import java.util.Locale;

/**
 * What has become of a transfer. Most are posted from the beginning; one that was made pending is
 * resolved once, and stays so.
 */
public enum TransferStatus {
  /** Its amount is set aside, and nothing has moved. */
  PENDING,
  /** The money moved; of one that was made pending, by the transfer that settles it. */
  POSTED,
  /** Its amount was released, because somebody wanted that. */
  VOIDED,
  /** Its amount was released, because its time had come. */
  EXPIRED;

  /** Whether a transfer in this state may come into that one: only out of {@link #PENDING}. */
  public boolean canBecome(TransferStatus next) {
    return this == PENDING && next != PENDING;
  }

  /** The status's name in the store and for clients, in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when no status has that code
   */
  public static TransferStatus ofCode(String code) {
    for (TransferStatus status : values()) {
      if (status.code().equals(code)) {
        return status;
      }
    }
    throw new IllegalArgumentException("no such status: " + code);
  }
}
