package io.simplebank.adapter.web;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static io.simplebank.adapter.web.WebBank.BOB;
import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.web.router.Router;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRule;
import io.simplebank.domain.audit.AuditReport;
import io.simplebank.domain.audit.ChainHead;
import io.simplebank.domain.idempotency.Fingerprint;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.port.in.AuditLedger;
import io.simplebank.domain.port.in.ChangeAccountStatus;
import io.simplebank.domain.port.in.ChangeRole;
import io.simplebank.domain.port.in.ListAccounts;
import io.simplebank.domain.port.in.ListEntries;
import io.simplebank.domain.port.in.ListTransfers;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.in.OpenAccount;
import io.simplebank.domain.port.in.PostPending;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.port.in.RenewAccess;
import io.simplebank.domain.port.in.RequestVerificationMail;
import io.simplebank.domain.port.in.ReverseTransfer;
import io.simplebank.domain.port.in.SetLimits;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.UpdateUser;
import io.simplebank.domain.port.in.VerifyEmail;
import io.simplebank.domain.port.in.ViewBalance;
import io.simplebank.domain.port.in.VoidPending;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.Hold;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.transfer.TransferStatus;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and where. */
final class AuthorizationTest {
  /** Who asks. What paths and bodies name is Alice's: she is the owner. */
  enum Who {
    NO_TOKEN,
    EXPIRED_TOKEN,
    OTHER_USER,
    OWNER,
    BANKER
  }

  /** What each of them is told at a route, when there is nothing else to object to. */
  record Row(String route, String query, String body, Map<Who, Integer> statuses) {
    /** The statuses in the order of {@link Who}. */
    private static Row of(
        String route,
        String query,
        String body,
        int noToken,
        int expiredToken,
        int otherUser,
        int owner,
        int banker) {
      return new Row(
          route,
          query,
          body,
          Map.of(
              Who.NO_TOKEN, noToken,
              Who.EXPIRED_TOKEN, expiredToken,
              Who.OTHER_USER, otherUser,
              Who.OWNER, owner,
              Who.BANKER, banker));
    }

    private boolean isGet() {
      return route.startsWith("GET ");
    }

    /** HEAD is GET without a body. */
    private Row withoutBody() {
      return new Row(route.replace("GET ", "HEAD "), query, body, statuses);
    }

    @Override
    public String toString() {
      return route;
    }
  }

  private static final String USER =
      """
      {"username": "alice", "password": "correct horse", "full_name": "Alice Liddell",
       "email": "alice@example.com", "current_password": "battery staple"}
      """;
  private static final String TOKEN = "{\"refresh_token\": \"secret\"}";
  private static final String ROLE = "{\"role\": \"banker\"}";
  private static final String CASH = "{\"amount\": 5, \"currency\": \"EUR\"}";
  private static final String REASON = "{\"reason\": \"a whim\"}";
  private static final String LIMITS = "{\"overdraft_limit\": 0}";
  private static final String ORDER =
      """
      {"from_account_id": 3, "to_account_id": 4, "amount": 5, "currency": "EUR"}
      """;
  private static final String BATCH = "{\"transfers\": [" + ORDER + "]}";
  private static final String CODE = "?email_id=5&secret_code=x";
  private static final IdempotencyKey KEY = new IdempotencyKey("k-1");
  private static final UUID OVER = UUID.fromString("00000000-0000-0000-0000-000000000001");

