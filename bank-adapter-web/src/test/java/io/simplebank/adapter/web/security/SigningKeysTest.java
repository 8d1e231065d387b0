package io.simplebank.adapter.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.simplebank.adapter.web.UnusableSettingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which key signs, whose tokens are good, and which keys are refused at start. */
final class SigningKeysTest {
  private static final String SECRET = "one secret of this test, long enough";
  private static final String OTHER_SECRET = "another secret of this test, long enough";
  private static final JWTClaimsSet CLAIMS = new JWTClaimsSet.Builder().subject("alice").build();

  @TempDir private Path directory;

  private final KeyPair pair = KeyFiles.pair("secp256r1");
  private final KeyPair otherPair = KeyFiles.pair("secp256r1");

  @Test
  void signs_by_the_secret() throws Exception {
    SignedJWT token = reread(bySecret(SECRET).sign(CLAIMS));

    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
    assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(bySecret(SECRET).verify(token)).isTrue();
    assertThat(bySecret(OTHER_SECRET).verify(token)).isFalse();
  }

  @Test
  void signs_by_the_pair() throws Exception {
    SignedJWT token = reread(byPair(pair).sign(CLAIMS));

    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(token.getHeader().getKeyID()).isEqualTo(ecKey(pair).computeThumbprint().toString());
    assertThat(byPair(pair).verify(token)).isTrue();
    assertThat(byPair(otherPair).verify(token)).isFalse();
  }

  @Test
  void names_a_secret_by_what_does_not_tell_it() throws Exception {
    String id = id(bySecret(SECRET));

    assertThat(id)
        .hasSize(16)
        .isEqualTo(id(bySecret(SECRET)))
        .isNotEqualTo(id(bySecret("x" + SECRET)));
    // As RFC 7638 has it for secrets, which it advises against: anybody could try secrets on it.
    assertThat(
            new OctetSequenceKey.Builder(SECRET.getBytes(StandardCharsets.UTF_8))
                .build()
                .computeThumbprint()
                .toString())
        .doesNotStartWith(id);
  }

  @Test
  void publishes_no_secret() {
    assertThat(bySecret(SECRET).retrieveJsonWebKeys()).isEmpty();
    assertThat(keys(SECRET, null, OTHER_SECRET, null).retrieveJsonWebKeys()).isEmpty();
  }

  @Test
  void publishes_the_public_half_of_both_pairs() throws Exception {
    assertThat(keys(null, pair, null, otherPair).retrieveJsonWebKeys())
        .noneMatch(JWK::isPrivate)
        .extracting(key -> key.toECKey().toECPublicKey())
        .containsExactly((ECPublicKey) pair.getPublic(), (ECPublicKey) otherPair.getPublic());
    assertThat(byPair(pair).retrieveJsonWebKeys())
        .extracting(JWK::toJSONString)
        .allMatch(json -> json.contains("\"use\":\"sig\"") && json.contains("\"alg\":\"ES256\""));
  }

  @Test
  void publishes_the_pair_of_a_bank_that_comes_from_a_secret() {
    assertThat(keys(null, pair, SECRET, null).retrieveJsonWebKeys()).hasSize(1);
    assertThat(keys(SECRET, null, null, pair).retrieveJsonWebKeys()).hasSize(1);
  }

  @Test
  void takes_the_tokens_of_the_previous_key_and_signs_by_the_current_one() throws Exception {
    SigningKeys[][] changes = {
      {bySecret(SECRET), keys(OTHER_SECRET, null, SECRET, null), bySecret(OTHER_SECRET)},
      {byPair(pair), keys(null, otherPair, null, pair), byPair(otherPair)},
      {bySecret(SECRET), keys(null, pair, SECRET, null), byPair(pair)},
      {byPair(pair), keys(SECRET, null, null, pair), bySecret(SECRET)},
    };
    for (SigningKeys[] change : changes) {
      SigningKeys before = change[0];
      SigningKeys during = change[1];
      SigningKeys after = change[2];

      assertThat(during.verify(reread(before.sign(CLAIMS)))).isTrue();
      assertThat(during.verify(reread(during.sign(CLAIMS)))).isTrue();
      assertThat(after.verify(reread(during.sign(CLAIMS)))).isTrue();
      assertThat(after.verify(reread(before.sign(CLAIMS)))).isFalse();
      assertThat(before.verify(reread(after.sign(CLAIMS)))).isFalse();
    }
  }

  @Test
  void refuses_a_token_that_names_no_key_or_an_unknown_one() throws Exception {
    SigningKeys keys = bySecret(SECRET);
    JWSSigner signer = new MACSigner(SECRET);

    assertThat(keys.verify(signed(JWSAlgorithm.HS256, null, signer))).isFalse();
    assertThat(keys.verify(signed(JWSAlgorithm.HS256, "", signer))).isFalse();
    assertThat(keys.verify(signed(JWSAlgorithm.HS256, "x" + id(keys), signer))).isFalse();
    assertThat(keys.verify(signed(JWSAlgorithm.HS256, id(keys), signer))).isTrue();
  }

