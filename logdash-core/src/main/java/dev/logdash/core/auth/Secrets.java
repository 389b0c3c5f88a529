package dev.logdash.core.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Random secrets, and the hashes under which they are kept. */
final class Secrets {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Secrets() {}

  /** A secret that cannot be guessed, in the characters of base 64 for addresses. */
  static String token(RandomGenerator random, int bytes) {
    return BASE64.encodeToString(bytes(random, bytes));
  }

  static String hex(RandomGenerator random, int bytes) {
    return HexFormat.of().formatHex(bytes(random, bytes));
  }

  /**
   * The hash of a text in hexadecimal digits. Enough for secrets of 160 bits and more, which nobody
   * can try out; passwords need a {@link PasswordHasher}.
   */
  static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Whether two texts are the same, in a time that does not tell where they differ. */
  static boolean areEqual(String a, String b) {
    return MessageDigest.isEqual(a.getBytes(UTF_8), b.getBytes(UTF_8));
  }

  private static byte[] bytes(RandomGenerator random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
