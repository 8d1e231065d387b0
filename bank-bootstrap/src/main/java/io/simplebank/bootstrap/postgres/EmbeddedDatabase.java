package io.simplebank.bootstrap.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.commons.io.input.ReversedLinesFileReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that the bank starts as a child process and stops when it ends, for a bank that
 * no database was configured for. Its data outlives it, and outlives a {@code kill -9} of the bank,
 * of PostgreSQL or of both.
 *
 * <p>Below the given directory: {@code bank.lock} (held while a bank runs), {@code binaries} (can
 * be deleted; unpacked again), {@code log} (a file for each day of the week), {@code postgresql}
 * with {@code data} and {@code password}, which belong together and are all that a backup needs.
 *
 * <p>The library's own {@code EmbeddedPostgres} is made for tests: it starts the server without
 * fsync, opens it without a password, leaves a data directory half made behind when killed, and
 * cannot tell an orphan of a killed bank. So only its binaries are used here, by PostgreSQL's own
 * {@code initdb} and {@code pg_ctl}. {@code pg_ctl} also puts the server into a session of its own:
 * a Ctrl-C at the terminal reaches the bank, which drains its requests, and not the server.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

  private static final String SUPERUSER = "postgres";
  private static final String NAME = "simple_bank";
  private static final String INITIALISING = "initialising-";
  private static final int LOG_LINES = 15;

  private static final long MIB = 1L << 20;
  private static final long LEAST_SHARED_BUFFERS = 128;
  private static final long MOST_SHARED_BUFFERS = 2048;

  /** Long, because a server that starts after a crash first replays what it had written. */
  private static final Duration START_WAIT = Duration.ofMinutes(5);

  private static final Duration STOP_WAIT = Duration.ofMinutes(1);
  private static final Duration RETRY = Duration.ofSeconds(30);

  /**
   * What passes by itself: the last processes of a killed server go away, another port is free.
   * Messages are in English because initdb is given the C locale.
   */
  private static final Predicate<String> PASSES =
      Pattern.compile("pre-existing shared memory block|could not create any TCP/IP sockets")
          .asPredicate();

  private final Path directory;
  private final Path data;
  private final Path startLog;
  private final DirectoryLock lock;
  private final PostgresBinaries binaries;
  private final Instant began = Instant.now();
  private final AtomicBoolean closed = new AtomicBoolean();
  private String password = "";
  private int port;

  private EmbeddedDatabase(Path directory, DirectoryLock lock) throws IOException {
    this.directory = directory;
    this.data = directory.resolve("postgresql", "data");
    this.startLog = OwnerOnly.directory(directory.resolve("log")).resolve("start.log");
    this.lock = lock;
    this.binaries = PostgresBinaries.unpack(directory.resolve("binaries"));
  }

  /**
   * Starts PostgreSQL on the data in a directory, which is created, with an empty database in it,
   * where it does not exist.
   *
   * @throws EmbeddedDatabaseException if that is not possible; nothing is left running then
   */
  public static EmbeddedDatabase start(Path directory) {
    var started = System.nanoTime();
    try {
      var home = usable(directory);
      var lock = DirectoryLock.take(home);
      var running = false;
      try {
        var database = new EmbeddedDatabase(home, lock);
        database.run();
        running = true;
        LOG.info(
            "PostgreSQL runs on the data in {}, port {}, started in {} ms",
            home,
            database.port,
            Duration.ofNanos(System.nanoTime() - started).toMillis());
        return database;
      } finally {
        if (!running) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw new EmbeddedDatabaseException(
          "cannot keep a database in %s (%s); make it writable for the user who runs the bank, or name another directory in BANK_DATA_DIR"
              .formatted(directory, e),
          e);
    }
  }

  /** The address of the bank's own database. */
  public String jdbcUrl() {
    return jdbcUrl(NAME);
  }

  /** The owner of that database, not a superuser. */
  public String username() {
    return NAME;
  }

  public String password() {
    return password;
  }

  /** Stops PostgreSQL, ending connections that are still open. A second call does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (postmaster().isPresent()) {
        stop();
      }
      lock.close();
    } catch (IOException e) {
      LOG.error("could not stop PostgreSQL on the data in {}", directory, e);
    }
  }

  private static Path usable(Path directory) throws IOException {
    try {
      var path = OwnerOnly.directory(directory).toRealPath();
      // pg_ctl hands its paths to a shell, between double quotes.
      if (path.toString().matches("(?s).*[\"`$\n].*")) {
        throw new EmbeddedDatabaseException(
            "a data directory must not have \", ` or $ in its path: " + path);
      }
      return path;
    } catch (FileAlreadyExistsException e) {
      throw new EmbeddedDatabaseException(
          directory + " is not a directory; name one in BANK_DATA_DIR", e);
    }
  }

  private void run() throws IOException {
    Files.deleteIfExists(startLog);
    OwnerOnly.file(startLog);
    if (Files.exists(data)) {
      refuseOtherVersions();
      stopLeftBehind();
    } else {
      initialise();
    }
    password = readPassword();
    startServer();
    try {
      createDatabase();
    } catch (SQLException e) {
      stop();
      throw failed("PostgreSQL started but does not let the bank in", e);
    }
    postmaster()
        .ifPresent(
            server -> {
              var _ = server.onExit().thenRun(this::reportDeath);
            });
  }

  /** Not started again: the bank's readiness tells, and whoever runs the bank decides. */
  private void reportDeath() {
    if (!closed.get()) {
      LOG.error("PostgreSQL on the data in {} has died; restart the bank", directory);
    }
  }

  private void refuseOtherVersions() throws IOException {
    var file = data.resolve("PG_VERSION");
    var found = Files.exists(file) ? Files.readString(file).strip() : "unknown";
    var ours = binaries.majorVersion();
    if (!found.equals(ours)) {
      throw new EmbeddedDatabaseException(
          "%s holds data of PostgreSQL version %s, this bank brings %s; move the data with pg_dump of the older version, or name another directory in BANK_DATA_DIR"
              .formatted(data, found, ours));
    }
  }

  /** Makes the data elsewhere and moves it here when it is whole: never half made, never lost. */
  private void initialise() throws IOException {
    removeHalfMade();
    var fresh = Files.createTempDirectory(directory, INITIALISING);
    var secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    var passwordFile = OwnerOnly.file(fresh.resolve("password"));
    Files.writeString(passwordFile, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    var arguments =
        List.of(
            "--pgdata=" + fresh.resolve("data"),
            "--username=" + SUPERUSER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--data-checksums",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions");
    if (binaries.run(startLog, "initdb", arguments) != 0) {
      PathUtils.deleteDirectory(fresh);
      throw failed("initdb could not make a database", null);
    }
    Files.move(fresh, data.getParent(), StandardCopyOption.ATOMIC_MOVE);
    // Without this a power cut could bring the old name back, and the next start would remove it.
    if (OwnerOnly.POSIX) {
      try (var entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }

  /** Only data that never got their final name are here: no bank has ever run on them. */
  private void removeHalfMade() throws IOException {
    try (var leftovers = Files.newDirectoryStream(directory, INITIALISING + "*")) {
      for (var leftover : leftovers) {
        try {
          PathUtils.deleteDirectory(leftover);
        } catch (IOException e) {
          // The initdb of a killed bank may still be writing; it is in nobody's way there.
          LOG.warn("could not remove all of {}; it can be deleted", leftover, e);
        }
      }
    }
  }

  /** Stops the server that a killed bank left running on this data. */
  private void stopLeftBehind() throws IOException {
    var holder = holder();
    if (holder.isEmpty()) {
      return; // PostgreSQL itself takes over a lock file whose process is gone.
    }
    if (postmaster().isPresent()) {
      LOG.warn("stopping PostgreSQL (process {}), left by a killed bank", holder.get().pid());
      stop();
    } else {
      // The number went to another process, which must not be signalled; PostgreSQL would refuse to
      // start because of it. Should processes of the old server live on all the same, its shared
      // memory, found by the data directory, still keeps the new one from starting.
      LOG.warn("removing the lock file of process {}, which is no PostgreSQL", holder.get().pid());
      Files.delete(data.resolve("postmaster.pid"));
    }
  }

  private void startServer() throws IOException {
    var deadline = System.nanoTime() + RETRY.toNanos();
    while (true) {
      port = freePort();
      var arguments =
          List.of(
              "start",
              "--pgdata=" + data,
              "--log=" + startLog,
              "--wait",
              "--timeout=" + START_WAIT.toSeconds(),
              "--options=" + String.join(" ", settings()));
      if (binaries.run(startLog, "pg_ctl", arguments) == 0) {
        return;
      }
      if (postmaster().isPresent()) {
        stop();
        throw failed("PostgreSQL was not ready after " + START_WAIT.toSeconds() + " s", null);
      }
      if (System.nanoTime() > deadline || !PASSES.test(lastLogLines())) {
        throw failed("PostgreSQL could not start", null);
      }
      Files.writeString(startLog, "");
    }
  }

  /** Given on the command line, where nothing in the data directory's files can undo them. */
  private List<String> settings() {
    return Stream.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "shared_buffers=" + sharedBuffers() + "MB",
            "max_wal_size=4GB",
            "checkpoint_timeout=15min",
            "logging_collector=on",
            "log_directory=../../log",
            "log_filename=postgresql-%a.log",
            "log_truncate_on_rotation=on",
            "log_rotation_age=1d",
            "log_rotation_size=0")
        .map(setting -> "-c " + setting)
        .toList();
  }

  /**
   * In MB, a quarter of the memory, as PostgreSQL's manual has it, up to what large tables gain by;
   * memory that no table needs is not taken. Its default, as that of the WAL, is for much smaller
   * databases: there each transfer of a large bank reads pages from outside, and writes them whole
   * after each of many checkpoints.
   */
  private static long sharedBuffers() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return Math.clamp(
        system.getTotalMemorySize() / MIB / 4, LEAST_SHARED_BUFFERS, MOST_SHARED_BUFFERS);
  }

  private void createDatabase() throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl(SUPERUSER), SUPERUSER, password);
        var statement = connection.createStatement()) {
      if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + NAME + "'")) {
        statement.execute("CREATE ROLE " + NAME + " LOGIN");
      }
      letInQuickly(statement, SUPERUSER);
      letInQuickly(statement, NAME);
      if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
        statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
      }
    }
  }

  /**
   * To hash a password thousands of times makes it dear to guess, and each connection with it. This
   * one has as many random bits as nobody can guess in any case.
   */
  private void letInQuickly(Statement statement, String role) throws SQLException {
    if (!exists(
        statement,
        "SELECT FROM pg_authid WHERE rolname = '"
            + role
            + "' AND rolpassword LIKE 'SCRAM-SHA-256$1:%'")) {
      statement.execute("SET scram_iterations = 1");
      statement.execute("ALTER ROLE " + role + " PASSWORD '" + password + "'");
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (var rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private void stop() throws IOException {
    // Fast ends the connections and writes all data; immediate leaves that to the next start.
    for (var mode : List.of("fast", "immediate")) {
      var arguments =
          List.of(
              "stop",
              "--pgdata=" + data,
              "--mode=" + mode,
              "--wait",
              "--timeout=" + STOP_WAIT.toSeconds());
      if (binaries.run(startLog, "pg_ctl", arguments) == 0 || postmaster().isEmpty()) {
        return;
      }
    }
    throw failed("PostgreSQL on the data in " + directory + " does not stop", null);
  }

  /** The live server on this data. */
  private Optional<ProcessHandle> postmaster() throws IOException {
    var command = "postgres -D " + data + " ";
    return holder().filter(process -> process.info().commandLine().orElse("").contains(command));
  }

  /** The live process that the server's lock file names; it may have nothing to do with it. */
  private Optional<ProcessHandle> holder() throws IOException {
    var pidFile = data.resolve("postmaster.pid");
    try (var lines = Files.lines(pidFile, StandardCharsets.ISO_8859_1)) {
      return lines
          .findFirst()
          .filter(line -> line.matches("[0-9]{1,18}"))
          .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
          .filter(ProcessHandle::isAlive);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private String readPassword() throws IOException {
    var file = directory.resolve("postgresql", "password");
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      throw new EmbeddedDatabaseException(
          file + ", the password of the data beside it, is missing; bring it back from a backup",
          e);
    }
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private EmbeddedDatabaseException failed(String what, @Nullable Exception cause)
      throws IOException {
    return new EmbeddedDatabaseException(
        "%s; the last lines of its logs in %s:%n%s"
            .formatted(what, startLog.getParent(), lastLogLines()),
        cause);
  }

  private String lastLogLines() throws IOException {
    var lines = new StringBuilder();
    try (var logs = Files.newDirectoryStream(startLog.getParent(), "*.log")) {
      for (var log : logs) {
        if (Files.getLastModifiedTime(log).toInstant().isAfter(began)) {
          try (var reader = ReversedLinesFileReader.builder().setPath(log).get()) {
            lines.append(reader.toString(LOG_LINES));
          }
        }
      }
    }
    return lines.toString();
  }
}
