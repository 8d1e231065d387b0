package io.simplebank.adapter.web.problem;

import io.micronaut.http.HttpStatus;
import java.util.Locale;

/**
 * Every reason for which the bank refuses a request, with its status. Clients rely on the names.
 */
public enum ProblemCode {
  /** One or more fields or parameters are wrong; they are listed. */
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is invalid"),
  /** The body is no JSON object. */
  MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body cannot be read"),
  /** There is no valid access token. */
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Authentication is required"),
  /** Name and password do not belong together. */
  INVALID_CREDENTIALS(HttpStatus.UNAUTHORIZED, "The credentials are wrong"),
  /** The refresh token is unknown or dead, or its session is over. */
  INVALID_REFRESH_TOKEN(HttpStatus.UNAUTHORIZED, "The refresh token is not good"),
  /** The caller's role does not allow it. */
  FORBIDDEN(HttpStatus.FORBIDDEN, "The role does not allow it"),
  /** Users change themselves alone. */
  OTHER_USER(HttpStatus.FORBIDDEN, "The user is another"),
  /** There is no such route. */
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such resource"),
  /** There is no such account, or it is not for the caller to see. */
  ACCOUNT_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such account"),
  /** There is no such transfer, or it is not for the caller to see. */
  TRANSFER_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such transfer"),
  /** There is no such user. */
  USER_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such user"),
  /** There is no such session, it is over, or it is somebody else's. */
  SESSION_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such session"),
  /** Nothing is remembered under that key. */
  IDEMPOTENCY_KEY_NOT_FOUND(HttpStatus.NOT_FOUND, "Nothing is remembered under the key"),
  /** The route exists, but not with that method. */
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed"),
  /** The client accepts nothing that the route can produce. */
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable representation"),
  /** Somebody has that name. */
  USERNAME_TAKEN(HttpStatus.CONFLICT, "The username is taken"),
  /** Somebody has that address. */
  EMAIL_TAKEN(HttpStatus.CONFLICT, "The e-mail address is taken"),
  /** There is nothing left to verify. */
  EMAIL_ALREADY_VERIFIED(HttpStatus.CONFLICT, "The e-mail address is verified already"),
  /** Nobody changes their own role. */
  OWN_ROLE(HttpStatus.CONFLICT, "The role is the caller's own"),
  /** One account for each owner and currency. */
  ACCOUNT_ALREADY_EXISTS(HttpStatus.CONFLICT, "There is such an account already"),
  /** What is asked for does not go with the status of the account. */
  ACCOUNT_STATUS_CONFLICT(HttpStatus.CONFLICT, "The status of the account is another"),
  /** An account is closed when nothing stands on it, and it is not overdrawn. */
  ACCOUNT_NOT_EMPTY(HttpStatus.CONFLICT, "The balance of the account is not 0"),
  /** An account is closed when nothing is set aside on it. */
  ACCOUNT_HAS_PENDING_DEBITS(HttpStatus.CONFLICT, "The account has pending debits"),
  /** An account stands further below zero than the overdraft limit that is to be set. */
  OVERDRAFT_IN_USE(HttpStatus.CONFLICT, "More of an overdraft is in use"),
  /** The transfer was posted at once: nothing is set aside for it. */
  TRANSFER_NOT_PENDING(HttpStatus.CONFLICT, "The transfer was not made pending"),
  /** The pending transfer has been settled. */
  TRANSFER_ALREADY_POSTED(HttpStatus.CONFLICT, "The pending transfer has been posted"),
  /** The pending transfer has been released. */
  TRANSFER_ALREADY_VOIDED(HttpStatus.CONFLICT, "The pending transfer has been voided"),
  /** The pending transfer was released by itself. */
  TRANSFER_EXPIRED(HttpStatus.CONFLICT, "The pending transfer has expired"),
  /** The body is larger than the bank reads. */
  BODY_TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
  /** The address that was asked for is longer than the bank reads. */
  URI_TOO_LONG(HttpStatus.REQUEST_URI_TOO_LONG, "The URI is too long"),
  /** The headers are larger than the bank reads. */
  HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large"),
  /** The body is no JSON and does not claim to be. */
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type is not supported"),
  /** The code of a verification mail is wrong or has expired, or the address is another by now. */
  VERIFICATION_REFUSED(HttpStatus.UNPROCESSABLE_ENTITY, "The address is not verified"),
  /** An amount must be positive. */
  AMOUNT_NOT_POSITIVE(HttpStatus.UNPROCESSABLE_ENTITY, "The amount is not positive"),
  /** Money moves between two accounts. */
  SAME_ACCOUNT(HttpStatus.UNPROCESSABLE_ENTITY, "The accounts are the same"),
  /** An account does not pay or receive in its state. */
  ACCOUNT_NOT_OPEN(HttpStatus.UNPROCESSABLE_ENTITY, "The account is not open"),
  /** The bank does not exchange currencies. */
  CURRENCY_MISMATCH(HttpStatus.UNPROCESSABLE_ENTITY, "The currencies differ"),
  /** The bank keeps no accounts in that currency. */
  CURRENCY_NOT_OFFERED(HttpStatus.UNPROCESSABLE_ENTITY, "The currency is not offered"),
  /** More would leave the account than bankers have set for it. */
  LIMIT_EXCEEDED(HttpStatus.UNPROCESSABLE_ENTITY, "A limit of the account is exceeded"),
  /** The available balance does not cover the amount. */
  INSUFFICIENT_FUNDS(HttpStatus.UNPROCESSABLE_ENTITY, "The funds are insufficient"),
  /** A balance would not fit into 64 bits. */
  BALANCE_OVERFLOW(HttpStatus.UNPROCESSABLE_ENTITY, "The balance would overflow"),
  /** More than was set aside does not move. */
  EXCEEDS_PENDING_AMOUNT(HttpStatus.UNPROCESSABLE_ENTITY, "The amount exceeds what was set aside"),
  /** A reversal is not reversed, nor is what moved no money. */
  TRANSFER_NOT_REVERSIBLE(HttpStatus.UNPROCESSABLE_ENTITY, "The transfer cannot be reversed"),
  /** All reversals together would exceed the transfer. */
  REVERSAL_EXCEEDS_ORIGINAL(
      HttpStatus.UNPROCESSABLE_ENTITY, "The reversals would exceed the transfer"),
  /** An order was to be posted with others or not at all, and one of those was declined. */
  BATCH_DECLINED(HttpStatus.UNPROCESSABLE_ENTITY, "Another order of the batch was declined"),
  /** The key belongs to another request. */
  IDEMPOTENCY_KEY_REUSED(
      HttpStatus.UNPROCESSABLE_ENTITY, "The idempotency key belongs to another request"),
  /** The framework refuses the request for another reason that is the client's. */
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is refused"),
  /** Too many passwords have been wrong of late, for this user or from this address. */
  TOO_MANY_ATTEMPTS(HttpStatus.TOO_MANY_REQUESTS, "There were too many attempts"),
  /** The last verification mail was asked for only just now. */
  MAIL_TOO_SOON(HttpStatus.TOO_MANY_REQUESTS, "It is too soon for another mail"),
  /** The bank failed; the request may be repeated. */
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "The bank failed"),
  /** The bank cannot answer at the moment; the request may be repeated. */
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The bank is not available"),
  /** One audit at a time. */
  AUDIT_UNDER_WAY(HttpStatus.SERVICE_UNAVAILABLE, "An audit is under way");

  private final HttpStatus status;
  private final String title;

  ProblemCode(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The stable machine word. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** With which it is answered. */
  public HttpStatus status() {
    return status;
  }

  /** The same in every answer. */
  public String title() {
    return title;
  }
}
