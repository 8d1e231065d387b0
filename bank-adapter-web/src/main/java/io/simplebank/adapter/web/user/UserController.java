package io.simplebank.adapter.web.user;

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
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.port.in.RegisterUser;

@Controller("/users")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class UserController {
  private final RegisterUser registerUser;

  UserController(RegisterUser registerUser) {
    this.registerUser = registerUser;
  }

  @Post
  @Secured(SecurityRule.IS_ANONYMOUS)
  HttpResponse<?> register(@Body RegisterRequest request) {
    return switch (registerUser.register(request.toCommand())) {
      case RegisterUser.Outcome.Registered(var user) -> HttpResponse.created(UserJson.of(user));
      case RegisterUser.Outcome.UsernameTaken() ->
          Problem.of(ProblemCode.USERNAME_TAKEN, "another user has this username").response();
      case RegisterUser.Outcome.EmailTaken() ->
          Problem.of(ProblemCode.EMAIL_TAKEN, "another user has this e-mail address").response();
    };
  }
}
