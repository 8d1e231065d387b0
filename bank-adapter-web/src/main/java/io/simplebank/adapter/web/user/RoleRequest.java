package io.simplebank.adapter.web.user;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

@Introspected
record RoleRequest(
    @NotNull(message = "is required")
        @Pattern(regexp = "depositor|banker", message = "must be depositor or banker")
        String role)
    implements JsonBody {}
