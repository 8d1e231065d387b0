package io.simplebank.bootstrap;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Secrets that are handed over in files, as Kubernetes and Compose mount them: {@code
 * BANK_JWT_SECRET_FILE} names the file whose content is {@code BANK_JWT_SECRET}. A file is not seen
 * by whoever lists processes or prints an environment.
 */
final class SecretFiles {
  private static final List<String> SECRETS =
      List.of(
          "bank.database.password",
          "bank.jwt-secret",
          "bank.jwt-previous-secret",
          "bank.admin.password",
          "bank.smtp.password");

  private SecretFiles() {}

  /**
   * The secrets whose files are named, without the line ends that editors add.
   *
   * @throws StartupException when a file cannot be read or is empty, or the secret is set as well
   */
  static PropertySource read(Environment environment) {
    Map<String, Object> secrets = new HashMap<>();
    for (String key : SECRETS) {
      environment
          .getProperty(key + "-file", String.class)
          .filter(file -> !file.isBlank())
          .ifPresent(file -> secrets.put(key, secret(environment, key, Path.of(file))));
    }
    return PropertySource.of("secret-files", secrets, Integer.MAX_VALUE);
  }

  private static String secret(Environment environment, String key, Path file) {
    String variable = key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    if (environment.getProperty(key, String.class).filter(value -> !value.isBlank()).isPresent()) {
      throw new StartupException(
          variable + " and " + variable + "_FILE are both set: set one of them.");
    }
    String secret;
    try {
      secret = Files.readString(file).replaceFirst("[\r\n]+\\z", "");
    } catch (IOException e) {
      throw new StartupException(
          variable + "_FILE names a file that cannot be read: " + e.getMessage(), e);
    }
    if (secret.isBlank()) {
      throw new StartupException(variable + "_FILE names a file with nothing in it: " + file);
    }
    return secret;
  }
}
