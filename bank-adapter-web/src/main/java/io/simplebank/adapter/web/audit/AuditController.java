package io.simplebank.adapter.web.audit;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.simplebank.adapter.web.BankMeters;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.port.in.AuditLedger;
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

@Controller("/ledger/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("banker")
@Tag(name = "Staff")
class AuditController {
  private final AuditLedger auditLedger;
  private final BankMeters meters;

  AuditController(AuditLedger auditLedger, BankMeters meters) {
    this.auditLedger = auditLedger;
    this.meters = meters;
  }

  @Get
  @Operation(summary = "Audit the ledger, now")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AuditJson.class)))
  @ApiResponse(responseCode = "503", description = "audit_under_way")
  HttpResponse<?> audit(Caller caller) {
    return switch (auditLedger.audit(new AuditLedger.Query(caller, null))) {
      case AuditLedger.Outcome.Audited(var report) -> {
        meters.audited(report.isConsistent(), report.at());
        yield HttpResponse.ok(AuditJson.of(report));
      }
      case AuditLedger.Outcome.BankersOnly() ->
          Problem.of(ProblemCode.FORBIDDEN, "this is not for the caller's role").response();
      case AuditLedger.Outcome.UnderWay() ->
          Problem.of(
                  ProblemCode.AUDIT_UNDER_WAY,
                  "this server is at an audit already; try again when it is done")
              .response();
    };
  }
}
