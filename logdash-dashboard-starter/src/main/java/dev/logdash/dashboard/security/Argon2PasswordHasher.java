package dev.logdash.dashboard.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.logdash.core.auth.PasswordHasher;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argon2id in the text form of the Password Hashing Competition: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}.
 */
public final class Argon2PasswordHasher implements PasswordHasher {

  /** The least of the OWASP Password Storage Cheat Sheet. */
  public static final int MEMORY_KIB = 19_456;

  /** The least of the same for that memory. */
  public static final int ITERATIONS = 2;

  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
  private static final Pattern HASH =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})"
              + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

  // A stored hash must not be able to take more memory than the host has.
  private static final int MAX_MEMORY_KIB = 1 << 18;
  private static final int MAX_ITERATIONS = 16;
  private static final int MAX_LANES = 4;

  private final int memoryKib;
  private final int iterations;
  private final RandomGenerator random;
  private final String decoy;

  /**
   * @param random a {@link java.security.SecureRandom}, except in tests
   */
  public Argon2PasswordHasher(RandomGenerator random) {
    this(MEMORY_KIB, ITERATIONS, random);
  }

  /**
   * @param memoryKib from {@value #MEMORY_KIB} to 262,144
   * @param iterations from {@value #ITERATIONS} to 16
   */
  public Argon2PasswordHasher(int memoryKib, int iterations, RandomGenerator random) {
    if (memoryKib < MEMORY_KIB || memoryKib > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException(
          "memoryKib is not within " + MEMORY_KIB + " and " + MAX_MEMORY_KIB + ": " + memoryKib);
    }
    if (iterations < ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException(
          "iterations is not within " + ITERATIONS + " and " + MAX_ITERATIONS + ": " + iterations);
    }
    this.memoryKib = memoryKib;
    this.iterations = iterations;
    this.random = random;
    this.decoy = prefix() + base64(SALT_BYTES) + '$' + base64(HASH_BYTES);
  }

  @Override
  public String hash(String password) {
    Argon2Function function =
        Argon2Function.getInstance(memoryKib, iterations, LANES, HASH_BYTES, Argon2.ID);
    return function.hash(password.getBytes(UTF_8), bytes(SALT_BYTES)).getResult();
  }

  @Override
  public boolean verify(String password, String hash) {
    Matcher parts = HASH.matcher(hash);
    if (!parts.matches()
        || number(parts, 1) > MAX_MEMORY_KIB
        || number(parts, 2) > MAX_ITERATIONS
        || number(parts, 3) > MAX_LANES) {
      return false;
    }
    return Argon2Function.getInstanceFromHash(hash)
        .check(password.getBytes(UTF_8), hash.getBytes(US_ASCII));
  }

  @Override
  public boolean isOutdated(String hash) {
    return !hash.startsWith(prefix());
  }

  @Override
  public String decoy() {
    return decoy;
  }

  private String prefix() {
    return "$argon2id$v=19$m=" + memoryKib + ",t=" + iterations + ",p=" + LANES + '$';
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private String base64(int count) {
    return BASE64.encodeToString(bytes(count));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
