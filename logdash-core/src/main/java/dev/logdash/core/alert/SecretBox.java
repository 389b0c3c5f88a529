package dev.logdash.core.alert;

import dev.logdash.api.error.BackendException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps the secrets of channels unreadable in the store: AES-256-GCM with a nonce of its own for
 * each, bound to the place where it belongs, so that one cannot be put in the place of another.
 */
public final class SecretBox {

  /** How long a key is. */
  public static final int KEY_BYTES = 32;

  static final String PREFIX = "aes256gcm:";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final RandomGenerator random;

  /**
   * @param key {@value #KEY_BYTES} bytes
   * @param random where nonces come from: a {@link java.security.SecureRandom}, except in tests
   */
  public SecretBox(byte[] key, RandomGenerator random) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key of secrets has " + KEY_BYTES + " bytes");
    }
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /**
   * @param place what the secret belongs to; opening needs the same
   */
  String seal(String secret, String place) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, secret.getBytes(StandardCharsets.UTF_8), place);
    byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    return PREFIX + Base64.getEncoder().encodeToString(all);
  }

  /**
   * @throws BackendException.Misconfigured if it was sealed with another key or for another place
   */
  String open(String sealed, String place) {
    try {
      byte[] all = Base64.getDecoder().decode(sealed.substring(PREFIX.length()));
      byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      byte[] text = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
      return new String(run(Cipher.DECRYPT_MODE, nonce, text, place), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new BackendException.Misconfigured(
          "a secret cannot be read with the key of this installation (logdash.secret-key, or the"
              + " file secret.key in the data folder): enter it again",
          e);
    }
  }

  private byte[] run(int mode, byte[] nonce, byte[] text, String place) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher failed", e);
    }
  }
}
