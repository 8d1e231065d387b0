package io.simplebank.bootstrap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the bank and keeps it running until the process is told to stop. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /**
   * Runs the bank. What it is to do comes from the environment, see the README.
   *
   * @param args properties as {@code --bank.port=8081}, which go before the environment
   */
  public static void main(String[] args) {
    try {
      Bank bank = Bank.start(args);
      Runtime.getRuntime().addShutdownHook(new Thread(bank::close, "shutdown"));
    } catch (StartupException e) {
      LOG.error("The bank does not start: {}", e.getMessage());
      LOG.debug("The bank does not start", e);
      System.exit(1);
    }
  }
}
