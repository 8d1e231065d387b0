package io.simplebank.adapter.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import io.simplebank.adapter.web.UnusableSettingException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.KeyAgreement;

/** Reads key pairs for ES256 from files as OpenSSL writes them. */
final class KeyFile {
  private static final Pattern PKCS_8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final BigInteger FOUR = BigInteger.valueOf(4);

  private KeyFile() {}

  /**
   * The pair in that file, named by its thumbprint (RFC 7638).
   *
   * @param setting the environment variable that names the file, for whom it may concern
   * @throws UnusableSettingException when no private key on the curve P-256 can be read from it
   */
  static ECKey read(String setting, Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UnusableSettingException(
          setting + " names a file that cannot be read: " + e.getMessage(), e);
    }
    Matcher pem = PKCS_8.matcher(text);
    if (!pem.find()) {
      throw new UnusableSettingException(
          setting + " names a file without an unencrypted private key in PEM (PKCS#8): " + file);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
      if (key instanceof ECPrivateKey secret
          && Curve.P_256.equals(Curve.forECParameterSpec(secret.getParams()))) {
        return new ECKey.Builder(Curve.P_256, publicKeyOf(secret))
            .privateKey(secret)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.ES256)
            .keyIDFromThumbprint()
            .build();
      }
      throw new UnusableSettingException(
          setting + " names a file whose key is not on the curve P-256: " + file);
    } catch (GeneralSecurityException | IllegalArgumentException | JOSEException e) {
      throw new UnusableSettingException(
          setting + " names a file whose private key is no sound key on the curve P-256: " + file,
          e);
    }
  }

  /**
   * The point d·G. Java multiplies points for ECDH only, which against the generator G gives the
   * point's x; of the two y that belong to it, it is the one whose key verifies a signature by d.
   */
  private static ECPublicKey publicKeyOf(ECPrivateKey key) throws GeneralSecurityException {
    ECParameterSpec parameters = key.getParams();
    EllipticCurve curve = parameters.getCurve();
    KeyFactory factory = KeyFactory.getInstance("EC");
    KeyAgreement multiplication = KeyAgreement.getInstance("ECDH");
    multiplication.init(key);
    multiplication.doPhase(
        factory.generatePublic(new ECPublicKeySpec(parameters.getGenerator(), parameters)), true);
    BigInteger x = new BigInteger(1, multiplication.generateSecret());
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger square = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    // A square root, because p is 3 modulo 4.
    BigInteger y = square.modPow(p.add(BigInteger.ONE).divide(FOUR), p);
    for (BigInteger root : List.of(y, p.subtract(y))) {
      PublicKey candidate =
          factory.generatePublic(new ECPublicKeySpec(new ECPoint(x, root), parameters));
      if (candidate instanceof ECPublicKey found && belongTogether(key, found)) {
        return found;
      }
    }
    throw new GeneralSecurityException("no public key belongs to it");
  }

  private static boolean belongTogether(ECPrivateKey secret, ECPublicKey open)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    byte[] message = open.getEncoded();
    signature.initSign(secret);
    signature.update(message);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(message);
    return signature.verify(signed);
  }
}
