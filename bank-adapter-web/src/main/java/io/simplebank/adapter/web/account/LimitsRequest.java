package io.simplebank.adapter.web.account;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.in.SetLimits;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** All limits of an account, in minor units; where nothing is said there is no such limit. */
@Introspected
record LimitsRequest(
    // Here nothing would mean 0, and whoever forgets it would call in an overdraft.
    @NotNull(message = "is required") @Min(value = 0, message = "must be at least {value}")
        Long overdraftLimit,
    @Nullable @Min(value = 0, message = "must be at least {value}") Long maxTransfer,
    @Nullable @Min(value = 0, message = "must be at least {value}") Long dailyLimit,
    @Nullable @Min(value = 0, message = "must be at least {value}") Long monthlyLimit)
    implements JsonBody {

  SetLimits.Command toCommand(Caller caller, AccountId account) {
    return new SetLimits.Command(
        caller, account, overdraftLimit, maxTransfer, dailyLimit, monthlyLimit);
  }
}
