package io.simplebank.adapter.web.session;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.domain.user.Username;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

@Introspected
record LoginRequest(
    @NotNull(message = "is required")
        @Pattern(regexp = Username.PATTERN, message = "must be 3 to 32 letters, digits, '_' or '-'")
        String username,
    @NotNull(message = "is required") String password)
    implements JsonBody {}
