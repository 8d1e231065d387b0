package io.simplebank.adapter.web.session;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import jakarta.validation.constraints.NotNull;

@Introspected
record RenewRequest(@NotNull(message = "is required") String refreshToken) implements JsonBody {}
