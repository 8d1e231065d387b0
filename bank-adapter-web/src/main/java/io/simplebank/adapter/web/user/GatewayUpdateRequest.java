package io.simplebank.adapter.web.user;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.GoesWith;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** An {@link UpdateRequest} in the spelling of the older gateway, which names the user too. */
@Introspected
record GatewayUpdateRequest(
    @NotNull(message = "is required")
        @Pattern(regexp = Username.PATTERN, message = RegisterRequest.USERNAME_MESSAGE)
        String username,
    @Nullable @Pattern(regexp = User.FULL_NAME_PATTERN, message = RegisterRequest.FULL_NAME_MESSAGE)
        String fullName,
    @Nullable
        @Size(max = EmailAddress.MAX_LENGTH, message = RegisterRequest.EMAIL_TOO_LONG)
        @Pattern(regexp = RegisterRequest.EMAIL_PATTERN, message = RegisterRequest.EMAIL_MESSAGE)
        String email,
    @Nullable @AcceptablePassword @GoesWith("currentPassword") String password,
    @Nullable @GoesWith("password") String currentPassword)
    implements JsonBody {

  UpdateRequest changes() {
    return new UpdateRequest(fullName, email, password, currentPassword);
  }
}
