package io.simplebank.bootstrap;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/** The bank as a server runs it: in this process, on a database that it is told of. */
final class ServerBank {
  static final String BANKER = "banker";
  static final String BANKERS_PASSWORD = "in the vault";
  static final String SECRET = "0123456789abcdef0123456789abcdef";

  private ServerBank() {}

  /** Starts a bank on an empty database of its own. */
  static Bank start() {
    return startOn(TestDatabase.createDatabase());
  }

  static Bank startOn(String jdbcUrl, String... more) {
    return Bank.start(settings(jdbcUrl, more).toArray(String[]::new));
  }

  /** Everything that a server needs; what is added goes before it. */
  static List<String> settings(String jdbcUrl, String... more) {
    KnownSecrets.add(SECRET);
    KnownSecrets.add(BANKERS_PASSWORD);
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--bank.port=0",
                "--bank.database.url=" + jdbcUrl,
                "--bank.database.user=" + TestDatabase.username(),
                "--bank.database.password=" + TestDatabase.password(),
                "--bank.jwt-secret=" + SECRET,
                "--bank.admin.username=" + BANKER,
                "--bank.admin.password=" + BANKERS_PASSWORD,
                "--bank.password-hash.cost=4"));
    settings.addAll(List.of(more));
    return settings;
  }
}
