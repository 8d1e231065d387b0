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
        @Pattern(regexp = Username.PATTERN, message = RegisterRequest.USERNAME_MESSAGE)
        String username,
    @NotNull(message = "is required") @AcceptablePassword String password,
    @NotNull(message = "is required")
        @Pattern(regexp = User.FULL_NAME_PATTERN, message = RegisterRequest.FULL_NAME_MESSAGE)
        String fullName,
    @NotNull(message = "is required")
        @Size(max = EmailAddress.MAX_LENGTH, message = RegisterRequest.EMAIL_TOO_LONG)
        @Pattern(regexp = RegisterRequest.EMAIL_PATTERN, message = RegisterRequest.EMAIL_MESSAGE)
        String email)
    implements JsonBody {

  static final String USERNAME_MESSAGE = "must be 3 to 32 letters, digits, '_' or '-'";

  static final String FULL_NAME_MESSAGE =
      "must have 1 to "
          + User.MAX_FULL_NAME_LENGTH
          + " characters, not only blanks, and no control characters";

  /** An address as people type it; the domain strips the blanks. */
  static final String EMAIL_PATTERN = "[ \\t]*" + EmailAddress.PATTERN + "[ \\t]*";

  static final String EMAIL_MESSAGE = "must be an e-mail address";
  static final String EMAIL_TOO_LONG = "must have at most {max} characters";

  RegisterUser.Command toCommand(String clientAddress) {
    return new RegisterUser.Command(
        new Username(username),
        new Password(password),
        fullName,
        new EmailAddress(email),
        clientAddress);
  }
}
