package io.simplebank.bootstrap;

import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probes tell "the database is away" from "I am broken". */
class HealthTest {
  @Test
  @SuppressWarnings(
      "try") // The database goes away while the bank is still there: that is the test.
  void is_alive_but_not_ready_while_the_database_is_away(@TempDir Path directory) {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory);
        Bank bank =
            ServerBank.startOn(
                database.jdbcUrl(),
                "--bank.database.user=" + database.username(),
                "--bank.database.password=" + database.password())) {
      Client probe = Client.nobody(bank.address());
      probe.get("/health").expect(200);
      probe.get("/health/liveness").expect(200);
      probe.get("/health/readiness").expect(200);

      database.close();

      probe.get("/health/liveness").expect(200);
      probe.get("/health/readiness").expect(503);
      probe.get("/health").expect(503);
    }
  }
}
