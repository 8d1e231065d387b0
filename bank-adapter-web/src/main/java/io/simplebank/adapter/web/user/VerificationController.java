package io.simplebank.adapter.web.user;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.http.ClientAddress;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.adapter.web.problem.RetryLater;
import io.simplebank.domain.port.in.RequestVerificationMail;
import io.simplebank.domain.port.in.VerifyEmail;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.VerificationId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;

/** Whether mail reaches the users. */
@Controller
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Users")
class VerificationController {
  private final VerifyEmail verifyEmail;
  private final RequestVerificationMail requestVerificationMail;
  private final ClientAddress clientAddress;
  private final RetryLater retryLater;

  VerificationController(
      VerifyEmail verifyEmail,
      RequestVerificationMail requestVerificationMail,
      ClientAddress clientAddress,
      RetryLater retryLater) {
    this.verifyEmail = verifyEmail;
    this.requestVerificationMail = requestVerificationMail;
    this.clientAddress = clientAddress;
    this.retryLater = retryLater;
  }

  @Get(uris = {"/users/verify_email", "/v1/verify_email"})
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(summary = "Verify an address by the link in a mail")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = VerifiedJson.class)))
  @ApiResponse(responseCode = "422", description = "verification_refused")
  HttpResponse<?> verify(
      @QueryValue("email_id") @Min(value = 1, message = "must be at least {value}") long emailId,
      @QueryValue("secret_code") String secretCode,
      HttpRequest<?> request) {
    if (secretCode.isBlank()) {
      // No mail has such a code.
      return refused();
    }
    VerifyEmail.Command command =
        new VerifyEmail.Command(
            new VerificationId(emailId), new Secret(secretCode), clientAddress.of(request));
    return switch (verifyEmail.verify(command)) {
      case VerifyEmail.Outcome.Verified(var user) ->
          HttpResponse.ok(new VerifiedJson(user.emailVerified()));
      case VerifyEmail.Outcome.Refused() -> refused();
    };
  }

  @Post("/users/me/verification_mail")
  @Secured(SecurityRule.IS_AUTHENTICATED)
  @Operation(summary = "Ask for another verification mail")
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = RequestedMailJson.class)))
  @ApiResponse(responseCode = "409", description = "email_already_verified")
  @ApiResponse(responseCode = "429", description = "mail_too_soon")
  HttpResponse<?> requestMail(Caller caller) {
    return switch (requestVerificationMail.request(caller)) {
      case RequestVerificationMail.Outcome.Requested(var email) ->
          HttpResponse.status(HttpStatus.ACCEPTED).body(new RequestedMailJson(email.value()));
      case RequestVerificationMail.Outcome.AlreadyVerified() ->
          Problem.of(ProblemCode.EMAIL_ALREADY_VERIFIED, "there is nothing left to verify")
              .response();
      case RequestVerificationMail.Outcome.TooSoon(var retryAt) ->
          retryLater
              .problem(ProblemCode.MAIL_TOO_SOON, "the last mail was asked for just now", retryAt)
              .response();
    };
  }

  private static HttpResponse<?> refused() {
    return Problem.of(
            ProblemCode.VERIFICATION_REFUSED,
            "the code is wrong or has expired; log in and ask for another mail")
        .response();
  }
}
