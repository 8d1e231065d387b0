package io.simplebank.adapter.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One key of access tokens. It has one algorithm: no token says by which it is to be read. */
final class SigningKey {
  /** Tells access tokens from whatever else a key may come to sign (RFC 9068, RFC 8725 3.11). */
  static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  private static final String MAC = "HmacSHA256";
  private static final byte[] FINGERPRINT = "the id of this key".getBytes(StandardCharsets.UTF_8);
  private static final int FINGERPRINT_BYTES = 12;

  private final JWSHeader header;
  private final JWSSigner signer;
  private final JWSVerifier verifier;
  private final @Nullable JWK published;
  private final byte[] material;

  private SigningKey(
      JWSAlgorithm algorithm,
      String id,
      JWSSigner signer,
      JWSVerifier verifier,
      @Nullable JWK published,
      byte[] material) {
    this.header = new JWSHeader.Builder(algorithm).type(TYPE).keyID(id).build();
    this.signer = signer;
    this.verifier = verifier;
    this.published = published;
    this.material = material;
  }

  /**
   * HS256 by that secret.
   *
   * @throws JOSEException when it has less than 32 bytes
   */
  static SigningKey ofSecret(byte[] secret) throws JOSEException {
    return new SigningKey(
        JWSAlgorithm.HS256,
        fingerprint(secret),
        new MACSigner(secret),
        new MACVerifier(secret),
        null,
        secret);
  }

  /** ES256 by that pair, whose public half may be published. */
  static SigningKey ofPair(ECKey pair) throws JOSEException {
    return new SigningKey(
        JWSAlgorithm.ES256,
        pair.getKeyID(),
        new ECDSASigner(pair),
        new ECDSAVerifier(pair),
        pair.toPublicJWK(),
        pair.getD().decode());
  }

  /**
   * The start of a MAC by the secret itself. Whoever tries secrets against it has no less work than
   * with a token's signature; and no token's signature can equal it, for want of a dot in what is
   * signed.
   */
  private static String fingerprint(byte[] secret) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      byte[] digest = Arrays.copyOf(mac.doFinal(FINGERPRINT), FINGERPRINT_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + MAC, e);
    }
  }

  /** A key for another purpose, by HKDF (RFC 5869). */
  SecretKey derive(String purpose, String algorithm, int bytes) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract()
                  .addIKM(material)
                  .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF", e);
    }
  }

  String id() {
    return header.getKeyID();
  }

  JWSAlgorithm algorithm() {
    return header.getAlgorithm();
  }

  /** What others may check tokens with; nothing where that would be the secret. */
  Optional<JWK> published() {
    return Optional.ofNullable(published);
  }

  SignedJWT sign(JWTClaimsSet claims) throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token;
  }

  /** Whether this is an access token, signed by this key in this key's algorithm. */
  boolean hasSigned(SignedJWT token) throws JOSEException {
    return algorithm().equals(token.getHeader().getAlgorithm())
        && TYPE.equals(token.getHeader().getType())
        && token.verify(verifier);
  }
}