  @Test
  void refuses_the_name_of_one_key_with_the_signature_of_the_other() throws Exception {
    SigningKeys secrets = keys(SECRET, null, OTHER_SECRET, null);
    String other = id(bySecret(OTHER_SECRET));

    assertThat(secrets.verify(signed(JWSAlgorithm.HS256, id(secrets), new MACSigner(OTHER_SECRET))))
        .isFalse();
    assertThat(secrets.verify(signed(JWSAlgorithm.HS256, other, new MACSigner(SECRET)))).isFalse();

    SigningKeys pairs = keys(null, pair, null, otherPair);
    assertThat(
            pairs.verify(signed(JWSAlgorithm.ES256, id(pairs), new ECDSASigner(ecKey(otherPair)))))
        .isFalse();

    SigningKeys both = keys(null, pair, SECRET, null);
    assertThat(both.verify(signed(JWSAlgorithm.HS256, id(both), new MACSigner(SECRET)))).isFalse();
    assertThat(
            both.verify(
                signed(JWSAlgorithm.ES256, id(bySecret(SECRET)), new ECDSASigner(ecKey(pair)))))
        .isFalse();
  }

  @Test
  void refuses_a_token_whose_secret_is_the_public_key() throws Exception {
    SigningKeys keys = byPair(pair);
    byte[][] known = {
      pair.getPublic().getEncoded(),
      KeyFiles.pem("PUBLIC KEY", pair.getPublic()).getBytes(StandardCharsets.US_ASCII),
      ecKey(pair).toPublicJWK().toJSONString().getBytes(StandardCharsets.US_ASCII),
    };
    for (byte[] secret : known) {
      assertThat(keys.verify(signed(JWSAlgorithm.HS256, id(keys), new MACSigner(secret))))
          .isFalse();
    }
  }

  @Test
  void refuses_another_algorithm_of_the_same_secret() throws Exception {
    String secret = SECRET + SECRET;
    SigningKeys keys = bySecret(secret);

    for (JWSAlgorithm algorithm : new JWSAlgorithm[] {JWSAlgorithm.HS384, JWSAlgorithm.HS512}) {
      assertThat(keys.verify(signed(algorithm, id(keys), new MACSigner(secret)))).isFalse();
    }
  }

