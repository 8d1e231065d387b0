package io.simplebank.adapter.web.transfer;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Introspected
record BatchRequest(
    @Nullable Boolean atomic,
    @NotNull(message = "is required")
        @Size(
            min = 1,
            max = TransferInBatch.MAX_TRANSFERS,
            message = "must have {min} to {max} transfers")
        List<TransferRequest> transfers)
    implements JsonBody {

  TransferInBatch.Command toCommand(Caller caller) {
    return new TransferInBatch.Command(
        caller,
        Boolean.TRUE.equals(atomic),
        transfers.stream().map(TransferRequest::toItem).toList());
  }
}
