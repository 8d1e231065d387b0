package io.simplebank.bootstrap.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @TempDir static Path root;

  /** Started and stopped once; the tests work on copies, as making one takes seconds. */
  private static Path template;

  /** With a space and a letter that not every encoding has: operators do that. */
  private Path directory;

  @BeforeAll
  static void make_a_database() {
    template = root.resolve("template");
    EmbeddedDatabase.start(template).close();
  }

  @BeforeEach
  void copy_the_database() throws IOException {
    directory = Files.createTempDirectory(root, "my bänk ");
    Files.createSymbolicLink(directory.resolve("binaries"), template.resolve("binaries"));
    try (var files = Files.walk(template.resolve("postgresql"))) {
      for (var file : files.toList()) {
        var copy = directory.resolve(template.relativize(file));
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** A failed test must not leave a server behind. */
  @AfterEach
  void no_server_is_left() throws IOException {
    if (Files.exists(pidFile())) {
      ProcessHandle.of(postmaster()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void data_survive_a_restart() throws SQLException {
    try (var database = EmbeddedDatabase.start(directory)) {
      write(database, 42);
    }
    try (var database = EmbeddedDatabase.start(directory)) {
      assertThat(read(database)).isEqualTo(42);
    }
  }

  @Test
  void data_survive_a_killed_bank_whose_postgres_still_runs() throws Exception {
    long orphan;
    try (var bank = DatabaseProcess.start(directory)) {
      write(bank.jdbcUrl(), 43);
      orphan = postmaster();
      bank.kill();
    }
    assertThat(ProcessHandle.of(orphan)).get().matches(ProcessHandle::isAlive);

    try (var database = EmbeddedDatabase.start(directory)) {
      assertThat(read(database)).isEqualTo(43);
      assertThat(postmaster()).isNotEqualTo(orphan);
    }
  }

  @Test
  void data_survive_when_bank_and_postgres_are_killed() throws Exception {
    try (var bank = DatabaseProcess.start(directory)) {
      write(bank.jdbcUrl(), 44);
      var postmaster = ProcessHandle.of(postmaster()).orElseThrow();
      bank.kill();
      postmaster.destroyForcibly();
    }
    assertThat(pidFile()).exists();

    try (var database = EmbeddedDatabase.start(directory)) {
      assertThat(read(database)).isEqualTo(44);
    }
  }

  @Test
  void a_lock_file_that_names_a_foreign_process_neither_stops_the_start_nor_hurts_that_process()
      throws Exception {
    try (var database = EmbeddedDatabase.start(directory)) {
      write(database, 45);
    }
    var foreign = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(pidFile(), foreign.pid() + "\n" + pidFile().getParent() + "\n");
      try (var database = EmbeddedDatabase.start(directory)) {
        assertThat(read(database)).isEqualTo(45);
        assertThat(foreign.isAlive()).isTrue();
      }
    } finally {
      foreign.destroyForcibly();
    }
  }

  @Test
  void a_second_bank_on_a_live_directory_is_refused_and_the_first_lives_on() throws Exception {
    try (var database = EmbeddedDatabase.start(directory)) {
      write(database, 46);

      assertThatExceptionOfType(EmbeddedDatabaseException.class)
          .isThrownBy(() -> EmbeddedDatabase.start(directory))
          .withMessageContaining(directory.toString());
      assertThatThrownBy(() -> DatabaseProcess.start(directory))
          .hasMessageContaining("another running bank");

      assertThat(read(database)).isEqualTo(46);
    }
  }

  @Test
  void closing_twice_does_no_harm_and_the_directory_is_free_again() throws Exception {
    var first = EmbeddedDatabase.start(directory);
    first.close();
    try (var second = EmbeddedDatabase.start(directory)) {
      first.close();
      write(second, 47);
    }
  }

  @Test
  void a_server_that_died_can_be_closed_and_started_again() throws Exception {
    try (var database = EmbeddedDatabase.start(directory)) {
      write(database, 48);
      var server = ProcessHandle.of(postmaster()).orElseThrow();
      server.destroyForcibly();
      server.onExit().join();
    }
    try (var database = EmbeddedDatabase.start(directory)) {
      assertThat(read(database)).isEqualTo(48);
    }
  }

  @Test
  void data_of_another_version_are_refused_and_left_alone() throws Exception {
    try (var database = EmbeddedDatabase.start(directory)) {
      write(database, 49);
    }
    var version = directory.resolve("postgresql", "data", "PG_VERSION");
    Files.writeString(version, "17\n");
    assertThatExceptionOfType(EmbeddedDatabaseException.class)
        .isThrownBy(() -> EmbeddedDatabase.start(directory))
        .withMessageContainingAll("version 17", "brings 18", "BANK_DATA_DIR");

    Files.writeString(version, "18\n");
    try (var database = EmbeddedDatabase.start(directory)) {
      assertThat(read(database)).isEqualTo(49);
    }
  }

  @Test
  void data_that_are_not_a_database_are_refused_and_left_alone() throws Exception {
    var file = directory.resolve("postgresql", "data", "diary");
    Files.writeString(file, "dear");
    Files.delete(file.resolveSibling("PG_VERSION"));
    assertThatExceptionOfType(EmbeddedDatabaseException.class)
        .isThrownBy(() -> EmbeddedDatabase.start(directory))
        .withMessageContaining("version unknown");
    assertThat(file).hasContent("dear");
  }

  @Test
  void the_wrong_password_is_refused() {
    try (var database = EmbeddedDatabase.start(directory)) {
      for (var user : new String[] {database.username(), "postgres"}) {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), user, "guess"))
            .withMessageContaining("password authentication failed");
      }
    }
  }

  @Test
  void nobody_but_the_owner_can_read_the_files() throws Exception {
    assumeTrue(OwnerOnly.POSIX);
    assertThat(mode(template)).isEqualTo("rwx------");
    assertThat(mode(template.resolve("log"))).isEqualTo("rwx------");
    assertThat(mode(template.resolve("postgresql"))).isEqualTo("rwx------");
    assertThat(mode(template.resolve("postgresql", "data"))).isEqualTo("rwx------");
    assertThat(mode(template.resolve("postgresql", "password"))).isEqualTo("rw-------");
  }

  @Test
  void every_way_in_asks_for_the_password() throws Exception {
    assertThat(Files.readString(pidFile().resolveSibling("pg_hba.conf")).lines())
        .filteredOn(line -> !line.startsWith("#") && !line.isBlank())
        .isNotEmpty()
        .allMatch(line -> line.endsWith("scram-sha-256"));
  }

  @Test
  void commits_are_durable_and_only_this_machine_can_connect() throws Exception {
    try (var database = EmbeddedDatabase.start(directory);
        var connection = connect(database.jdbcUrl());
        var statement = connection.createStatement()) {
      for (var setting :
          new String[] {"fsync", "full_page_writes", "synchronous_commit", "data_checksums"}) {
        try (var rows = statement.executeQuery("SHOW " + setting)) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).as(setting).isEqualTo("on");
        }
      }
      try (var rows = statement.executeQuery("SHOW listen_addresses")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("127.0.0.1");
      }
    }
  }

  @Test
  void keeps_more_in_memory_and_writes_fewer_checkpoints_than_is_usual() throws SQLException {
    try (var database = EmbeddedDatabase.start(directory);
        var connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT pg_size_bytes(current_setting('shared_buffers')),
                  pg_size_bytes(current_setting('max_wal_size')),
                  current_setting('checkpoint_timeout')
                """)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isBetween(128L << 20, 2L << 30);
      assertThat(rows.getLong(2)).isEqualTo(4L << 30);
      assertThat(rows.getString(3)).isEqualTo("15min");
    }
  }

  @Test
  void hashes_its_random_password_once_also_where_it_was_hashed_often() throws SQLException {
    try (var database = EmbeddedDatabase.start(directory);
        var connection = superuser(database);
        var statement = connection.createStatement()) {
      assertThat(timesHashed(statement)).isEqualTo("1, 1");
      statement.execute("SET scram_iterations = 4096");
      for (var role : new String[] {"postgres", "simple_bank"}) {
        statement.execute("ALTER ROLE " + role + " PASSWORD '" + database.password() + "'");
      }
      assertThat(timesHashed(statement)).isEqualTo("4096, 4096");
    }
    try (var database = EmbeddedDatabase.start(directory);
        var connection = superuser(database);
        var statement = connection.createStatement()) {
      assertThat(timesHashed(statement)).isEqualTo("1, 1");
    }
  }

  private static Connection superuser(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), "postgres", database.password());
  }

  private static String timesHashed(Statement statement) throws SQLException {
    try (var rows =
        statement.executeQuery(
            """
            SELECT string_agg(substring(rolpassword FROM '^SCRAM-SHA-256\\$(\\d+):'), ', ')
            FROM pg_authid WHERE rolpassword IS NOT NULL
            """)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @Test
  void a_half_done_initialisation_is_started_over() throws Exception {
    var halfDone = directory.resolve("initialising-1", "data", "base");
    Files.createDirectories(halfDone);
    Files.writeString(halfDone.resolveSibling("PG_VERSION"), "18\n");
    Files.move(directory.resolve("postgresql"), directory.resolve("elsewhere"));
    try (var database = EmbeddedDatabase.start(directory)) {
      write(database, 50);
    }
    assertThat(directory.resolve("initialising-1")).doesNotExist();
  }

  @Test
  void broken_binaries_are_unpacked_again() throws Exception {
    try (var trees = Files.newDirectoryStream(template.resolve("binaries"))) {
      for (var tree : trees) {
        Files.delete(tree.resolve("bin", "initdb"));
        Files.writeString(tree.resolve("bin", "postgres"), "");
      }
    }
    try (var database = EmbeddedDatabase.start(directory)) {
      write(database, 51);
    }
  }

  @Test
  void a_path_that_is_not_a_directory_is_refused() throws Exception {
    var file = Files.createFile(directory.resolve("file"));
    assertThatExceptionOfType(EmbeddedDatabaseException.class)
        .isThrownBy(() -> EmbeddedDatabase.start(file))
        .withMessageContainingAll(file.toString(), "not a directory");
  }

  @Test
  void a_path_that_a_shell_would_expand_is_refused() {
    assertThatExceptionOfType(EmbeddedDatabaseException.class)
        .isThrownBy(() -> EmbeddedDatabase.start(directory.resolve("$(id)")))
        .withMessageContaining("$(id)");
  }

  @Test
  void a_directory_that_cannot_be_written_is_refused() {
    // Root may write anywhere but here.
    var proc = Path.of("/proc");
    assumeTrue(Files.isDirectory(proc));
    var directory = proc.resolve("simple-bank");
    assertThatExceptionOfType(EmbeddedDatabaseException.class)
        .isThrownBy(() -> EmbeddedDatabase.start(directory))
        .withMessageContainingAll(directory.toString(), "BANK_DATA_DIR");
  }

  @Test
  void a_failed_start_says_what_postgres_said() throws Exception {
    EmbeddedDatabase.start(directory).close();
    Files.writeString(pidFile().resolveSibling("postgresql.conf"), "no_such_setting = 1\n");
    assertThatExceptionOfType(EmbeddedDatabaseException.class)
        .isThrownBy(() -> EmbeddedDatabase.start(directory))
        .withMessageContainingAll("could not start", "no_such_setting");
  }

  @Test
  void a_terminals_interrupt_does_not_reach_the_server() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")));
    try (var database = EmbeddedDatabase.start(directory)) {
      assertThat(session(postmaster())).isNotEqualTo(session(ProcessHandle.current().pid()));
      write(database, 52);
    }
  }

  /** The session is the fourth field after the name, which is in parentheses. */
  private static String session(long pid) throws IOException {
    var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
  }

  private Path pidFile() {
    return directory.resolve("postgresql", "data", "postmaster.pid");
  }

  private long postmaster() throws IOException {
    try (Stream<String> lines = Files.lines(pidFile())) {
      return Long.parseLong(lines.findFirst().orElseThrow());
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Connection connect(String jdbcUrl) throws SQLException {
    try {
      var password = Files.readString(directory.resolve("postgresql", "password"));
      return DriverManager.getConnection(jdbcUrl, "simple_bank", password);
    } catch (IOException e) {
      throw new SQLException(e);
    }
  }

  private void write(EmbeddedDatabase database, int value) throws SQLException {
    write(database.jdbcUrl(), value);
  }

  private void write(String jdbcUrl, int value) throws SQLException {
    try (var connection = connect(jdbcUrl);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept AS SELECT " + value + " AS value");
    }
  }

  private static int read(EmbeddedDatabase database) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT value FROM kept")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }
}
