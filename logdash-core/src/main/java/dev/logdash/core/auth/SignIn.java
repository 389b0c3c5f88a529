package dev.logdash.core.auth;

import dev.logdash.api.auth.Principal;
import java.time.Duration;

/** How an attempt to sign in ended. */
public sealed interface SignIn {

  /**
   * Signed in.
   *
   * @param token the secret of the new session, for the cookie alone; it is kept nowhere
   */
  record Granted(String token, Principal principal) implements SignIn {

    @Override
    public String toString() {
      return "Granted[" + principal.name() + ']';
    }
  }

  /** Name or password is wrong, or the user is disabled; which of them is not told. */
  record Refused() implements SignIn {}

  /** Nothing was looked at: too many attempts, or too many at once. */
  record Later(Duration delay) implements SignIn {}
}
