package dev.logdash.core.auth;

/**
 * Hashes passwords, slowly and with much memory, on purpose. A hash is text that carries its
 * parameters and its salt. Safe for use by many threads; the caller bounds how many.
 */
public interface PasswordHasher {

  /** A new hash of a password, with a salt of its own. */
  String hash(String password);

  /** Whether a hash is one of a password; false for a text that is no hash. */
  boolean verify(String password, String hash);

  /** Whether a hash was made with parameters other than the current ones. */
  boolean isOutdated(String hash);

  /**
   * A hash that no password has. To verify against it costs what it costs for any other, so that an
   * unknown user takes as long as a known one.
   */
  String decoy();
}
