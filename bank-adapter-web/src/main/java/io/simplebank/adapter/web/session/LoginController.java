package io.simplebank.adapter.web.session;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.BankMeters;
import io.simplebank.adapter.web.BankMeters.LoginOutcome;
import io.simplebank.adapter.web.http.ClientAddress;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.adapter.web.problem.RetryLater;
import io.simplebank.adapter.web.session.AccessTokens.AccessToken;
import io.simplebank.adapter.web.user.UserJson;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.in.RenewAccess;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.Username;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** How somebody without an access token comes by one: by a password, or by a refresh token. */
@Controller
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Signing in")
final class LoginController {
  /**
   * Enough to recognise a client by; browsers need about 150 characters. Whoever sends more fills
   * the bank's tables, and not for the sake of a user who looks at their sessions.
   */
  private static final int MAX_USER_AGENT_LENGTH = 500;

  private final LogIn logIn;
  private final RenewAccess renewAccess;
  private final AccessTokens accessTokens;
  private final ClientAddress clientAddress;
  private final RetryLater retryLater;
  private final BankMeters meters;

  LoginController(
      LogIn logIn,
      RenewAccess renewAccess,
      AccessTokens accessTokens,
      ClientAddress clientAddress,
      RetryLater retryLater,
      BankMeters meters) {
    this.logIn = logIn;
    this.renewAccess = renewAccess;
    this.accessTokens = accessTokens;
    this.clientAddress = clientAddress;
    this.retryLater = retryLater;
    this.meters = meters;
  }

  @Post(uris = {"/users/login", "/v1/login_user"})
  @Operation(summary = "Log in")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = LoginJson.class)))
  @ApiResponse(responseCode = "401", description = "invalid_credentials")
  @ApiResponse(responseCode = "429", description = "too_many_attempts")
  HttpResponse<?> logIn(@Body LoginRequest body, HttpRequest<?> request) {
    if (!Password.isAcceptable(body.password())) {
      // Nobody has such a password. To say more would tell how passwords are made.
      return refusedLogin();
    }
    LogIn.Command command =
        new LogIn.Command(
            new Username(body.username()),
            new Password(body.password()),
            userAgent(request),
            clientAddress.of(request));
    return switch (logIn.logIn(command)) {
      case LogIn.Outcome.LoggedIn(var user, var session, var refreshToken) -> {
        AccessToken accessToken = accessTokens.issue(user, session);
        meters.login(LoginOutcome.LOGGED_IN);
        yield HttpResponse.ok(
            new LoginJson(
                session.id(),
                accessToken.value(),
                accessToken.expiresAt(),
                refreshToken.value(),
                session.expiresAt(),
                UserJson.of(user)));
      }
      case LogIn.Outcome.BadCredentials() -> refusedLogin();
      case LogIn.Outcome.TooManyAttempts(var retryAt) -> {
        meters.login(LoginOutcome.THROTTLED);
        yield retryLater.tooManyAttempts(retryAt).response();
      }
    };
  }

  @Post("/tokens/renew_access")
  @Operation(summary = "Get the next access token and refresh token")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RenewedJson.class)))
  @ApiResponse(responseCode = "401", description = "invalid_refresh_token")
  HttpResponse<?> renew(@Body RenewRequest body, HttpRequest<?> request) {
    if (body.refreshToken().isBlank()) {
      // Nobody was ever given such a one.
      return badRefreshToken();
    }
    RenewAccess.Command command =
        new RenewAccess.Command(new Secret(body.refreshToken()), clientAddress.of(request));
    return switch (renewAccess.renew(command)) {
      case RenewAccess.Outcome.Renewed(var user, var session, var refreshToken) -> {
        AccessToken accessToken = accessTokens.issue(user, session);
        yield HttpResponse.ok(
            new RenewedJson(
                accessToken.value(),
                accessToken.expiresAt(),
                refreshToken.value(),
                session.expiresAt()));
      }
      case RenewAccess.Outcome.Refused() -> badRefreshToken();
    };
  }

  private static String userAgent(HttpRequest<?> request) {
    String said = request.getHeaders().get(HttpHeaders.USER_AGENT, String.class, "");
    return said.substring(0, Math.min(said.length(), MAX_USER_AGENT_LENGTH));
  }

  private HttpResponse<?> refusedLogin() {
    meters.login(LoginOutcome.REFUSED);
    return Problem.of(ProblemCode.INVALID_CREDENTIALS, "the username or the password is wrong")
        .response();
  }

  private static HttpResponse<?> badRefreshToken() {
    return Problem.of(
            ProblemCode.INVALID_REFRESH_TOKEN, "the refresh token is not good; log in again")
        .response();
  }
}
