package io.simplebank.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.CommandLinePropertySource;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.BeanContextException;
import io.micronaut.core.cli.CommandLine;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.simplebank.application.account.AccountService;
import io.simplebank.application.user.RegistrationService;
import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import io.simplebank.bootstrap.postgres.EmbeddedDatabaseException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running bank: the server, and the embedded database where no other is configured. */
final class Bank implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bank.class);

  /** HS256 wants a key of at least the size of its hash (RFC 7518, 3.2). */
  private static final int MIN_SECRET_BYTES = 32;

  private static final List<String> DURATIONS =
      List.of(
          "bank.access-token.lifetime",
          "bank.session.lifetime",
          "bank.shutdown-grace",
          "bank.idempotency.retention");

  private final ApplicationContext context;
  private final @Nullable EmbeddedDatabase database;
  private final URI address;

  private Bank(ApplicationContext context, @Nullable EmbeddedDatabase database, URI address) {
    this.context = context;
    this.database = database;
    this.address = address;
  }

  /**
   * Starts the bank and returns when it answers requests.
   *
   * @param args properties as {@code --bank.port=8081}, which go before the environment
   * @throws StartupException when something is missing that whoever operates the bank can mend
   */
  static Bank start(String... args) {
    ApplicationContext context =
        ApplicationContext.builder()
            .mainClass(Main.class)
            .propertySources(new CommandLinePropertySource(CommandLine.parse(args)))
            .banner(false)
            .build();
    Environment environment = context.getEnvironment().start();
    EmbeddedDatabase database = null;
    boolean started = false;
    try {
      requireDurations(environment);
      Optional<String> databaseUrl = setting(environment, "bank.database.url");
      if (databaseUrl.isEmpty()) {
        Path directory = Path.of(environment.getRequiredProperty("bank.data-dir", String.class));
        database = startDatabase(directory);
        environment.addPropertySource(embeddedSettings(environment, directory, database));
      } else {
        requireServerSettings(environment);
      }
      URI address = serve(context, databaseUrl.isEmpty());
      started = true;
      return new Bank(context, database, address);
    } catch (BeanContextException | ServerStartupException e) {
      throw new StartupException(reason(e), e);
    } finally {
      if (!started) {
        stop(context, database);
      }
    }
  }

  /** Where the bank answers. */
  URI address() {
    return address;
  }

  /** Lets the requests in flight finish, then stops the server and the embedded database. */
  @Override
  public void close() {
    stop(context, database);
    LOG.info("The bank has stopped.");
  }

  private static void stop(ApplicationContext context, @Nullable EmbeddedDatabase database) {
    context.close();
    if (database != null) {
      database.close();
    }
  }

  private static EmbeddedDatabase startDatabase(Path directory) {
    try {
      return EmbeddedDatabase.start(directory);
    } catch (EmbeddedDatabaseException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  private static PropertySource embeddedSettings(
      Environment environment, Path directory, EmbeddedDatabase database) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bank.database.url", database.jdbcUrl());
    settings.put("bank.database.user", database.username());
    settings.put("bank.database.password", database.password());
    Optional<String> secret = setting(environment, "bank.jwt-secret");
    secret.ifPresent(Bank::requireStrong);
    settings.put(
        "bank.jwt-secret", secret.orElseGet(() -> Secrets.keptIn(directory.resolve("jwt-secret"))));
    return PropertySource.of("embedded", settings, Integer.MAX_VALUE);
  }

  private static void requireServerSettings(Environment environment) {
    requireStrong(
        setting(environment, "bank.jwt-secret")
            .orElseThrow(
                () ->
                    new StartupException(
                        "BANK_DATABASE_URL is set, so BANK_JWT_SECRET is needed too: at least "
                            + MIN_SECRET_BYTES
                            + " random bytes, the same for every replica.")));
    for (String key : new String[] {"user", "password"}) {
      if (setting(environment, "bank.database." + key).isEmpty()) {
        throw new StartupException(
            "BANK_DATABASE_URL is set, so BANK_DATABASE_USER and BANK_DATABASE_PASSWORD are needed"
                + " too.");
      }
    }
  }

  /** Checked here, because what needs them is made only when the first request comes. */
  private static void requireDurations(Environment environment) {
    for (String key : DURATIONS) {
      if (environment.getProperty(key, Duration.class).filter(Duration::isPositive).isEmpty()) {
        throw new StartupException(
            key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")
                + " must be a positive duration such as 15m.");
      }
    }
  }

  private static void requireStrong(String secret) {
    if (secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
      throw new StartupException(
          "BANK_JWT_SECRET is too short: it needs at least " + MIN_SECRET_BYTES + " bytes.");
    }
  }

  /** Migrates the database, makes what the bank itself needs in it, then opens the doors. */
  private static URI serve(ApplicationContext context, boolean embedded) {
    context.start();
    context.getBean(AccountService.class).ensureSettlementAccounts();
    FirstBanker banker =
        FirstBanker.configured(
            setting(context.getEnvironment(), "bank.admin.username"),
            setting(context.getEnvironment(), "bank.admin.password"),
            embedded);
    boolean made = banker.register(context.getBean(RegistrationService.class));
    EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
    if (!made && !banker.username().isEmpty()) {
      LOG.info(
          "The user {} is there already and keeps the password that they have", banker.username());
    }
    URI address = URI.create("http://localhost:" + server.getPort());
    LOG.info("The bank answers at {}", address);
    if (embedded) {
      Welcome.print(System.out, address, made ? banker : null);
    }
    return address;
  }

  private static Optional<String> setting(Environment environment, String key) {
    return environment.getProperty(key, String.class).filter(value -> !value.isBlank());
  }

  /**
   * What there is to say about a failure: our own words where we have some, else the first cause.
   */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof StartupException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
