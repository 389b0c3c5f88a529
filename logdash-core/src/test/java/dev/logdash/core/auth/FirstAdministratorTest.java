package dev.logdash.core.auth;

import static dev.logdash.core.auth.Access.HOME;
import static dev.logdash.core.auth.Access.PASSWORD;
import static dev.logdash.core.auth.Access.PATIENCE;
import static dev.logdash.core.auth.Access.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.Permission;
import dev.logdash.core.memory.InMemoryDocumentStore;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstAdministratorTest {

  private final InMemoryDocumentStore store = new InMemoryDocumentStore();
  private final MutableClock clock = MutableClock.atNoon();
  private final AccessControl control = open(1);
  private final FirstAdministrator first = control.firstAdministrator();

  @AfterEach
  void close() {
    control.close();
  }

  @Test
  void letsNobodyInBeforeItIsDone() {
    assertThat(get(first.isMissing())).isTrue();
    for (String name : List.of("admin", "root", "logdash", "")) {
      for (String password : List.of("admin", "password", "", "logdash")) {
        assertThat(get(control.authentication().signIn(name, password, "10.0.0.1")))
            .isNotInstanceOf(SignIn.Granted.class);
        clock.advance(Duration.ofHours(2));
      }
    }
  }

  @Test
  void makesAnAdministratorOfWhoeverHasTheCode() {
    String code = get(first.offer());

    assertThat(code).matches("[A-Za-z0-9_-]{27}");
    SignIn result = get(first.complete(code, "Ada", PASSWORD, HOME));

    assertThat(result).isInstanceOf(SignIn.Granted.class);
    SignIn.Granted granted = (SignIn.Granted) result;
    assertThat(granted.principal().mayEverywhere(Permission.USERS)).isTrue();
    assertThat(get(control.authentication().principal(granted.token())).name()).isEqualTo("ada");
    assertThat(get(first.isMissing())).isFalse();
    assertThat(first.offer().blockOptional(PATIENCE)).isEmpty();
  }

  @Test
  void takesACodeOnce() {
    String code = get(first.offer());
    get(first.complete(code, "ada", PASSWORD, HOME));

    assertThat(get(first.complete(code, "eve", PASSWORD, HOME))).isEqualTo(new SignIn.Refused());
  }

  @Test
  void makesOneAdministratorOfManyWhoUseTheCodeAtOnce() throws Exception {
    String code = get(first.offer());
    AccessControl elsewhere = open(2);
    List<CompletableFuture<SignIn>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      FirstAdministrator one = i % 2 == 0 ? first : elsewhere.firstAdministrator();
      attempts.add(one.complete(code, "user" + i, PASSWORD, "10.0.0." + i).toFuture());
    }
    int granted = 0;
    for (CompletableFuture<SignIn> attempt : attempts) {
      granted += attempt.get(20, TimeUnit.SECONDS) instanceof SignIn.Granted ? 1 : 0;
    }
    elsewhere.close();

    assertThat(granted).isEqualTo(1);
    assertThat(store.list("auth/user/", "", 10).count().block(PATIENCE)).isEqualTo(1);
  }

  @Test
  void takesACodeForHalfAnHour() {
    String code = get(first.offer());
    clock.advance(Duration.ofMinutes(30));

    assertThat(get(first.complete(code, "ada", PASSWORD, HOME))).isEqualTo(new SignIn.Refused());

    String another = get(first.offer());
    clock.advance(Duration.ofMinutes(29));
    assertThat(get(first.complete(another, "ada", PASSWORD, HOME)))
        .isInstanceOf(SignIn.Granted.class);
  }

  @Test
  void takesOnlyTheNewestCode() {
    String old = get(first.offer());
    String code = get(first.offer());

    assertThat(get(first.complete(old, "ada", PASSWORD, HOME))).isEqualTo(new SignIn.Refused());
    assertThat(get(first.complete("", "ada", PASSWORD, HOME))).isEqualTo(new SignIn.Refused());
    assertThat(get(first.complete(code, "ada", PASSWORD, HOME))).isInstanceOf(SignIn.Granted.class);
  }

  @Test
  void keepsTheCodeWhenNameOrPasswordAreNotAcceptable() {
    String code = get(first.offer());
    assertThatThrownBy(() -> get(first.complete(code, "ada", "short", HOME)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(get(first.complete(code, "ada", PASSWORD, HOME))).isInstanceOf(SignIn.Granted.class);
  }

  @Test
  void storesTheHashOfTheCodeAlone() {
    String code = get(first.offer());

    assertThat(store.list("", "", 100).collectList().block(PATIENCE))
        .isNotEmpty()
        .noneMatch(document -> document.body().contains(code));
  }

  private AccessControl open(long seed) {
    return new AccessControl(
        store, new CountingHasher(), AccessSettings.DEFAULTS, clock, new Random(seed));
  }
}
