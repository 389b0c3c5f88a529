package dev.logdash.dashboard;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.logdash.core.auth.PasswordHasher;
import java.util.Objects;

/**
 * Argon2id with 19 MiB, two passes and one lane: the least that OWASP recommends, and 19 MiB of a
 * host's heap for each sign-in under way.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">
 *     OWASP Password Storage Cheat Sheet</a>
 */
public final class Argon2Hasher implements PasswordHasher {

  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final Argon2Function function =
      Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
  private final String decoy = hash("a password that nobody has");

  @Override
  public String hash(String password) {
    return Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult();
  }

  @Override
  public boolean verify(String password, String hash) {
    try {
      return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    } catch (RuntimeException e) {
      // password4j tells a text that is no hash by one of several unchecked exceptions.
      return false;
    }
  }

  @Override
  public boolean isOutdated(String hash) {
    try {
      return !Objects.equals(Argon2Function.getInstanceFromHash(hash), function);
    } catch (RuntimeException e) {
      return true;
    }
  }

  @Override
  public String decoy() {
    return decoy;
  }
}
