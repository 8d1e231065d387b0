package io.simplebank.adapter.web;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEFAULTS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.security.token.generator.TokenGenerator;
import io.simplebank.adapter.web.openapi.WireContract;
import io.simplebank.domain.money.OfferedCurrencies;
import io.simplebank.domain.port.in.AuditLedger;
import io.simplebank.domain.port.in.ChangeAccountStatus;
import io.simplebank.domain.port.in.ChangeRole;
import io.simplebank.domain.port.in.CheckSession;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.EndSession;
import io.simplebank.domain.port.in.ListAccounts;
import io.simplebank.domain.port.in.ListEntries;
import io.simplebank.domain.port.in.ListSessions;
import io.simplebank.domain.port.in.ListTransfers;
import io.simplebank.domain.port.in.ListUsers;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.in.OpenAccount;
import io.simplebank.domain.port.in.PostPending;
import io.simplebank.domain.port.in.RecallAnswers;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.port.in.RenewAccess;
import io.simplebank.domain.port.in.RequestVerificationMail;
import io.simplebank.domain.port.in.ReverseTransfer;
import io.simplebank.domain.port.in.SetLimits;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.UpdateUser;
import io.simplebank.domain.port.in.VerifyEmail;
import io.simplebank.domain.port.in.ViewAccount;
import io.simplebank.domain.port.in.ViewBalance;
import io.simplebank.domain.port.in.ViewLimits;
import io.simplebank.domain.port.in.ViewTransfer;
import io.simplebank.domain.port.in.ViewUser;
import io.simplebank.domain.port.in.VoidPending;
import io.simplebank.domain.port.in.WithdrawMoney;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * The web adapter behind a real server, with mocks for the inbound ports. It is started once; each
 * test begins with ports that have been told nothing.
 */
public final class WebBank implements AutoCloseable {
  /** What the bank's clock says. */
  public static final Instant NOW = Instant.parse("2026-03-14T15:09:26.535897Z");

  /** The session in which everybody asks. */
  public static final UUID SESSION = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");

  public static final String ADDRESS = "127.0.0.1";

  /** What every request of a caller is called. */
  public static final String REQUEST_ID = "request-of-the-tests";

  public static final Caller ALICE = caller("alice", Role.DEPOSITOR);
  public static final Caller BOB = caller("bob", Role.DEPOSITOR);
  public static final Caller BANKER = caller("berta", Role.BANKER);

  public static final String ISSUER = "simple-bank";
  public static final String AUDIENCE = "the-bank-of-the-tests";
  public static final String JWT_SECRET = "a secret of the tests, long enough for HS256";

  private static final String CLOCK = "tests.clock";

  private static final WebBank INSTANCE = new WebBank(properties());

  public final RegisterUser registerUser = mock();
  public final LogIn logIn = mock();
  public final CheckSession checkSession = mock();
  public final RenewAccess renewAccess = mock();
  public final ListSessions listSessions = mock();
  public final EndSession endSession = mock();
  public final ViewUser viewUser = mock();
  public final UpdateUser updateUser = mock();
  public final VerifyEmail verifyEmail = mock();
  public final RequestVerificationMail requestVerificationMail = mock();
  public final ListUsers listUsers = mock();
  public final ChangeRole changeRole = mock();
  public final OpenAccount openAccount = mock();

  /** Where nothing else is said, there is no account: of a promise Mockito would make a null. */
  public final ViewAccount viewAccount =
      mock(
          call ->
              call.getMethod().getReturnType() == CompletionStage.class
                  ? CompletableFuture.completedStage(Optional.empty())
                  : RETURNS_DEFAULTS.answer(call));

  public final ListAccounts listAccounts = mock();
  public final ListEntries listEntries = mock();
  public final ViewBalance viewBalance = mock();
  public final TransferMoney transferMoney = mock();
  public final ViewTransfer viewTransfer = mock();
  public final DepositMoney depositMoney = mock();
  public final WithdrawMoney withdrawMoney = mock();
  public final RecallAnswers recallAnswers = mock();
  public final ReverseTransfer reverseTransfer = mock();
  public final TransferInBatch transferInBatch = mock();
  public final ChangeAccountStatus changeAccountStatus = mock();
  public final AuditLedger auditLedger = mock();
  public final ViewLimits viewLimits = mock();
  public final SetLimits setLimits = mock();
  public final PostPending postPending = mock();
  public final VoidPending voidPending = mock();
  public final ListTransfers listTransfers = mock();

  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private boolean imagined;

