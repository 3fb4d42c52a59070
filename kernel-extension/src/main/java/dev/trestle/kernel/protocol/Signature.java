package dev.trestle.kernel.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs messages and checks signatures; without a key there are none. */
final class Signature {
  private final @Nullable Mac mac; // guarded by this

  /**
   * @throws IllegalArgumentException if this JVM has no such algorithm
   */
  Signature(String scheme, String key) {
    if (key.isEmpty()) {
      this.mac = null;
      return;
    }
    String algorithm = scheme.toUpperCase(Locale.ROOT).replace("-", "");
    try {
      Mac made = Mac.getInstance(algorithm);
      made.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      this.mac = made;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the connection file asks for signatures by '%s', which this JVM does not have"
              .formatted(scheme),
          e);
    }
  }

  synchronized byte[] of(List<byte[]> parts) {
    if (mac == null) {
      return new byte[0];
    }
    parts.forEach(mac::update);
    return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
  }

  boolean fits(byte[] signature, List<byte[]> parts) {
    return mac == null || MessageDigest.isEqual(of(parts), signature);
  }
}
