package io.simplebank.adapter.web.audit;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.port.in.AuditLedger;
import io.simplebank.domain.user.Caller;

@Controller("/ledger/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("banker")
class AuditController {
  private final AuditLedger auditLedger;

  AuditController(AuditLedger auditLedger) {
    this.auditLedger = auditLedger;
  }

  @Get
  HttpResponse<?> audit(Caller caller) {
    return switch (auditLedger.audit(new AuditLedger.Query(caller, null))) {
      case AuditLedger.Outcome.Audited(var report) -> HttpResponse.ok(AuditJson.of(report));
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