  private WebBank(Map<String, Object> settings) {
    context = ApplicationContext.builder().properties(settings).build();
    context.registerSingleton(
        OfferedCurrencies.class, OfferedCurrencies.ofCodes(List.of("USD", "EUR", "CAD")));
    context.registerSingleton(RegisterUser.class, registerUser);
    context.registerSingleton(LogIn.class, logIn);
    context.registerSingleton(CheckSession.class, checkSession);
    context.registerSingleton(RenewAccess.class, renewAccess);
    context.registerSingleton(ListSessions.class, listSessions);
    context.registerSingleton(EndSession.class, endSession);
    context.registerSingleton(ViewUser.class, viewUser);
    context.registerSingleton(UpdateUser.class, updateUser);
    context.registerSingleton(VerifyEmail.class, verifyEmail);
    context.registerSingleton(RequestVerificationMail.class, requestVerificationMail);
    context.registerSingleton(ListUsers.class, listUsers);
    context.registerSingleton(ChangeRole.class, changeRole);
    context.registerSingleton(OpenAccount.class, openAccount);
    context.registerSingleton(ViewAccount.class, viewAccount);
    context.registerSingleton(ListAccounts.class, listAccounts);
    context.registerSingleton(ListEntries.class, listEntries);
    context.registerSingleton(ViewBalance.class, viewBalance);
    context.registerSingleton(TransferMoney.class, transferMoney);
    context.registerSingleton(ViewTransfer.class, viewTransfer);
    context.registerSingleton(DepositMoney.class, depositMoney);
    context.registerSingleton(WithdrawMoney.class, withdrawMoney);
    context.registerSingleton(RecallAnswers.class, recallAnswers);
    context.registerSingleton(ReverseTransfer.class, reverseTransfer);
    context.registerSingleton(TransferInBatch.class, transferInBatch);
    context.registerSingleton(ChangeAccountStatus.class, changeAccountStatus);
    context.registerSingleton(AuditLedger.class, auditLedger);
    context.registerSingleton(ViewLimits.class, viewLimits);
    context.registerSingleton(SetLimits.class, setLimits);
    context.registerSingleton(PostPending.class, postPending);
    context.registerSingleton(VoidPending.class, voidPending);
    context.registerSingleton(ListTransfers.class, listTransfers);
    // Or there would be meters that count nothing.
    context.registerSingleton(new SimpleMeterRegistry());
    context.start();
    when(checkSession.goesOn(any())).thenReturn(true);
    server = context.getBean(EmbeddedServer.class).start();
  }

  /** A server of its own, with those settings beside or instead of the usual ones. */
  public static WebBank with(Map<String, Object> settings) {
    Map<String, Object> all = properties();
    all.putAll(settings);
    return new WebBank(all);
  }

  @Override
  public void close() {
    context.close();
  }

  /** The one server, its ports as new; all sessions go on. */
  public static WebBank fresh() {
    reset(
        INSTANCE.registerUser,
        INSTANCE.logIn,
        INSTANCE.checkSession,
        INSTANCE.renewAccess,
        INSTANCE.listSessions,
        INSTANCE.endSession,
        INSTANCE.viewUser,
        INSTANCE.updateUser,
        INSTANCE.verifyEmail,
        INSTANCE.requestVerificationMail,
        INSTANCE.listUsers,
        INSTANCE.changeRole,
        INSTANCE.openAccount,
        INSTANCE.viewAccount,
        INSTANCE.listAccounts,
        INSTANCE.listEntries,
        INSTANCE.viewBalance,
        INSTANCE.transferMoney,
        INSTANCE.viewTransfer,
        INSTANCE.depositMoney,
        INSTANCE.withdrawMoney,
        INSTANCE.recallAnswers,
        INSTANCE.reverseTransfer,
        INSTANCE.transferInBatch,
        INSTANCE.changeAccountStatus,
        INSTANCE.auditLedger,
        INSTANCE.viewLimits,
        INSTANCE.setLimits,
        INSTANCE.postPending,
        INSTANCE.voidPending,
        INSTANCE.listTransfers);
    when(INSTANCE.checkSession.goesOn(any())).thenReturn(true);
    INSTANCE.imagined = false;
    return INSTANCE;
  }

  /**
   * From now on ports may come to outcomes to which no bank comes on their routes. Of the answers
   * to these, the document of the API says nothing.
   */
  public void letPortsImagineOutcomes() {
    imagined = true;
  }

