package io.simplebank.adapter.web.transfer;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.domain.port.in.PostPending;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** How much of what was set aside is to move; all of it where nothing is said. */
@Introspected
record PostRequest(@Nullable @Min(value = 1, message = "must be at least {value}") Long amount)
    implements JsonBody {
  static final PostRequest OF_ALL = new PostRequest(null);

  PostPending.Command toCommand(Caller caller, TransferId transfer) {
    return new PostPending.Command(caller, transfer, amount);
  }
}
