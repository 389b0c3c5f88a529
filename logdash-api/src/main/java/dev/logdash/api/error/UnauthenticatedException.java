package dev.logdash.api.error;

/**
 * Nobody is known to ask. It says nothing else: whether the user, the password, the session or the
 * key was wrong is the same to whoever gets it, in its text, its cause and its stack.
 */
public final class UnauthenticatedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnauthenticatedException() {
    super("sign in first", null, false, false);
  }
}
