package dev.logdash.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Credentials;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.error.UnauthenticatedException;
import dev.logdash.tck.ContractRun;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Each promise of the contract is noticed by one test, and by no other, when it is broken. */
class BrokenAuthenticatorsTest {

  private static final String COOKIE = SessionAuthenticatorTest.COOKIE;

  @ParameterizedTest
  @EnumSource
  void failsOnlyTheTestOfItsPromise(Broken broken) {
    Variant.current = broken;

    assertThat(ContractRun.of(Variant.class).failed()).containsExactly(broken.noticedBy);
  }

  private enum Broken {
    CALLS_EVERYBODY_BY_ONE_NAME("saysWhoAsks", Broken::named),
    REFUSES_WHO_BRINGS_NOTHING(
        "leavesRequestsWithoutCredentialsToOthers",
        real ->
            credentials ->
                real.authenticate(credentials)
                    .switchIfEmpty(Mono.error(UnauthenticatedException::new))),
    SAYS_WHAT_WAS_WRONG(
        "refusesEveryWrongSecretInTheSameWordsAndWithoutTheSecret",
        real ->
            credentials ->
                real.authenticate(credentials)
                    .onErrorMap(
                        UnauthenticatedException.class,
                        e ->
                            credentials.cookies(COOKIE).size() != 1
                                    || secret(credentials).length() == 43
                                ? e
                                : new IllegalArgumentException("malformed"))),
    TAKES_THE_FIRST_OF_TWO(
        "refusesCredentialsThatComeTwice", real -> each -> real.authenticate(first(each))),
    READS_WHEN_CALLED(
        "readsNothingBeforeSubscription",
        real ->
            credentials -> {
              List<String> read = credentials.cookies(COOKIE);
              return read.isEmpty() ? Mono.empty() : real.authenticate(credentials);
            }),
    REMEMBERS_WHOM_IT_LET_IN(
        "refusesWhatWasRevokedFromThenOnWhereverItWasRevoked", Broken::remembering),
    LETS_IN_WHEN_THE_STORE_FAILS(
        "letsNobodyInWhenTheStoreFails",
        real ->
            credentials ->
                real.authenticate(credentials)
                    .onErrorResume(
                        BackendException.class,
                        e -> Mono.just(new Principal("ada", Set.of(), Map.of(), Set.of())))),
    ANSWERS_FEW_AT_ONCE("answersManyAtOnce", Broken::few);

    private final String noticedBy;
    private final UnaryOperator<Authenticator> breaks;

    Broken(String noticedBy, UnaryOperator<Authenticator> breaks) {
      this.noticedBy = noticedBy;
      this.breaks = breaks;
    }

    private static Authenticator named(Authenticator real) {
      return credentials ->
          real.authenticate(credentials)
              .map(principal -> new Principal("somebody", Set.of(), Map.of(), Set.of()));
    }

    private static Authenticator remembering(Authenticator real) {
      Map<String, Principal> known = new ConcurrentHashMap<>();
      return credentials ->
          Mono.defer(
              () -> {
                Principal principal =
                    credentials.cookies(COOKIE).size() == 1 ? known.get(secret(credentials)) : null;
                return principal == null
                    ? real.authenticate(credentials)
                        .doOnNext(found -> known.put(secret(credentials), found))
                    : Mono.just(principal);
              });
    }

    private static Authenticator few(Authenticator real) {
      AtomicInteger answers = new AtomicInteger();
      return credentials ->
          answers.incrementAndGet() > 32
              ? Mono.error(new UnauthenticatedException())
              : real.authenticate(credentials);
    }

    private static String secret(Credentials credentials) {
      return String.join("", credentials.cookies(COOKIE));
    }

    private static Credentials first(Credentials all) {
      return new Credentials() {
        @Override
        public List<String> headers(String name) {
          return all.headers(name);
        }

        @Override
        public List<String> cookies(String name) {
          return all.cookies(name).stream().limit(1).toList();
        }

        @Override
        public String clientAddress() {
          return all.clientAddress();
        }
      };
    }
  }

  /** The contract, run on the variant that is set. */
  @Tag("broken")
  static class Variant extends SessionAuthenticatorTest {

    private static Broken current = Broken.READS_WHEN_CALLED;

    @Override
    protected Subject newSubject() {
      Subject subject = super.newSubject();
      Authenticator broken = current.breaks.apply(subject.authenticator());
      return new Subject() {
        @Override
        public Authenticator authenticator() {
          return broken;
        }

        @Override
        public String name() {
          return subject.name();
        }

        @Override
        public Credentials valid() {
          return subject.valid();
        }

        @Override
        public Credentials withSecret(String secret) {
          return subject.withSecret(secret);
        }

        @Override
        public Credentials doubled() {
          return subject.doubled();
        }

        @Override
        public void revoke() {
          subject.revoke();
        }

        @Override
        public Authenticator elsewhere() {
          return subject.elsewhere();
        }

        @Override
        public void breakStore() {
          subject.breakStore();
        }
      };
    }
  }
}
