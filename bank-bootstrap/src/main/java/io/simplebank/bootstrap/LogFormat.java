package io.simplebank.bootstrap;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the log is written: for people, or for what collects logs, one JSON object a line. */
enum LogFormat {
  TEXT,
  JSON;

  /** The property that names it; logback.xml reads it when the first logger is made. */
  static final String PROPERTY = "bank.log-format";

  private static final String ARGUMENT = "--" + PROPERTY + "=";
  private static final String VARIABLE = "BANK_LOG_FORMAT";

  /**
   * Sets the format for all that this JVM logs. Comes too late for whoever has logged already.
   *
   * @param args the command line, which goes before the environment
   * @throws StartupException when it is no format
   */
  static void choose(List<String> args, Map<String, String> environment) {
    System.setProperty(PROPERTY, of(args, environment).code());
  }

  /** What is configured, by a command line and an environment. */
  static LogFormat of(List<String> args, Map<String, String> environment) {
    String configured =
        args.stream()
            .filter(arg -> arg.startsWith(ARGUMENT))
            .map(arg -> arg.substring(ARGUMENT.length()))
            .reduce((first, last) -> last)
            .orElseGet(() -> environment.getOrDefault(VARIABLE, ""));
    if (configured.isBlank()) {
      return TEXT;
    }
    return Arrays.stream(values())
        .filter(format -> format.code().equals(configured))
        .findFirst()
        .orElseThrow(
            () -> new StartupException(VARIABLE + " must be text or json, not " + configured));
  }

  private String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
