package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Credentials;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.error.UnauthenticatedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What every {@link Authenticator} promises. */
public abstract class AuthenticatorContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Subject subject;

  /** An authenticator with its surroundings. */
  public interface Subject {

    Authenticator authenticator();

    /** The name of the principal that {@link #valid} stands for. */
    String name();

    /** A request that is let in. */
    Credentials valid();

    /** The same request with another secret in the place of the right one; may be any text. */
    Credentials withSecret(String secret);

    /** The request with its credentials twice. */
    Credentials doubled();

    /** Withdraws the right of {@link #valid}. */
    void revoke();

    /** Another authenticator over the same store. */
    Authenticator elsewhere();

    /** Makes the store fail from now on. */
    void breakStore();
  }

  /** A new subject, with nothing revoked and nothing broken. */
  protected abstract Subject newSubject();

  @BeforeEach
  final void open() {
    subject = newSubject();
  }

  @Test
  final void saysWhoAsks() {
    assertThat(ask(subject.valid()).name()).isEqualTo(subject.name());
  }

  @Test
  final void leavesRequestsWithoutCredentialsToOthers() {
    Mono<Principal> answer = subject.authenticator().authenticate(TestCredentials.none());

    assertThat(answer.blockOptional(PATIENCE)).isEmpty();
  }

  @Test
  final void refusesEveryWrongSecretInTheSameWordsAndWithoutTheSecret() {
    for (String secret : wrongSecrets()) {
      Throwable refusal = catchThrowable(() -> ask(subject.withSecret(secret)));

      assertThat(refusal).as(secret).isInstanceOf(UnauthenticatedException.class);
      assertThat(refusal).hasMessage(new UnauthenticatedException().getMessage()).hasNoCause();
      assertThat(refusal.getStackTrace()).isEmpty();
    }
  }

  @Test
  final void refusesCredentialsThatComeTwice() {
    assertThatThrownBy(() -> ask(subject.doubled())).isInstanceOf(UnauthenticatedException.class);
  }

  @Test
  final void readsNothingBeforeSubscription() {
    AtomicInteger reads = new AtomicInteger();
    Credentials valid = subject.valid();
    Mono<Principal> answer =
        subject.authenticator().authenticate(TestCredentials.counting(valid, reads));

    assertThat(reads).hasValue(0);

    assertThat(answer.block(PATIENCE)).isNotNull();
    assertThat(reads.get()).isPositive();
  }

  @Test
  final void refusesWhatWasRevokedFromThenOnWhereverItWasRevoked() {
    ask(subject.valid());
    subject.elsewhere().authenticate(subject.valid()).block(PATIENCE);

    subject.revoke();

    assertThatThrownBy(() -> ask(subject.valid())).isInstanceOf(UnauthenticatedException.class);
    assertThatThrownBy(() -> subject.elsewhere().authenticate(subject.valid()).block(PATIENCE))
        .isInstanceOf(UnauthenticatedException.class);
  }

  @Test
  final void letsNobodyInWhenTheStoreFails() {
    subject.breakStore();

    assertThatThrownBy(() -> ask(subject.valid())).isInstanceOf(BackendException.class);
  }

  @Test
  final void answersManyAtOnce() {
    Credentials valid = subject.valid();

    List<String> names =
        Flux.range(0, 64)
            .flatMap(
                i ->
                    subject
                        .authenticator()
                        .authenticate(valid)
                        .map(Principal::name)
                        .subscribeOn(Schedulers.parallel()))
            .collectList()
            .block(PATIENCE);

    assertThat(names).hasSize(64);
    assertThat(names.stream().distinct()).hasSize(1);
  }

  private Principal ask(Credentials credentials) {
    Principal principal = subject.authenticator().authenticate(credentials).block(PATIENCE);
    assertThat(principal).as("an answer").isNotNull();
    return principal;
  }

  private static List<String> wrongSecrets() {
    List<String> secrets = new ArrayList<>();
    secrets.add("");
    secrets.add(" ");
    secrets.add("A".repeat(43));
    secrets.add("A".repeat(1 << 20));
    secrets.add("../../auth/user/ada");
    secrets.add("*");
    secrets.add("{\"$gt\":\"\"}");
    secrets.add("\u0000\r\nX: y");
    secrets.add("\ud800");
    secrets.add("é日本");
    return secrets;
  }
}
