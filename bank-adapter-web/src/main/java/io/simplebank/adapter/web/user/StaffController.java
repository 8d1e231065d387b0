package io.simplebank.adapter.web.user;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.port.in.ChangeRole;
import io.simplebank.domain.port.in.ListUsers;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/** What bankers do with other users. */
@Controller("/users")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("banker")
@Tag(name = "Staff")
class StaffController {
  private final ListUsers listUsers;
  private final ChangeRole changeRole;

  StaffController(ListUsers listUsers, ChangeRole changeRole) {
    this.listUsers = listUsers;
    this.changeRole = changeRole;
  }

  @Get
  @Operation(summary = "List users")
  @ApiResponse(
      responseCode = "200",
      content = @Content(array = @ArraySchema(schema = @Schema(implementation = UserJson.class))))
  HttpResponse<?> list(
      @QueryValue(value = "page_id", defaultValue = "1")
          @Min(value = 1, message = "must be at least {value}")
          int pageId,
      @QueryValue(value = "page_size", defaultValue = "5")
          @Min(value = 1, message = "must be at least {value}")
          @Max(value = ListUsers.MAX_PAGE_SIZE, message = "must be at most {value}")
          int pageSize,
      Caller caller) {
    return listUsers
        .list(new ListUsers.Query(caller, pageId, pageSize))
        .<HttpResponse<?>>map(page -> HttpResponse.ok(page.stream().map(UserJson::of).toList()))
        .orElseGet(StaffController::bankersOnly);
  }

  @Patch("/{username}")
  @Operation(summary = "Change the role of a user")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = UserJson.class)))
  @ApiResponse(responseCode = "404", description = "user_not_found")
  @ApiResponse(responseCode = "409", description = "own_role")
  HttpResponse<?> changeRole(
      @Pattern(regexp = Username.PATTERN, message = RegisterRequest.USERNAME_MESSAGE)
          String username,
      @Body RoleRequest body,
      Caller caller) {
    Username name = new Username(username);
    ChangeRole.Command command = new ChangeRole.Command(caller, name, Role.ofCode(body.role()));
    return switch (changeRole.change(command)) {
      case ChangeRole.Outcome.Changed(var user) -> HttpResponse.ok(UserJson.of(user));
      case ChangeRole.Outcome.BankersOnly() -> bankersOnly();
      case ChangeRole.Outcome.OwnRole() ->
          Problem.of(ProblemCode.OWN_ROLE, "nobody changes their own role").response();
      case ChangeRole.Outcome.NoSuchUser() ->
          Problem.of(ProblemCode.USER_NOT_FOUND, "there is no user " + name.value()).response();
    };
  }

  /** For whoever was a banker when their token was issued, and is none now. */
  private static HttpResponse<?> bankersOnly() {
    return Problem.of(ProblemCode.FORBIDDEN, "this is not for the caller's role").response();
  }
}
