package io.simplebank.adapter.web.account;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.adapter.web.money.OfferedCurrency;
import jakarta.validation.constraints.NotNull;

@Introspected
record OpenAccountRequest(@NotNull(message = "is required") @OfferedCurrency String currency)
    implements JsonBody {}
