package io.simplebank.adapter.web.user;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.http.ClientAddress;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.adapter.web.problem.RetryLater;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.port.in.UpdateUser;
import io.simplebank.domain.port.in.ViewUser;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Users and what the bank knows of them. What begins with {@code /v1} is how the gateway of the
 * older system spelt it.
 */
@Controller
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Users")
final class UserController {
  private final RegisterUser registerUser;
  private final ViewUser viewUser;
  private final UpdateUser updateUser;
  private final ClientAddress clientAddress;
  private final RetryLater retryLater;

  UserController(
      RegisterUser registerUser,
      ViewUser viewUser,
      UpdateUser updateUser,
      ClientAddress clientAddress,
      RetryLater retryLater) {
    this.registerUser = registerUser;
    this.viewUser = viewUser;
    this.updateUser = updateUser;
    this.clientAddress = clientAddress;
    this.retryLater = retryLater;
  }

  @Post("/users")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(summary = "Register")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = UserJson.class)))
  @ApiResponse(responseCode = "409", description = "username_taken, email_taken")
  HttpResponse<?> register(@Body RegisterRequest body, HttpRequest<?> request) {
    return register(body, request, user -> HttpResponse.created(UserJson.of(user)));
  }

  /** With 200: the gateway had no other status for a success, and clients of it compare with it. */
  @Post("/v1/create_user")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(summary = "Register")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = GatewayUserJson.class)))
  @ApiResponse(responseCode = "409", description = "username_taken, email_taken")
  HttpResponse<?> registerByGateway(@Body RegisterRequest body, HttpRequest<?> request) {
    return register(body, request, user -> HttpResponse.ok(GatewayUserJson.of(user)));
  }

  @Get("/users/me")
  @Operation(summary = "What the bank knows of oneself")
  UserJson view(Caller caller) {
    return UserJson.of(viewUser.view(caller));
  }

  @Patch("/users/me")
  @Operation(summary = "Change oneself")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = UserJson.class)))
  @ApiResponse(responseCode = "401", description = "invalid_credentials")
  @ApiResponse(responseCode = "409", description = "email_taken")
  @ApiResponse(responseCode = "429", description = "too_many_attempts")
  HttpResponse<?> update(@Body UpdateRequest body, Caller caller) {
    return update(body, caller, UserJson::of);
  }

  @Patch("/v1/update_user")
  @Operation(summary = "Change oneself")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = GatewayUserJson.class)))
  @ApiResponse(responseCode = "401", description = "invalid_credentials")
  @ApiResponse(responseCode = "403", description = "other_user")
  @ApiResponse(responseCode = "409", description = "email_taken")
  @ApiResponse(responseCode = "429", description = "too_many_attempts")
  HttpResponse<?> updateByGateway(@Body GatewayUpdateRequest body, Caller caller) {
    if (!new Username(body.username()).equals(caller.username())) {
      return Problem.of(ProblemCode.OTHER_USER, "users change themselves alone").response();
    }
    return update(body.changes(), caller, GatewayUserJson::of);
  }

  private HttpResponse<?> register(
      RegisterRequest body, HttpRequest<?> request, Function<User, HttpResponse<?>> registered) {
    return switch (registerUser.register(body.toCommand(clientAddress.of(request)))) {
      case RegisterUser.Outcome.Registered(var user) -> registered.apply(user);
      case RegisterUser.Outcome.UsernameTaken() ->
          Problem.of(ProblemCode.USERNAME_TAKEN, "another user has this username").response();
      case RegisterUser.Outcome.EmailTaken() -> emailTaken();
    };
  }

  private HttpResponse<?> update(UpdateRequest body, Caller caller, Function<User, ?> asJson) {
    String current = body.currentPassword();
    if (current != null && !Password.isAcceptable(current)) {
      // Nobody has such a password.
      return wrongPassword();
    }
    UpdateUser.Command command =
        new UpdateUser.Command(
            caller,
            body.fullName(),
            body.email() == null ? null : new EmailAddress(body.email()),
            passwordChange(current, body.password()));
    return switch (updateUser.update(command)) {
      case UpdateUser.Outcome.Updated(var user) -> HttpResponse.ok(asJson.apply(user));
      case UpdateUser.Outcome.EmailTaken() -> emailTaken();
      case UpdateUser.Outcome.WrongPassword() -> wrongPassword();
      case UpdateUser.Outcome.TooManyAttempts(var retryAt) ->
          retryLater.tooManyAttempts(retryAt).response();
    };
  }

  private static UpdateUser.@Nullable PasswordChange passwordChange(
      @Nullable String current, @Nullable String wanted) {
    return current == null || wanted == null
        ? null
        : new UpdateUser.PasswordChange(new Password(current), new Password(wanted));
  }

  private static HttpResponse<?> emailTaken() {
    return Problem.of(ProblemCode.EMAIL_TAKEN, "another user has this e-mail address").response();
  }

  private static HttpResponse<?> wrongPassword() {
    return Problem.of(ProblemCode.INVALID_CREDENTIALS, "the current password is wrong").response();
  }
}
