package io.simplebank.bootstrap;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the bank and keeps it running until the process is told to stop. With {@value
 * #MIGRATE_ONLY} it brings the tables of the database up to date instead, and ends.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private static final String MIGRATE_ONLY = "--migrate-only";

  private Main() {}

  /**
   * Runs the bank. What it is to do comes from the environment, see the README. Ends with status 1
   * when it cannot be done, after saying why.
   *
   * @param args properties as {@code --bank.port=8081}, which go before the environment, and
   *     {@value #MIGRATE_ONLY}
   */
  public static void main(String[] args) {
    boolean migrateOnly = List.of(args).contains(MIGRATE_ONLY);
    try {
      if (migrateOnly) {
        Bank.migrate(args);
      } else {
        Bank bank = Bank.start(args);
        Runtime.getRuntime().addShutdownHook(new Thread(bank::close, "shutdown"));
      }
    } catch (StartupException e) {
      String what = migrateOnly ? "The database is not migrated" : "The bank does not start";
      LOG.error("{}: {}", what, e.getMessage());
      LOG.debug(what, e);
      System.exit(1);
    }
  }
}
