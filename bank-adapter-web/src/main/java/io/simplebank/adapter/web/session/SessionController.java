package io.simplebank.adapter.web.session;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.port.in.EndSession;
import io.simplebank.domain.port.in.ListSessions;
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;

@Controller("/sessions")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Signing in")
final class SessionController {
  private final ListSessions listSessions;
  private final EndSession endSession;

  SessionController(ListSessions listSessions, EndSession endSession) {
    this.listSessions = listSessions;
    this.endSession = endSession;
  }

  @Get
  @Operation(summary = "Where one is logged in")
  List<SessionJson> list(Caller caller) {
    return listSessions.list(caller).stream()
        .map(session -> SessionJson.of(session, caller))
        .toList();
  }

  @Delete("/{id}")
  @Operation(summary = "Log out of a session")
  @ApiResponse(responseCode = "204")
  @ApiResponse(responseCode = "404", description = "session_not_found")
  HttpResponse<?> end(UUID id, Caller caller) {
    return endSession.end(caller, id)
        ? HttpResponse.noContent()
        : Problem.of(ProblemCode.SESSION_NOT_FOUND, "there is no session " + id).response();
  }
}
