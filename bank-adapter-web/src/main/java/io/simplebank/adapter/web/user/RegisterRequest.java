package io.simplebank.adapter.web.user;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

@Introspected
record RegisterRequest(
    @NotNull(message = "is required")
        @Pattern(regexp = Username.PATTERN, message = "must be 3 to 32 letters, digits, '_' or '-'")
        String username,
    @NotNull(message = "is required") @AcceptablePassword String password,
    @NotNull(message = "is required")
        @Pattern(
            regexp = User.FULL_NAME_PATTERN,
            message =
                "must have 1 to "
                    + User.MAX_FULL_NAME_LENGTH
                    + " characters, not only blanks, and no control characters")
        String fullName,
    @NotNull(message = "is required")
        @Size(max = EmailAddress.MAX_LENGTH, message = "must have at most {max} characters")
        @Pattern(
            regexp = "[ \\t]*" + EmailAddress.PATTERN + "[ \\t]*",
            message = "must be an e-mail address")
        String email)
    implements JsonBody {

  RegisterUser.Command toCommand() {
    return new RegisterUser.Command(
        new Username(username), new Password(password), fullName, new EmailAddress(email));
  }
}