  /** A route that is added without a row fails a test, and so does a row without a route. */
  private static final List<Row> MATRIX =
      List.of(
          // For anybody; a token that is not good does no harm.
          Row.of("POST /users", "", USER, 201, 201, 201, 201, 201),
          Row.of("POST /v1/create_user", "", USER, 200, 200, 200, 200, 200),
          Row.of("POST /users/login", "", USER, 200, 200, 200, 200, 200),
          Row.of("POST /v1/login_user", "", USER, 200, 200, 200, 200, 200),
          Row.of("POST /tokens/renew_access", "", TOKEN, 200, 200, 200, 200, 200),
          Row.of("GET /users/verify_email", CODE, "", 200, 200, 200, 200, 200),
          Row.of("GET /v1/verify_email", CODE, "", 200, 200, 200, 200, 200),
          Row.of("GET /openapi.yml", "", "", 200, 200, 200, 200, 200),
          Row.of("GET /docs", "", "", 200, 200, 200, 200, 200),
          Row.of("GET /docs/{file}", "", "", 200, 200, 200, 200, 200),
          // For users, each with what is theirs.
          Row.of("GET /users/me", "", "", 401, 401, 200, 200, 200),
          Row.of("PATCH /users/me", "", USER, 401, 401, 200, 200, 200),
          Row.of("PATCH /v1/update_user", "", USER, 401, 401, 403, 200, 403),
          Row.of("POST /users/me/verification_mail", "", "", 401, 401, 202, 202, 202),
          Row.of("GET /sessions", "", "", 401, 401, 200, 200, 200),
          Row.of("DELETE /sessions/{id}", "", "", 401, 401, 404, 204, 404),
          Row.of("POST /accounts", "", CASH, 401, 401, 201, 201, 201),
          Row.of("GET /accounts", "", "", 401, 401, 200, 200, 200),
          Row.of("GET /accounts/{id}", "", "", 401, 401, 404, 200, 200),
          Row.of("GET /accounts/{id}/entries", "", "", 401, 401, 404, 200, 200),
          Row.of("GET /accounts/{id}/balance", "", "", 401, 401, 404, 200, 200),
          // Account 3 is Alice's: she may close it, and not freeze it.
          Row.of("POST /accounts/{id}/freeze", "", REASON, 401, 401, 404, 403, 200),
          Row.of("POST /accounts/{id}/unfreeze", "", REASON, 401, 401, 404, 403, 200),
          Row.of("POST /accounts/{id}/close", "", REASON, 401, 401, 404, 200, 200),
          Row.of("GET /accounts/{id}/limits", "", "", 401, 401, 404, 200, 200),
          Row.of("PUT /accounts/{id}/limits", "", LIMITS, 401, 401, 404, 403, 200),
          Row.of("POST /transfers", "", ORDER, 401, 401, 404, 201, 404),
          Row.of("GET /transfers/{id}", "", "", 401, 401, 404, 200, 200),
          // What is wrong with a transfer of a batch is said in its own result.
          Row.of("POST /transfers/batch", "", BATCH, 401, 401, 200, 200, 200),
          // Transfer 3 is from Alice to Bob: he gives it back, she may see it and no more.
          Row.of("POST /transfers/{id}/reversal", "", "", 401, 401, 201, 403, 201),
          // What is set aside for it is hers to decide about; he may see it and no more.
          Row.of("POST /transfers/{id}/post", "", "", 401, 401, 403, 201, 201),
          Row.of("POST /transfers/{id}/void", "", "", 401, 401, 403, 200, 200),
          Row.of("GET /transfers", "?account_id=3", "", 401, 401, 404, 200, 200),
          Row.of("GET /idempotency/{key}", "", "", 401, 401, 404, 200, 404),
          // For bankers.
          Row.of("POST /accounts/{id}/deposits", "", CASH, 401, 401, 403, 403, 201),
          Row.of("POST /accounts/{id}/withdrawals", "", CASH, 401, 401, 403, 403, 201),
          Row.of("GET /ledger/audit", "", "", 401, 401, 403, 403, 200),
          Row.of("GET /users", "", "", 401, 401, 403, 403, 200),
          Row.of("PATCH /users/{username}", "", ROLE, 401, 401, 403, 403, 200));

  private final WebBank bank = WebBank.fresh();

  static Stream<Row> rows() {
    return Stream.concat(MATRIX.stream(), MATRIX.stream().filter(Row::isGet).map(Row::withoutBody));
  }

