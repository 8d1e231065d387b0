package io.simplebank.adapter.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL of this JVM's tests, started when first asked for and gone with the JVM: a
 * container where a Docker engine answers, else the embedded binaries. Both are PostgreSQL 18 with
 * the same collation, so an answer does not depend on the place it ran in.
 *
 * <p>The system property {@code bank.test.database} or the environment variable {@code
 * BANK_TEST_DATABASE} forces one: {@code auto} (the default), {@code docker} or {@code embedded}.
 */
@NullMarked
public final class TestDatabase {

  private static final String IMAGE = "postgres:18.6-alpine";
  private static final String USERNAME = "postgres";
  private static final String PASSWORD = "postgres";
  private static final int MAX_CONNECTIONS = 300;

  private static final Logger LOG = LoggerFactory.getLogger(TestDatabase.class);
  private static final AtomicInteger CREATED = new AtomicInteger();

  private TestDatabase() {}

  /** The database that all tests of this JVM share. */
  public static String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  public static String username() {
    return USERNAME;
  }

  public static String password() {
    return PASSWORD;
  }

  /**
   * Creates an empty database for one test or one test class alone.
   *
   * @return its JDBC URL; {@link #username()} and {@link #password()} open it
   */
  public static String createDatabase() {
    var name = "test_" + CREATED.incrementAndGet();
    try (var connection = DriverManager.getConnection(jdbcUrl(), USERNAME, PASSWORD);
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("could not create the test database " + name, e);
    }
    return jdbcUrl(name);
  }

  private static String jdbcUrl(String database) {
    return "jdbc:postgresql://" + Server.ADDRESS + "/" + database;
  }

  /** Its initialisation starts the server: once, by the first thread that needs it. */
  private static final class Server {

    static final String ADDRESS = start();

    private static String start() {
      var wish =
          System.getProperty(
              "bank.test.database",
              System.getenv().getOrDefault("BANK_TEST_DATABASE", "auto").strip());
      var docker =
          switch (wish.toLowerCase(Locale.ROOT)) {
            case "auto" -> DockerClientFactory.instance().isDockerAvailable();
            case "docker" -> true;
            case "embedded" -> false;
            default ->
                throw new IllegalArgumentException(
                    "bank.test.database must be auto, docker or embedded, not " + wish);
          };
      LOG.info(
          "tests run on {} (bank.test.database={})",
          docker ? "a container of " + IMAGE : "the embedded PostgreSQL",
          wish);
      return docker ? startContainer() : startEmbedded();
    }

    // Testcontainers' reaper removes the container when this JVM is gone.
    @SuppressWarnings("resource")
    private static String startContainer() {
      var container =
          new PostgreSQLContainer(IMAGE)
              .withUsername(USERNAME)
              .withPassword(PASSWORD)
              .withEnv("POSTGRES_INITDB_ARGS", "--locale-provider=builtin --builtin-locale=C.UTF-8")
              .withCommand(
                  "postgres", "-c", "fsync=off", "-c", "max_connections=" + MAX_CONNECTIONS);
      container.start();
      return container.getHost()
          + ":"
          + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
    }

    // Its own shutdown hook stops the server and deletes its data; fsync is off.
    @SuppressWarnings("resource")
    private static String startEmbedded() {
      try {
        var postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", Integer.toString(MAX_CONNECTIONS))
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        return "localhost:" + postgres.getPort();
      } catch (IOException e) {
        throw new UncheckedIOException("could not start the embedded PostgreSQL", e);
      }
    }
  }
}
