package io.simplebank.adapter.web.account;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Reason;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.port.in.ChangeAccountStatus;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Why the status of an account is to be changed. */
@Introspected
record ReasonRequest(
    @NotNull(message = "is required")
        @Pattern(regexp = Reason.PATTERN, message = ReasonRequest.MESSAGE)
        String reason)
    implements JsonBody {
  static final String MESSAGE =
      "must have 1 to "
          + Reason.MAX_LENGTH
          + " characters besides the space around them and no control characters";

  ChangeAccountStatus.Command toCommand(Caller caller, AccountId account, StatusChange change) {
    return new ChangeAccountStatus.Command(caller, account, change, new Reason(reason));
  }
}