  @Test
  void refuses_what_the_key_has_signed_as_something_else() throws Exception {
    SigningKeys keys = bySecret(SECRET);
    for (JOSEObjectType type : new @Nullable JOSEObjectType[] {null, JOSEObjectType.JWT}) {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(id(keys)).type(type).build(), CLAIMS);
      token.sign(new MACSigner(SECRET));
      assertThat(keys.verify(token)).isFalse();
    }
  }

  @RepeatedTest(20)
  void finds_the_public_half_that_the_file_does_not_hold() throws Exception {
    assertThat(KeyFile.read("X", KeyFiles.write(directory, pair.getPrivate())).toECPublicKey())
        .isEqualTo(pair.getPublic());
  }

  @Test
  void finds_the_public_half_of_the_key_in_rfc_7517() throws Exception {
    ECKey published =
        ECKey.parse(
            """
            {"kty": "EC", "crv": "P-256",
             "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
             "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
             "d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}
            """);

    ECKey read = KeyFile.read("X", KeyFiles.write(directory, published.toECPrivateKey()));

    assertThat(read.getX()).isEqualTo(published.getX());
    assertThat(read.getY()).isEqualTo(published.getY());
  }

  @Test
  void reads_a_key_between_other_things() {
    Path file =
        KeyFiles.write(
            directory,
            "for the bank\r\n"
                + KeyFiles.pem("PUBLIC KEY", otherPair.getPublic()).replace("\n", "\r\n")
                + KeyFiles.pem("PRIVATE KEY", pair.getPrivate()).replace("\n", "\r\n"));

    assertThat(KeyFile.read("X", file).isPrivate()).isTrue();
  }

  @Test
  void refuses_a_bank_without_a_key() {
    assertThatThrownBy(() -> keys(null, null, null, null))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageContaining("BANK_JWT_SECRET or BANK_JWT_KEY_FILE is needed");
    assertThatThrownBy(() -> keys(null, null, SECRET, null))
        .isInstanceOf(UnusableSettingException.class);
  }

  @Test
  void refuses_a_secret_that_can_be_guessed() {
    assertRefused("BANK_JWT_SECRET is too short", "x".repeat(31), "", "", "");
    assertRefused("BANK_JWT_PREVIOUS_SECRET is too short", SECRET, "", "x".repeat(31), "");
  }

  @Test
  void refuses_two_keys_in_one_place() {
    String file = KeyFiles.write(directory, pair.getPrivate()).toString();

    assertRefused("BANK_JWT_SECRET and BANK_JWT_KEY_FILE are both set", SECRET, file, "", "");
    assertRefused(
        "BANK_JWT_PREVIOUS_SECRET and BANK_JWT_PREVIOUS_KEY_FILE are both set",
        SECRET,
        "",
        OTHER_SECRET,
        file);
  }

  @Test
  void refuses_a_previous_key_that_is_the_current_one() {
    String file = KeyFiles.write(directory, pair.getPrivate()).toString();
    String copy = KeyFiles.write(directory, pair.getPrivate()).toString();

    assertRefused("BANK_JWT_PREVIOUS_SECRET is the key that signs", SECRET, "", SECRET, "");
    assertRefused("BANK_JWT_PREVIOUS_KEY_FILE is the key that signs", "", file, "", copy);
  }

  @Test
  void refuses_a_file_that_is_not_there() {
    String missing = directory.resolve("missing.pem").toString();

    assertRefused("BANK_JWT_KEY_FILE names a file that cannot be read", "", missing, "", "");
    assertRefused("BANK_JWT_KEY_FILE names a file that", "", directory.toString(), "", "");
    assertRefused(
        "BANK_JWT_PREVIOUS_KEY_FILE names a file that cannot be read", SECRET, "", "", missing);
  }

  @Test
  void refuses_a_file_without_a_private_key() {
    for (String content :
        new String[] {
          "",
          "no key",
          KeyFiles.pem("PUBLIC KEY", pair.getPublic()),
          KeyFiles.pem("ENCRYPTED PRIVATE KEY", pair.getPrivate()),
          KeyFiles.pem("EC PRIVATE KEY", pair.getPrivate()),
        }) {
      assertRefused(
          "BANK_JWT_KEY_FILE names a file without an unencrypted private key",
          "",
          KeyFiles.write(directory, content).toString(),
          "",
          "");
    }
  }

  @Test
  void refuses_a_key_on_another_curve_or_of_another_kind() throws NoSuchAlgorithmException {
    assertRefused(
        "BANK_JWT_KEY_FILE names a file whose key is not on the curve P-256",
        "",
        KeyFiles.write(directory, KeyFiles.pair("secp384r1").getPrivate()).toString(),
        "",
        "");
    for (String kind : new String[] {"RSA", "Ed25519"}) {
      assertRefused(
          "BANK_JWT_KEY_FILE names a file whose private key is no sound key",
          "",
          KeyFiles.write(
                  directory, KeyPairGenerator.getInstance(kind).generateKeyPair().getPrivate())
              .toString(),
          "",
          "");
    }
    assertRefused(
        "BANK_JWT_KEY_FILE names a file whose private key is no sound key",
        "",
        KeyFiles.write(directory, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")
            .toString(),
        "",
        "");
  }

  private static void assertRefused(
      String reason, String secret, String file, String previousSecret, String previousFile) {
    assertThatThrownBy(() -> new SigningKeys(secret, file, previousSecret, previousFile))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContainingAny(SECRET, OTHER_SECRET);
  }

  private static SigningKeys bySecret(String secret) {
    return new SigningKeys(secret, "", "", "");
  }

  private SigningKeys byPair(KeyPair keyPair) {
    return keys(null, keyPair, null, null);
  }

  private SigningKeys keys(
      @Nullable String secret,
      @Nullable KeyPair keyPair,
      @Nullable String previousSecret,
      @Nullable KeyPair previousPair) {
    return new SigningKeys(
        secret == null ? "" : secret,
        file(keyPair),
        previousSecret == null ? "" : previousSecret,
        file(previousPair));
  }

  private String file(@Nullable KeyPair keyPair) {
    return keyPair == null ? "" : KeyFiles.write(directory, keyPair.getPrivate()).toString();
  }

  private static String id(SigningKeys keys) throws JOSEException {
    return keys.sign(CLAIMS).getHeader().getKeyID();
  }

  private static ECKey ecKey(KeyPair keyPair) {
    return new ECKey.Builder(Curve.P_256, (ECPublicKey) keyPair.getPublic())
        .privateKey((ECPrivateKey) keyPair.getPrivate())
        .build();
  }

  private static SignedJWT signed(JWSAlgorithm algorithm, @Nullable String id, JWSSigner signer)
      throws JOSEException, ParseException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).type(SigningKey.TYPE).keyID(id).build(), CLAIMS);
    token.sign(signer);
    return reread(token);
  }

  private static SignedJWT reread(SignedJWT token) throws ParseException {
    return SignedJWT.parse(token.serialize());
  }

  @Test
  void derives_other_keys_from_either_kind_each_for_one_purpose() {
    Path file = KeyFiles.write(directory, KeyFiles.pair("secp256r1").getPrivate());
    for (SigningKeys keys :
        List.of(
            new SigningKeys(SECRET, "", "", ""), new SigningKeys("", file.toString(), "", ""))) {
      byte[] derived = keys.derive("a purpose", "HmacSHA256", 32).getEncoded();

      assertThat(derived).hasSize(32);
      assertThat(keys.derive("a purpose", "HmacSHA256", 32).getEncoded()).isEqualTo(derived);
      assertThat(keys.derive("another", "HmacSHA256", 32).getEncoded()).isNotEqualTo(derived);
    }
  }
}