  /** As in application.yml. */
  private static Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("bank.access-token.issuer", ISSUER);
    properties.put("bank.access-token.audience", AUDIENCE);
    properties.put("bank.access-token.lifetime", "15m");
    properties.put("bank.jwt-secret", JWT_SECRET);
    properties.put("bank.refuse-unknown-fields", false);
    properties.put("bank.request-timeout", "30s");
    properties.put(CLOCK, "stands still");
    properties.put("micronaut.server.port", "-1");
    properties.put("micronaut.server.max-request-size", "1MB");
    properties.put("micronaut.server.netty.request-decompression-enabled", false);
    properties.put("micronaut.serde.serialization.inclusion", "NON_NULL");
    properties.put("micronaut.metrics.binders.web.enabled", false);
    properties.put("micronaut.security.endpoints.keys.path", "/.well-known/jwks.json");
    properties.put("micronaut.security.filter.enabled", false);
    return properties;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Who asks, in the session of the tests and from this machine. */
  public static Caller caller(String username, Role role) {
    return new Caller(new Username(username), role, SESSION, ADDRESS, REQUEST_ID);
  }

  /** A request, to be completed and sent. */
  public Call call(String method, String path) {
    return new Call(method, path);
  }

  /** Sends that JSON, with no token. */
  public Answer post(String path, String json) {
    return call("POST", path).body(json).send();
  }

  /** Sends that JSON as that caller. */
  public Answer post(Caller caller, String path, String json) {
    return call("POST", path).as(caller).body(json).send();
  }

  /** Asks as that caller. */
  public Answer get(Caller caller, String path) {
    return call("GET", path).as(caller).send();
  }

  /** A token that is good now. */
  public String token(Caller caller) {
    return token(claims(caller));
  }

  /** A token of these claims, signed by the bank. */
  public String token(Map<String, Object> claims) {
    return bean(TokenGenerator.class).generateToken(claims).orElseThrow();
  }

  /** The claims of a good token, to be spoilt. */
  public static Map<String, Object> claims(Caller caller) {
    return new HashMap<>(
        Map.of(
            "iss", ISSUER,
            "aud", AUDIENCE,
            "sub", caller.username().value(),
            "roles", List.of(caller.role().code()),
            "sid", String.valueOf(caller.session()),
            "iat", Date.from(NOW),
            "nbf", Date.from(NOW),
            "exp", Date.from(NOW.plus(Duration.ofMinutes(15)))));
  }

  /** Sends these bytes as they are, for what no decent client sends; the text is Latin-1. */
  public Answer raw(String path, String request) {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> parts = split(answer, "\r\n\r\n");
      List<String> lines = split(parts.getFirst(), "\r\n");
      Map<String, List<String>> headers = new HashMap<>();
      for (String line : lines.subList(1, lines.size())) {
        List<String> header = split(line, ": ");
        headers.put(header.getFirst(), List.of(header.getLast()));
      }
      int status = Integer.parseInt(lines.getFirst().substring(9, 12));
      return new Answer(path, status, headers, parts.getLast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection on which nothing has been said yet. */
  public Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** A request in the making. */
  public final class Call {
    private final String path;
    private final HttpRequest.Builder request;
    private final String method;
    private HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();

    private Call(String method, String path) {
      this.method = method;
      this.path = path;
      this.request = HttpRequest.newBuilder(server.getURI().resolve(path));
    }

    public Call as(Caller caller) {
      request.setHeader("X-Request-Id", REQUEST_ID);
      return header("Authorization", "Bearer " + token(caller));
    }

    public Call header(String name, String value) {
      request.setHeader(name, value);
      return this;
    }

    /** The same header once more. */
    public Call another(String name, String value) {
      request.header(name, value);
      return this;
    }

    /** A body that is called JSON. */
    public Call body(String json) {
      return header("Content-Type", "application/json")
          .bytes(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A body that is not called anything. */
    public Call bytes(byte[] bytes) {
      body = HttpRequest.BodyPublishers.ofByteArray(bytes);
      return this;
    }

    /** The answer, which the document of the API must have foreseen. */
    public Answer send() {
      try {
        HttpResponse<String> response =
            client.send(request.method(method, body).build(), HttpResponse.BodyHandlers.ofString());
        String pathAlone = split(path, "?").getFirst();
        if (!imagined) {
          WireContract.ofTheBank()
              .check(
                  method,
                  pathAlone,
                  response.statusCode(),
                  response.headers()::firstValue,
                  response.body());
        }
        return Answer.of(pathAlone, response);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<String> split(String text, String separator) {
    return List.of(text.split(Pattern.quote(separator), -1));
  }

  @Factory
  @Requires(property = CLOCK) // Of these tests alone, whoever else has them on the class path.
  static final class Clock {
    @Singleton
    @Primary
    InstantSource clock() {
      return InstantSource.fixed(NOW);
    }
  }
}
