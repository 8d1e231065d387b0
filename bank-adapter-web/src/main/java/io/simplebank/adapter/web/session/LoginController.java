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
import io.simplebank.adapter.web.http.ClientAddress;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.adapter.web.session.AccessTokens.AccessToken;
import io.simplebank.adapter.web.user.UserJson;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.Username;

@Controller("/users/login")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
final class LoginController {
  private final LogIn logIn;
  private final AccessTokens accessTokens;
  private final ClientAddress clientAddress;

  LoginController(LogIn logIn, AccessTokens accessTokens, ClientAddress clientAddress) {
    this.logIn = logIn;
    this.accessTokens = accessTokens;
    this.clientAddress = clientAddress;
  }

  @Post
  HttpResponse<?> logIn(@Body LoginRequest body, HttpRequest<?> request) {
    if (!Password.isAcceptable(body.password())) {
      // Nobody has such a password. To say more would tell how passwords are made.
      return badCredentials();
    }
    LogIn.Command command =
        new LogIn.Command(
            new Username(body.username()),
            new Password(body.password()),
            request.getHeaders().get(HttpHeaders.USER_AGENT, String.class, ""),
            clientAddress.of(request));
    return switch (logIn.logIn(command)) {
      case LogIn.Outcome.LoggedIn(var user, var session, var refreshToken) -> {
        AccessToken accessToken = accessTokens.issue(user, session);
        yield HttpResponse.ok(
            new LoginJson(
                session.id(),
                accessToken.value(),
                accessToken.expiresAt(),
                refreshToken.value(),
                session.expiresAt(),
                UserJson.of(user)));
      }
      case LogIn.Outcome.BadCredentials() -> badCredentials();
    };
  }

  private static HttpResponse<?> badCredentials() {
    return Problem.of(ProblemCode.INVALID_CREDENTIALS, "the username or the password is wrong")
        .response();
  }
}
