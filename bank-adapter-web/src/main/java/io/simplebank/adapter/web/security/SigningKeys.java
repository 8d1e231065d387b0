package io.simplebank.adapter.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.security.token.jwt.endpoints.JwkProvider;
import io.micronaut.security.token.jwt.signature.SignatureGeneratorConfiguration;
import io.simplebank.adapter.web.UnusableSettingException;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The keys of access tokens: the one that signs, and perhaps another whose tokens are good as well,
 * so that a key is changed without logging anyone out. A token names its key; one that names none,
 * or an unknown one, is signed by nobody.
 */
@Context // Made at start, so that a bank with an unusable key does not start.
@Named("generator") // By this name the framework asks for what signs access tokens.
public final class SigningKeys implements SignatureGeneratorConfiguration, JwkProvider {
  /** HS256 wants a key of at least the size of its hash (RFC 7518, 3.2). */
  private static final int MIN_SECRET_BYTES = 32;

  private final SigningKey current;
  private final Map<String, SigningKey> byId = new LinkedHashMap<>();

  /**
   * Keys as configured; what is not set is blank.
   *
   * @throws UnusableSettingException when they cannot be used as they are
   */
  @Inject
  SigningKeys(
      @Value("${bank.jwt-secret:}") String secret,
      @Value("${bank.jwt-key-file:}") String keyFile,
      @Value("${bank.jwt-previous-secret:}") String previousSecret,
      @Value("${bank.jwt-previous-key-file:}") String previousKeyFile) {
    current =
        key("BANK_JWT_SECRET", secret, "BANK_JWT_KEY_FILE", keyFile)
            .orElseThrow(
                () ->
                    new UnusableSettingException(
                        "BANK_JWT_SECRET or BANK_JWT_KEY_FILE is needed to sign access tokens."));
    byId.put(current.id(), current);
    key("BANK_JWT_PREVIOUS_SECRET", previousSecret, "BANK_JWT_PREVIOUS_KEY_FILE", previousKeyFile)
        .ifPresent(
            previous -> {
              if (byId.put(previous.id(), previous) != null) {
                throw new UnusableSettingException(
                    (previousSecret.isBlank()
                            ? "BANK_JWT_PREVIOUS_KEY_FILE"
                            : "BANK_JWT_PREVIOUS_SECRET")
                        + " is the key that signs already: leave it out, or set another.");
              }
            });
  }

  private static Optional<SigningKey> key(
      String secretName, String secret, String fileName, String file) {
    if (!secret.isBlank() && !file.isBlank()) {
      throw new UnusableSettingException(
          secretName + " and " + fileName + " are both set: there is one such key, set one.");
    }
    try {
      if (!secret.isBlank()) {
        return Optional.of(SigningKey.ofSecret(strong(secretName, secret)));
      }
      if (!file.isBlank()) {
        return Optional.of(SigningKey.ofPair(KeyFile.read(fileName, Path.of(file))));
      }
      return Optional.empty();
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java lacks HS256 or ES256", e);
    }
  }

  private static byte[] strong(String name, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_SECRET_BYTES) {
      throw new UnusableSettingException(
          name + " is too short: it needs at least " + MIN_SECRET_BYTES + " bytes.");
    }
    return bytes;
  }

  /**
   * Another key, derived from the one that signs: it says nothing of that one, nor of what is
   * derived for other purposes, and changes with it.
   *
   * @param purpose what it is for, in words that no other purpose has
   */
  public SecretKey derive(String purpose, String algorithm, int bytes) {
    return current.derive(purpose, algorithm, bytes);
  }

  @Override
  public SignedJWT sign(JWTClaimsSet claims) throws JOSEException {
    return current.sign(claims);
  }

  @Override
  public boolean verify(SignedJWT token) throws JOSEException {
    SigningKey key = byId.get(token.getHeader().getKeyID());
    return key != null && key.hasSigned(token);
  }

  @Override
  public boolean supports(JWSAlgorithm algorithm) {
    return byId.values().stream().anyMatch(key -> key.algorithm().equals(algorithm));
  }

  @Override
  public String supportedAlgorithmsMessage() {
    return "Access tokens are signed by "
        + byId.values().stream().map(key -> key.algorithm().getName()).distinct().toList();
  }

  /** The public halves, of the other key too: it may sign elsewhere, or be about to. */
  @Override
  public List<JWK> retrieveJsonWebKeys() {
    return byId.values().stream().flatMap(key -> key.published().stream()).toList();
  }
}
