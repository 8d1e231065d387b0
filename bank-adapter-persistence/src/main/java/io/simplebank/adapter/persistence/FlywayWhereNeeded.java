package io.simplebank.adapter.persistence;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.env.Environment;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.io.IOUtils;
import io.micronaut.core.order.Ordered;
import io.micronaut.flyway.FlywayConfigurationProperties;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Spares almost every start what Flyway takes: where its own history holds exactly the migrations
 * that are here, to the checksum, it would find nothing to do. Whatever differs, and whatever is
 * configured, is Flyway's to judge.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // After PoolAtItsLimit, before Flyway.
final class FlywayWhereNeeded implements BeanCreatedEventListener<DataSource> {
  private static final String SETTINGS = "flyway.datasources.default";
  private static final String MIGRATIONS = "db/migration";

  /** Of the schema in which Flyway would look, and not of one further down the search path. */
  private static final String HISTORY =
      """
      SELECT version, description, type, checksum, success FROM flyway_schema_history AS history
      WHERE (SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = history.tableoid)
        = quote_ident(current_schema())
      """;

  private final BeanProvider<FlywayConfigurationProperties> flyway;
  private final Environment environment;

  FlywayWhereNeeded(
      @Named("default") BeanProvider<FlywayConfigurationProperties> flyway,
      Environment environment) {
    this.flyway = flyway;
    this.environment = environment;
  }

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    DataSource pool = event.getBean();
    if (flyway.isPresent() && flyway.get().isEnabled() && asItComes() && isUpToDate(pool)) {
      flyway.get().setEnabled(false);
    }
    return pool;
  }

  private boolean asItComes() {
    return environment.getProperties(SETTINGS).keySet().equals(Set.of("enabled"));
  }

  private boolean isUpToDate(DataSource pool) {
    try {
      return applied(pool).equals(here());
    } catch (SQLException | IOException e) {
      return false; // As on a new database. Flyway says what is wrong, if anything is.
    }
  }

  private static Set<String> applied(DataSource pool) throws SQLException {
    Set<String> migrations = new HashSet<>();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(HISTORY)) {
      while (rows.next()) {
        migrations.add(
            migration(
                rows.getString("version"),
                rows.getString("description"),
                rows.getString("type"),
                rows.getInt("checksum"),
                rows.getBoolean("success")));
      }
    }
    return migrations;
  }

  private Set<String> here() throws IOException {
    Set<String> migrations = new HashSet<>();
    for (URI directory : IOUtils.getResources(environment.getClassLoader(), MIGRATIONS)) {
      IOUtils.eachFile(directory, MIGRATIONS, file -> migrations.add(migration(file)));
    }
    return migrations;
  }

  /** As Flyway notes it down. A file that is no plain migration equals none of these. */
  private static String migration(Path file) {
    String name = file.getFileName().toString();
    int separator = Math.max(1, name.indexOf("__"));
    return migration(
        name.startsWith("V") ? name.substring(1, separator) : name,
        name.substring(separator).replaceFirst("\\.sql$", "").replace('_', ' ').strip(),
        "SQL",
        checksum(file),
        true);
  }

  /** One text, because Java makes the methods of a record anew at each start. */
  private static String migration(
      @Nullable String version,
      @Nullable String description,
      @Nullable String type,
      int checksum,
      boolean success) {
    return version + "\n" + description + "\n" + type + "\n" + checksum + "\n" + success;
  }

  private static int checksum(Path file) {
    CRC32 checksum = new CRC32();
    try {
      for (String line : Files.readAllLines(file)) {
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) checksum.getValue();
  }
}
