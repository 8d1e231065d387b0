package io.simplebank.bootstrap;

import io.simplebank.bootstrap.postgres.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that the embedded mode makes up, because nobody has been asked for one. */
final class Secrets {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** A new secret of 256 bits, in letters, digits, {@code -} and {@code _}. */
  static String generate() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The secret kept in that file, which is made, readable for its owner alone, when missing. */
  static String keptIn(Path file) {
    try {
      if (!Files.exists(file)) {
        Path draft = OwnerOnly.file(file.resolveSibling(file.getFileName() + ".draft"));
        Files.writeString(draft, generate());
        Files.move(draft, file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartupException("the secret in " + file + " cannot be kept: " + e.getMessage(), e);
    }
  }
}
