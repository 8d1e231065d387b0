package io.simplebank.bootstrap;

import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Name;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Starts the bank and keeps it running until the process is told to stop. With {@value
 * #MIGRATE_ONLY} it brings the tables of the database up to date instead, with {@value #AUDIT} it
 * checks the ledger, and ends.
 */
public final class Main {
  private static final String MIGRATE_ONLY = "--migrate-only";
  private static final String AUDIT = "--audit";

  /** The ledger was checked, and is not as it has to be. */
  private static final int DISAGREES = 1;

  /** The ledger could not be checked. */
  private static final int NOT_CHECKED = 2;

  /** Records nothing. */
  @Name("io.simplebank.Ready")
  private static final class Ready extends Event {}

  private Main() {}

  /**
   * Runs the bank. What it is to do comes from the environment, see the README. Ends with status 1
   * when it cannot be done, after saying why; an audit then ends with 2, and with 1 when something
   * is wrong with the ledger.
   *
   * @param args properties as {@code --bank.port=8081}, which go before the environment, and
   *     {@value #MIGRATE_ONLY} or {@value #AUDIT}
   */
  public static void main(String[] args) {
    if (List.of(args).contains(MIGRATE_ONLY)) {
      orEnd(List.of(args), "The database is not migrated", 1, () -> Bank.migrate(args));
    } else if (List.of(args).contains(AUDIT)) {
      orEnd(
          List.of(args),
          "The ledger is not checked",
          NOT_CHECKED,
          () -> {
            if (!Bank.audit(args)) {
              System.exit(DISAGREES);
            }
          });
    } else {
      orEnd(
          List.of(args),
          "The bank does not start",
          1,
          () -> {
            readyRecorder();
            Bank bank = Bank.start(args);
            Runtime.getRuntime().addShutdownHook(new Thread(bank::close, "shutdown"));
          });
    }
  }

  /**
   * The server makes its events known to Java's flight recorder with the first request. What that
   * takes the first time, some 70 ms, it takes here while the bank starts, whatever the event.
   */
  private static void readyRecorder() {
    Thread.ofPlatform().daemon().name("recorder").start(() -> new Ready().begin());
  }

  private static void orEnd(List<String> args, String what, int status, Runnable work) {
    try {
      LogFormat.choose(args, System.getenv());
      // So that there is one log: java.util.logging has one of its own.
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
      work.run();
    } catch (StartupException e) {
      // Not made before the format of the log is chosen.
      Logger log = LoggerFactory.getLogger(Main.class);
      log.error("{}: {}", what, e.getMessage());
      log.debug(what, e);
      System.exit(status);
    }
  }
}
