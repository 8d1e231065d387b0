package io.simplebank.adapter.web.transfer;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.domain.port.in.ReverseTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** How much of a transfer is to be given back; all that is left where nothing is said. */
@Introspected
record ReversalRequest(
    @Nullable @Min(value = 1, message = "must be at least {value}") Long amount,
    @Nullable @Pattern(regexp = Reference.PATTERN, message = CashRequest.REFERENCE_MESSAGE)
        String reference)
    implements JsonBody {
  static final ReversalRequest OF_ALL = new ReversalRequest(null, null);

  ReverseTransfer.Command toCommand(Caller caller, TransferId transfer) {
    return new ReverseTransfer.Command(caller, transfer, amount, Reference.ofNullable(reference));
  }
}
