package io.simplebank.domain.transfer;

import java.util.Objects;

/**
 * What becomes of an order: money moves, or is set aside, or is released; or it is declined and
 * changes nothing.
 */
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
   * The money was set aside.
   *
   * @param hold the pending transfer and the accounts after it
   */
  record Pending(Hold hold) implements TransferOutcome {
    /** Needs a hold. */
    public Pending {
      Objects.requireNonNull(hold, "hold");
    }
  }

  /**
   * The money that was set aside was released.
   *
   * @param hold the transfer that was pending and the accounts after it
   */
  record Voided(Hold hold) implements TransferOutcome {
    /** Needs a hold. */
    public Voided {
      Objects.requireNonNull(hold, "hold");
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
