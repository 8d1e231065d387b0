package io.simplebank.adapter.persistence;

import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** Whether the tables are those that this version of the bank knows, for whoever changes none. */
@Singleton
public final class SchemaVersion {
  private final DataSource pool;

  /** On the pool itself: the framework's data source gives connections to its own callers only. */
  SchemaVersion(DataSource dataSource, DataSourceResolver resolver) {
    this.pool = resolver.resolve(dataSource);
  }

  /** Why the tables cannot be read; empty when they can be. */
  public Optional<String> objection() {
    MigrationInfoService migrations = Flyway.configure().dataSource(pool).load().info();
    if (Arrays.stream(migrations.all())
        .map(MigrationInfo::getState)
        .anyMatch(state -> state.isApplied() && !state.isResolved())) {
      return Optional.of("the tables are newer than this version of the bank");
    }
    return migrations.pending().length > 0
        ? Optional.of("the tables are older than this version of the bank, or are not there")
        : Optional.empty();
  }
}
