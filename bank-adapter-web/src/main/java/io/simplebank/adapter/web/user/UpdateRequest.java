package io.simplebank.adapter.web.user;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.GoesWith;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.User;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a user wants to change of themselves; null to leave that. */
@Introspected
record UpdateRequest(
    @Nullable @Pattern(regexp = User.FULL_NAME_PATTERN, message = RegisterRequest.FULL_NAME_MESSAGE)
        String fullName,
    @Nullable
        @Size(max = EmailAddress.MAX_LENGTH, message = RegisterRequest.EMAIL_TOO_LONG)
        @Pattern(regexp = RegisterRequest.EMAIL_PATTERN, message = RegisterRequest.EMAIL_MESSAGE)
        String email,
    @Nullable @AcceptablePassword @GoesWith("currentPassword") String password,
    // What no password can be is a wrong one, not an ill-formed one.
    @Nullable @GoesWith("password") String currentPassword)
    implements JsonBody {}
