package io.simplebank.adapter.web.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Key files as OpenSSL writes them. */
final class KeyFiles {
  private KeyFiles() {}

  static KeyPair pair(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file in that directory with that key alone. */
  static Path write(Path directory, Key key) {
    return write(directory, pem(key instanceof PublicKey ? "PUBLIC KEY" : "PRIVATE KEY", key));
  }

  static String pem(String label, Key key) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(
            label,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded()));
  }

  static Path write(Path directory, String text) {
    try {
      return Files.writeString(Files.createTempFile(directory, "key", ".pem"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