  @Test
  void every_route_has_a_row_and_every_row_a_route() {
    Set<String> routes =
        bank.bean(Router.class)
            .uriRoutes()
            .filter(route -> route.getDeclaringType().getName().startsWith("io.simplebank."))
            .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
            .collect(toSet());

    assertThat(rows().map(Row::route)).containsExactlyInAnyOrderElementsOf(routes);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everybody_is_let_in_where_they_may_be_and_nowhere_else(Row row) {
    the_ports_know_what_is_whose();

    assertThat(Stream.of(Who.values()).collect(toMap(who -> who, who -> ask(row, who).status())))
        .isEqualTo(row.statuses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
  void matches_the_scheme_without_case(String scheme) {
    authorized(scheme + " " + bank.token(ALICE)).is(200, "[]");
  }

  @Test
  void knows_the_caller_by_the_token() {
    when(bank.listAccounts.list(any())).thenReturn(List.of());
    Caller caller = WebBank.caller("i-i_1", Role.BANKER);

    bank.get(caller, "/accounts").is(200, "[]");

    verify(bank.listAccounts).list(new ListAccounts.Query(caller, 1, 5));
  }

  @ParameterizedTest
  @MethodSource("bad_headers")
  void refuses_a_bad_header_on_a_guarded_route(String header) {
    Answer answer = authorized(header);

    answer.isProblem(401, "unauthenticated", "a valid bearer token is needed");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    verifyNoInteractions(bank.listAccounts);
  }

  @ParameterizedTest
  @MethodSource("bad_headers")
  void ignores_a_bad_header_on_a_public_route(String header) {
    for (String path :
        List.of(
            "/users",
            "/v1/create_user",
            "/users/login",
            "/v1/login_user",
            "/tokens/renew_access")) {
      assertThat(bank.call("POST", path).header("Authorization", header).body("{}").send().status())
          .isEqualTo(400);
    }
  }

  static Stream<String> bad_headers() {
    return Stream.of(
        "",
        "none",
        "None",
        "Bearer",
        "Bearer ",
        "Bearer garbage",
        "Bearer a.b.c",
        "Bearer null",
        "Basic YWxpY2U6cGFzc3dvcmQ=",
        "Token abc");
  }

  @Test
  void asks_nobody_for_a_token_where_something_else_is_wrong_at_a_public_path() {
    bank.call("POST", "/users/login")
        .header("Accept", "application/xml")
        .body("{}")
        .send()
        .isProblem(406, "not_acceptable");
    bank.call("GET", "/users/login").send().isProblem(405, "method_not_allowed");
    bank.call("GET", "/accounts")
        .header("Accept", "application/xml")
        .send()
        .isProblem(401, "unauthenticated");
  }

  @Test
  void welcomes_those_with_a_token_on_public_routes_too() {
    bank.post(ALICE, "/users/login", "{}").isInvalid("username", "password");
  }

  @ParameterizedTest
  @MethodSource("spoilt_claims")
  void refuses_a_token_of_the_banks_that_is_not_good(
      String what, Consumer<Map<String, Object>> spoil) {
    Map<String, Object> claims = WebBank.claims(ALICE);
    when(bank.checkSession.goesOn(OVER)).thenReturn(false);
    spoil.accept(claims);

    authorized("Bearer " + bank.token(claims)).isProblem(401, "unauthenticated");
  }

  static Stream<Arguments> spoilt_claims() {
    return Stream.of(
        spoilt("expired", claims -> claims.put("exp", in(Duration.ofMinutes(-5)))),
        spoilt("expiring now", claims -> claims.put("exp", in(Duration.ZERO))),
        spoilt("never expiring", claims -> claims.remove("exp")),
        spoilt("expiring at no time", claims -> claims.put("exp", "tomorrow")),
        spoilt("not yet valid", claims -> claims.put("nbf", in(Duration.ofMinutes(5)))),
        spoilt("of another issuer", claims -> claims.put("iss", "another-bank")),
        spoilt("of the end of the issuer", claims -> claims.put("iss", "bank")),
        spoilt("of no issuer", claims -> claims.remove("iss")),
        spoilt("for another audience", claims -> claims.put("aud", "another-bank")),
        spoilt("for no audience", claims -> claims.remove("aud")),
        spoilt("for an empty audience", claims -> claims.put("aud", List.of())),
        spoilt("of nobody", claims -> claims.remove("sub")),
        spoilt("of no username", claims -> claims.put("sub", "a b")),
        spoilt("of a username in another case", claims -> claims.put("sub", "Alice")),
        spoilt("of a number", claims -> claims.put("sub", 7)),
        spoilt("of no role", claims -> claims.remove("roles")),
        spoilt("of an unknown role", claims -> claims.put("roles", List.of("owner"))),
        spoilt("of a role in another case", claims -> claims.put("roles", List.of("BANKER"))),
        spoilt("of two roles", claims -> claims.put("roles", List.of("depositor", "banker"))),
        spoilt("of a role that is no list", claims -> claims.put("roles", "banker")),
        spoilt("of a role that is a number", claims -> claims.put("roles", List.of(1))),
        spoilt("of no session", claims -> claims.remove("sid")),
        spoilt("of an ill-formed session", claims -> claims.put("sid", "1-1-1-1-1")),
        spoilt("of a session without a name", claims -> claims.put("sid", "")),
        spoilt("of a session that is a number", claims -> claims.put("sid", 1)),
        spoilt("of a session that is over", claims -> claims.put("sid", OVER.toString())));
  }

  @Test
  void takes_a_token_whose_issuer_has_a_clock_that_is_a_little_ahead() {
    Map<String, Object> claims = WebBank.claims(ALICE);
    claims.put("nbf", in(Duration.ofSeconds(5)));

    authorized("Bearer " + bank.token(claims)).is(200, "[]");
  }

  @Test
  void takes_a_token_that_is_for_others_too() {
    Map<String, Object> claims = WebBank.claims(ALICE);
    claims.put("aud", List.of("another-service", WebBank.AUDIENCE));

    authorized("Bearer " + bank.token(claims)).is(200, "[]");
  }

  @Test
  void refuses_a_token_that_somebody_else_has_signed() throws JOSEException, ParseException {
    JWSHeader header = SignedJWT.parse(bank.token(BANKER)).getHeader();
    SignedJWT token = new SignedJWT(header, claims());
    token.sign(new MACSigner("another secret, just as long as it must be"));

    authorized("Bearer " + token.serialize()).isProblem(401, "unauthenticated");
  }

  @Test
  void refuses_a_token_that_names_no_key() throws JOSEException, ParseException {
    JWSHeader header = SignedJWT.parse(bank.token(BANKER)).getHeader();
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(header).keyID(null).build(), claims());
    token.sign(new MACSigner(WebBank.JWT_SECRET));

    authorized("Bearer " + token.serialize()).isProblem(401, "unauthenticated");
  }

  @Test
  void refuses_a_token_of_a_pair_where_a_secret_signs() throws JOSEException, ParseException {
    ECKey pair = new ECKeyGenerator(Curve.P_256).generate();
    String id = SignedJWT.parse(bank.token(BANKER)).getHeader().getKeyID();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(id)
                .jwk(pair.toPublicJWK())
                .build(),
            claims());
    token.sign(new ECDSASigner(pair));

    authorized("Bearer " + token.serialize()).isProblem(401, "unauthenticated");
  }

  @Test
  void refuses_a_token_that_nobody_has_signed() {
    authorized("Bearer " + new PlainJWT(claims()).serialize()).isProblem(401, "unauthenticated");
  }

  @Test
  void refuses_a_token_that_was_changed() {
    String[] parts = bank.token(ALICE).split("\\.", -1);
    String[] other = bank.token(BANKER).split("\\.", -1);

    authorized("Bearer " + parts[0] + "." + other[1] + "." + parts[2])
        .isProblem(401, "unauthenticated");
    String promoted =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("depositor", "banker");
    authorized("Bearer " + parts[0] + "." + Base64URL.encode(promoted) + "." + parts[2])
        .isProblem(401, "unauthenticated");
    authorized("Bearer " + parts[0] + "." + parts[1] + ".").isProblem(401, "unauthenticated");
  }

  private static Arguments spoilt(String what, Consumer<Map<String, Object>> spoil) {
    return Arguments.of(what, spoil);
  }

  private static Date in(Duration duration) {
    return Date.from(WebBank.NOW.plus(duration));
  }

  private static JWTClaimsSet claims() {
    JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder();
    WebBank.claims(BANKER).forEach(builder::claim);
    return builder.build();
  }

  private Answer authorized(String header) {
    return bank.call("GET", "/accounts").header("Authorization", header).send();
  }

  private Answer ask(Row row, Who who) {
    String[] route = row.route().split(" ", -1);
    String path =
        route[1]
            .replace("/sessions/{id}", "/sessions/" + WebBank.SESSION)
            .replace("{id}", "3")
            .replace("{username}", "alice")
            .replace("{key}", KEY.value())
            .replace("{file}", "start.js");
    WebBank.Call call = bank.call(route[0], path + row.query()).body(row.body());
    return switch (who) {
      case NO_TOKEN -> call.send();
      case EXPIRED_TOKEN -> call.header("Authorization", "Bearer " + expiredToken()).send();
      case OTHER_USER -> call.as(BOB).send();
      case OWNER -> call.as(ALICE).send();
      case BANKER -> call.as(BANKER).send();
    };
  }

  private String expiredToken() {
    Map<String, Object> claims = WebBank.claims(ALICE);
    claims.put("exp", in(Duration.ofMinutes(-5)));
    return bank.token(claims);
  }

  /** Whom a port lets do what is for the port to say: here, as the services behind it do. */
  private void the_ports_know_what_is_whose() {
    Secret secret = new Secret("secret");
    Session session = Samples.session();
    User user = Samples.alice();
    when(bank.registerUser.register(any())).thenReturn(new RegisterUser.Outcome.Registered(user));
    when(bank.logIn.logIn(any())).thenReturn(new LogIn.Outcome.LoggedIn(user, session, secret));
    when(bank.renewAccess.renew(any()))
        .thenReturn(new RenewAccess.Outcome.Renewed(user, session, secret));
    when(bank.verifyEmail.verify(any())).thenReturn(new VerifyEmail.Outcome.Verified(user));
    when(bank.viewUser.view(any())).thenReturn(user);
    when(bank.updateUser.update(any())).thenReturn(new UpdateUser.Outcome.Updated(user));
    when(bank.requestVerificationMail.request(any()))
        .thenReturn(new RequestVerificationMail.Outcome.Requested(user.email()));
    when(bank.endSession.end(ALICE, WebBank.SESSION)).thenReturn(true);
    when(bank.listUsers.list(any())).thenReturn(Optional.of(List.of(user)));
    when(bank.changeRole.change(any())).thenReturn(new ChangeRole.Outcome.Changed(user));
    when(bank.auditLedger.audit(any()))
        .thenReturn(
            new AuditLedger.Outcome.Audited(
                new AuditReport(WebBank.NOW, ChainHead.NONE, List.of(), Map.of(), List.of())));

    Account account = Samples.account(3, Samples.ALICE, 500);
    PostedTransfer posting = Samples.posting(account, Samples.account(4, Samples.BOB, 0), 5, null);
    TransferOutcome posted = new TransferOutcome.Posted(posting);
    when(bank.openAccount.open(any())).thenReturn(new OpenAccount.Outcome.Opened(account));
    when(bank.changeAccountStatus.change(any()))
        .thenAnswer(
            call -> {
              ChangeAccountStatus.Command command = call.getArgument(0);
              Account empty = Samples.account(3, Samples.ALICE, 0);
              Account fit =
                  command.change() == StatusChange.UNFREEZE
                      ? empty.changedBy(StatusChange.FREEZE)
                      : empty;
              return StatusRule.firstObjection(command.change(), command.caller(), fit.id(), fit)
                  .<ChangeAccountStatus.Outcome>map(ChangeAccountStatus.Outcome.Refused::new)
                  .orElseGet(() -> new ChangeAccountStatus.Outcome.Changed(account));
            });
    when(bank.setLimits.set(any())).thenReturn(new SetLimits.Outcome.NoSuchAccount());
    when(bank.setLimits.set(limits(ALICE))).thenReturn(new SetLimits.Outcome.BankersOnly());
    when(bank.setLimits.set(limits(BANKER))).thenReturn(new SetLimits.Outcome.Done(account));
    TransferOutcome notFound =
        new TransferOutcome.Declined(new Decline.AccountNotFound(account.id()));
    when(bank.transferMoney.transfer(any(), any()))
        .thenAnswer(
            call ->
                call.getArgument(0, TransferMoney.Command.class).caller().equals(ALICE)
                    ? Samples.replyingLater(posted).answer(call)
                    : Samples.replyingLater(notFound).answer(call));
    TransferOutcome forbidden =
        new TransferOutcome.Declined(new Decline.RecipientOnly(new TransferId(3)));
    when(bank.reverseTransfer.reverse(any(), any()))
        .thenAnswer(
            call ->
                call.getArgument(0, ReverseTransfer.Command.class).caller().equals(ALICE)
                    ? Samples.replying(forbidden).answer(call)
                    : Samples.replying(posted).answer(call));
    TransferOutcome payerOnly =
        new TransferOutcome.Declined(new Decline.PayerOnly(new TransferId(3)));
    when(bank.postPending.post(any(), any()))
        .thenAnswer(
            call ->
                call.getArgument(0, PostPending.Command.class).caller().equals(BOB)
                    ? Samples.replying(payerOnly).answer(call)
                    : Samples.replying(posted).answer(call));
    Account recipient = Samples.account(4, Samples.BOB, 0);
    TransferOutcome voided =
        new TransferOutcome.Voided(
            new Hold(
                Samples.pending(account, recipient, 5).becoming(TransferStatus.VOIDED),
                account,
                recipient));
    when(bank.voidPending.release(any(), any()))
        .thenAnswer(
            call ->
                call.getArgument(0, VoidPending.Command.class).caller().equals(BOB)
                    ? Samples.replying(payerOnly).answer(call)
                    : Samples.replying(voided).answer(call));
    when(bank.transferInBatch.transfer(any(), any()))
        .thenAnswer(
            call ->
                call.getArgument(0, TransferInBatch.Command.class).caller().equals(ALICE)
                    ? Samples.replying(List.of(posted)).answer(call)
                    : Samples.replying(List.of(notFound)).answer(call));
    when(bank.depositMoney.deposit(any(), any())).thenAnswer(Samples.replying(posted));
    when(bank.withdrawMoney.withdraw(any(), any())).thenAnswer(Samples.replying(posted));
    when(bank.recallAnswers.recall(ALICE, KEY))
        .thenReturn(
            List.of(
                new RememberedAnswer(
                    new ScopedKey(ALICE.username(), Operation.TRANSFER, KEY),
                    Fingerprint.of(),
                    new io.simplebank.domain.idempotency.Answer(201, "{}"),
                    WebBank.NOW)));
    for (Caller caller : List.of(ALICE, BANKER)) {
      when(bank.viewAccount.view(caller, account.id()))
          .thenReturn(completedStage(Optional.of(account)));
      when(bank.viewLimits.viewLimits(caller, account.id())).thenReturn(Optional.of(account));
      when(bank.viewTransfer.view(caller, new TransferId(3)))
          .thenReturn(Optional.of(posting.transfer()));
      when(bank.viewBalance.view(new ViewBalance.Query(caller, account.id(), null)))
          .thenReturn(
              Optional.of(
                  new ViewBalance.Balance(account.id(), account.balance(), account.createdAt())));
      when(bank.listTransfers.list(new ListTransfers.Query(caller, account.id(), 50, null)))
          .thenReturn(Optional.of(new ListTransfers.Page(List.of(), Optional.empty())));
      when(bank.listEntries.list(new ListEntries.Query(caller, account.id(), 50, null, null, null)))
          .thenReturn(Optional.of(new ListEntries.Page(List.of(), Optional.empty())));
    }
  }

  private static SetLimits.Command limits(Caller caller) {
    return new SetLimits.Command(caller, new AccountId(3), 0, null, null, null);
  }
}
