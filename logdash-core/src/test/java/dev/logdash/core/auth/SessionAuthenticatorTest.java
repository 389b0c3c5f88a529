package dev.logdash.core.auth;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Credentials;
import dev.logdash.api.auth.Grant;
import dev.logdash.tck.AuthenticatorContract;
import dev.logdash.tck.TestCredentials;

class SessionAuthenticatorTest extends AuthenticatorContract {

  static final String COOKIE = "__Host-logdash";

  @Override
  protected Subject newSubject() {
    BreakableStore store = new BreakableStore();
    Access access = new Access(store);
    access.add("ada", Grant.of("viewer"));
    String token = access.signIn("ada");
    return new Subject() {
      @Override
      public Authenticator authenticator() {
        return access.authentication().sessions(COOKIE);
      }

      @Override
      public String name() {
        return "ada";
      }

      @Override
      public Credentials valid() {
        return withSecret(token);
      }

      @Override
      public Credentials withSecret(String secret) {
        return TestCredentials.none().cookie(COOKIE, secret);
      }

      @Override
      public Credentials doubled() {
        return TestCredentials.none().cookie(COOKIE, token, token);
      }

      @Override
      public void revoke() {
        access.authentication().signOut(token, Access.HOME).block(Access.PATIENCE);
      }

      @Override
      public Authenticator elsewhere() {
        return access.open(2).authentication().sessions(COOKIE);
      }

      @Override
      public void breakStore() {
        store.breakKeys(key -> true);
      }
    };
  }
}
