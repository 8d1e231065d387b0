package io.simplebank.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be configured: as the bank reads it, and as the README tells it. */
final class ConfigurationKeys {
  private static final Path APPLICATION_YML =
      Path.of("src", "main", "resources", "application.yml");
  private static final Pattern PROPERTY = Pattern.compile("[\"{](bank(?:\\.[a-z-]+)+)[\"}:]");
  private static final Pattern VARIABLE = Pattern.compile("`(BANK_[A-Z_]+)`");

  /** Looks like a variable and is the name of a file. */
  private static final String LOCK_FILE = "BANK_LOCK";

  private ConfigurationKeys() {}

  /** The environment variables of the README's table. */
  static Set<String> documented() {
    return DeployFiles.read(DeployFiles.REPOSITORY.resolve("README.md"))
        .lines()
        .filter(line -> line.startsWith("| `BANK_"))
        .map(line -> line.split("\\|", -1)[1])
        .flatMap(cell -> VARIABLE.matcher(cell).results())
        .map(variable -> variable.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The environment variables that the bank's own code and application.yml ask for. */
  static Set<String> read() {
    try (Stream<Path> files = Files.walk(DeployFiles.REPOSITORY)) {
      return files
          .filter(file -> file.toString().contains("/src/main/"))
          .filter(file -> file.toString().matches(".*\\.(java|yml)"))
          .map(DeployFiles::read)
          .flatMap(text -> PROPERTY.matcher(text).results())
          .map(property -> variable(property.group(1)))
          .filter(variable -> !variable.equals(LOCK_FILE))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The default in application.yml of a property such as {@code bank.port}. */
  static String defaultOf(String property) {
    Node node = DeployFiles.yaml(APPLICATION_YML).getFirst();
    return node.at((Object[]) property.split("\\.", -1)).text();
  }

  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }
}
