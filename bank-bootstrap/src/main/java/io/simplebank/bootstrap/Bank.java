package io.simplebank.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.CommandLinePropertySource;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.BeanContextException;
import io.micronaut.core.cli.CommandLine;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.simplebank.adapter.persistence.JobScheduler;
import io.simplebank.adapter.persistence.SchemaVersion;
import io.simplebank.adapter.web.UnusableSettingException;
import io.simplebank.application.account.AccountService;
import io.simplebank.application.session.EndedSessions;
import io.simplebank.application.user.RegistrationService;
import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import io.simplebank.bootstrap.postgres.EmbeddedDatabaseException;
import io.simplebank.domain.audit.ChainHead;
import io.simplebank.domain.port.in.AuditLedger;
import io.simplebank.domain.port.in.ForgetOldTraces;
import io.simplebank.domain.port.in.SendVerificationMail;
import io.simplebank.domain.port.out.MailSender;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
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

  private static final List<String> DURATIONS =
      List.of(
          "bank.access-token.lifetime",
          "bank.session.lifetime",
          "bank.request-timeout",
          "bank.shutdown-grace",
          "bank.idempotency.retention");

  private static final String EXPECT = "--expect=";

  /**
   * Neither migrations nor rounds; and the wiring asks for a secret, which nothing is signed by.
   */
  private static final Map<String, Object> AUDIT_ONLY =
      Map.of(
          "flyway.datasources.default.enabled",
          false,
          Rounds.OFF,
          true,
          "bank.jwt-secret",
          Secrets.generate());

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
    ApplicationContext context = configured(args);
    Environment environment = context.getEnvironment().start();
    EmbeddedDatabase database = null;
    boolean started = false;
    try {
      environment.addPropertySource(SecretFiles.read(environment));
      environment.addPropertySource(Tracing.settings(key -> setting(environment, key)));
      requireDurations(environment);
      requirePlainSettings(environment);
      Optional<String> databaseUrl = setting(environment, "bank.database.url");
      context.registerSingleton(MailSender.class, mailSender(environment, databaseUrl.isEmpty()));
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

  /**
   * Brings the tables up to date and opens no doors, so that a rollout can do it once, before the
   * first new replica starts. Needs what opens the database and nothing else.
   *
   * @throws StartupException as {@link #start}
   */
  static void migrate(String... args) {
    ApplicationContext context = configured(args);
    Environment environment = context.getEnvironment().start();
    try (context) {
      environment.addPropertySource(SecretFiles.read(environment));
      if (setting(environment, "bank.database.url").isEmpty()) {
        throw new StartupException(
            "BANK_DATABASE_URL is needed: the embedded database is migrated when the bank starts.");
      }
      requireCredentials(environment);
      if (signsWithNothing(environment)) {
        // The wiring asks for a secret; whoever only migrates signs nothing and need not know it.
        Map<String, Object> secret = Map.of("bank.jwt-secret", Secrets.generate());
        environment.addPropertySource(PropertySource.of("unused", secret, Integer.MAX_VALUE));
      }
      context.start(); // The pool is made with the context, and Flyway migrates as it is made.
      LOG.info("The tables of the database are up to date.");
    } catch (BeanContextException e) {
      throw new StartupException(reason(e), e);
    }
  }

  /**
   * Checks the ledger, prints what was found, and changes nothing, not even the tables.
   *
   * @return whether all is as it has to be
   * @throws StartupException when the ledger could not be checked
   */
  static boolean audit(String... args) {
    ChainHead expected = expectedHead(args);
    ApplicationContext context = configured(args);
    Environment environment = context.getEnvironment().start();
    EmbeddedDatabase database = null;
    try {
      environment.addPropertySource(SecretFiles.read(environment));
      if (setting(environment, "bank.database.url").isEmpty()) {
        Path directory = Path.of(environment.getRequiredProperty("bank.data-dir", String.class));
        if (!Files.isDirectory(directory)) {
          throw new StartupException(
              "BANK_DATABASE_URL is not set, and in BANK_DATA_DIR there is no bank: " + directory);
        }
        database = startDatabase(directory);
        environment.addPropertySource(embeddedSettings(environment, directory, database));
      } else {
        requireCredentials(environment);
      }
      environment.addPropertySource(PropertySource.of("audit", AUDIT_ONLY, Integer.MAX_VALUE));
      context.start();
      context
          .getBean(SchemaVersion.class)
          .objection()
          .ifPresent(
              objection -> {
                throw new StartupException(objection);
              });
      AuditLedger.Query query = new AuditLedger.Query(null, expected);
      return switch (context.getBean(AuditLedger.class).audit(query)) {
        case AuditLedger.Outcome.Audited(var report) -> {
          AuditText.print(System.out, report);
          yield report.isConsistent();
        }
        case AuditLedger.Outcome.BankersOnly(), AuditLedger.Outcome.UnderWay() ->
            throw new IllegalStateException("nobody else asks here");
      };
    } catch (StartupException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whatever it was: whoever reads the status must not take the ledger for checked.
      throw new StartupException(reason(e), e);
    } finally {
      stop(context, database);
    }
  }

  private static @Nullable ChainHead expectedHead(String... args) {
    for (String arg : args) {
      if (arg.startsWith(EXPECT)) {
        try {
          return ChainHead.parse(arg.substring(EXPECT.length()));
        } catch (IllegalArgumentException e) {
          throw new StartupException(
              EXPECT
                  + " needs what an earlier audit has told, such as 17:9f86d0...: "
                  + e.getMessage(),
              e);
        }
      }
    }
    return null;
  }

  private static ApplicationContext configured(String... args) {
    return ApplicationContext.builder()
        .mainClass(Main.class)
        .propertySources(new CommandLinePropertySource(CommandLine.parse(args)))
        .banner(false)
        .build();
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
    } catch (NoClassDefFoundError e) {
      // The container image leaves the embedded PostgreSQL out.
      throw new StartupException(
          "BANK_DATABASE_URL is needed: this bank comes without a PostgreSQL of its own.", e);
    }
  }

  private static PropertySource embeddedSettings(
      Environment environment, Path directory, EmbeddedDatabase database) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bank.database.url", database.jdbcUrl());
    settings.put("bank.database.user", database.username());
    settings.put("bank.database.password", database.password());
    // Whoever tries the bank out may do so from a page of their own.
    settings.put("embedded.local-origins", true);
    if (signsWithNothing(environment)) {
      settings.put("bank.jwt-secret", Secrets.keptIn(directory.resolve("jwt-secret")));
    }
    return PropertySource.of("embedded", settings, Integer.MAX_VALUE);
  }

  private static void requireServerSettings(Environment environment) {
    if (signsWithNothing(environment)) {
      throw new StartupException(
          "BANK_DATABASE_URL is set, so BANK_JWT_SECRET is needed too, at least 32 random bytes, or"
              + " else BANK_JWT_KEY_FILE; the same for every replica.");
    }
    requireCredentials(environment);
  }

  private static void requireCredentials(Environment environment) {
    if (!setting(environment, "bank.database.url").orElse("").startsWith("jdbc:postgresql:")) {
      throw new StartupException(
          "BANK_DATABASE_URL must be a JDBC URL such as jdbc:postgresql://host:5432/bank.");
    }
    for (String key : new String[] {"user", "password"}) {
      if (setting(environment, "bank.database." + key).isEmpty()) {
        throw new StartupException(
            "BANK_DATABASE_URL is set, so BANK_DATABASE_USER and BANK_DATABASE_PASSWORD are needed"
                + " too.");
      }
    }
  }

  /**
   * How mail leaves. Without a mail server the log may show it, secrets included, where the bank is
   * being tried out; on a server it waits until there is one.
   */
  private static MailSender mailSender(Environment environment, boolean embedded) {
    Optional<SmtpSettings> smtp = SmtpSettings.configured(key -> setting(environment, key));
    if (smtp.isPresent()) {
      return SmtpMailSender.to(smtp.get());
    }
    if (embedded) {
      return new LoggedMails();
    }
    LOG.warn("BANK_SMTP_HOST is not set: mail is kept, and sent once it is");
    return new NoMailServer();
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

  /** Which the framework would complain of in words of its own, or take for something else. */
  private static void requirePlainSettings(Environment environment) {
    if (environment.getProperty("bank.database.pool-size", Integer.class).isEmpty()) {
      throw new StartupException("BANK_DATABASE_POOL_SIZE must be a whole number.");
    }
    String refusal = environment.getRequiredProperty("bank.refuse-unknown-fields", String.class);
    if (!List.of("true", "false").contains(refusal.toLowerCase(Locale.ROOT))) {
      throw new StartupException("BANK_REFUSE_UNKNOWN_FIELDS must be true or false.");
    }
  }

  private static boolean signsWithNothing(Environment environment) {
    return setting(environment, "bank.jwt-secret").isEmpty()
        && setting(environment, "bank.jwt-key-file").isEmpty();
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
    // Before the first token is looked at.
    context.getBean(EndedSessions.class).refresh();
    context
        .getBean(JobScheduler.class)
        .start(
            context.getBean(SendVerificationMail.class)::send,
            context.getBean(ForgetOldTraces.class)::forget);
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
    while (cause.getCause() != null
        && !(cause instanceof StartupException || cause instanceof UnusableSettingException)) {
      cause = cause.getCause();
    }
    return cause instanceof BindException
        ? "nothing can listen at BANK_PORT: " + cause.getMessage()
        : String.valueOf(cause.getMessage());
  }
}
