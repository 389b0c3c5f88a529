package dev.logdash.core.auth;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Credentials;
import dev.logdash.tck.AuthenticatorContract;
import dev.logdash.tck.TestCredentials;

class ApiKeyAuthenticatorTest extends AuthenticatorContract {

  @Override
  protected Subject newSubject() {
    BreakableStore store = new BreakableStore();
    Access access = new Access(store);
    ApiKeys.Created key =
        Access.get(access.control.apiKeys().create(access.root, "shipper", "default"));
    String id = key.key().id();
    return new Subject() {
      @Override
      public Authenticator authenticator() {
        return access.control.apiKeys().authenticator();
      }

      @Override
      public String name() {
        return "key:" + id;
      }

      @Override
      public Credentials valid() {
        return TestCredentials.none().header("authorization", "Bearer " + key.token());
      }

      @Override
      public Credentials withSecret(String secret) {
        return TestCredentials.none().header("Authorization", "Bearer ldk_" + id + '_' + secret);
      }

      @Override
      public Credentials doubled() {
        String header = "Bearer " + key.token();
        return TestCredentials.none().header("Authorization", header, header);
      }

      @Override
      public void revoke() {
        access.control.apiKeys().revoke(access.root, id).block(Access.PATIENCE);
      }

      @Override
      public Authenticator elsewhere() {
        return access.open(2).apiKeys().authenticator();
      }

      @Override
      public void breakStore() {
        store.breakKeys(name -> true);
      }
    };
  }
}
