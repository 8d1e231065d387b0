package io.simplebank.domain.transfer;

import java.util.Objects;

/** What becomes of a {@link TransferOrder}: it is posted, or it is declined and changes nothing. */
public sealed interface TransferOutcome {
  /**
   * The money moved.
   *
   * @param posting the transfer, its entries and the accounts after it
   */
  record Posted(PostedTransfer posting) implements TransferOutcome {
    /** Needs a posting. */
    public Posted {
      Objects.requireNonNull(posting, "posting");
    }
  }

  /**
   * A rule spoke against it, and nothing changed.
   *
   * @param reason the first rule that did, with its particulars
   */
  record Declined(Decline reason) implements TransferOutcome {
    /** Needs a reason. */
    public Declined {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
