package dev.logdash.core.auth;

import static dev.logdash.core.auth.Access.AWAY;
import static dev.logdash.core.auth.Access.HOME;
import static dev.logdash.core.auth.Access.PASSWORD;
import static dev.logdash.core.auth.Access.PATIENCE;
import static dev.logdash.core.auth.Access.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.Grant;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.error.UnauthenticatedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserAuthenticationManagerTest {

  private final BreakableStore store = new BreakableStore();
  private final Access access = new Access(store);

  @BeforeEach
  void addAda() {
    access.add("ada", Grant.of("viewer"));
  }

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void signsInByNameWhateverItsCase() {
    SignIn result = access.tryToSignIn(" Ada", PASSWORD, HOME);

    assertThat(result).isInstanceOf(SignIn.Granted.class);
    assertThat(((SignIn.Granted) result).principal().may(Permission.SEARCH)).isTrue();
  }

  @Test
  void comparesPasswordsExactly() {
    for (String wrong :
        List.of("", PASSWORD + " ", ' ' + PASSWORD, PASSWORD.toUpperCase(Locale.ROOT))) {
      assertThat(access.tryToSignIn("ada", wrong, HOME)).isEqualTo(new SignIn.Refused());
    }
  }

  @Test
  void answersTheSameAfterTheSameWorkWhetherUserPasswordOrStateIsWrong() {
    get(access.authentication().setDisabled(access.root, "ada", true));
    access.add("bob", Grant.of("viewer"));
    String[][] attempts = {
      {"ada", PASSWORD}, {"bob", "wrong password 1"}, {"nobody", PASSWORD}, {"a/../b", PASSWORD}
    };

    for (String[] attempt : attempts) {
      int hashes = access.hasher.hashes.get();
      int verifications = access.hasher.verifications.get();

      assertThat(access.tryToSignIn(attempt[0], attempt[1], HOME)).isEqualTo(new SignIn.Refused());

      assertThat(access.hasher.verifications.get() - verifications).as(attempt[0]).isEqualTo(1);
      assertThat(access.hasher.hashes.get() - hashes).as(attempt[0]).isZero();
    }
  }

  @Test
  void givesANewTokenOf32BytesForEachSession() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      tokens.add(access.signIn("ada"));
    }

    assertThat(tokens).hasSize(100).allMatch(token -> token.matches("[A-Za-z0-9_-]{43}"));
  }

  @Test
  void storesNeitherTokenNorPassword() {
    String token = access.signIn("ada");

    assertThat(store.list("", "", 1_000).collectList().block(PATIENCE))
        .isNotEmpty()
        .noneMatch(
            document ->
                (document.key() + document.body()).contains(token)
                    || document.body().contains(PASSWORD));
    assertThat(new SignIn.Granted(token, access.root.principal()).toString()).doesNotContain(token);
  }

  @Test
  void endsASessionThatIsNotUsedFor30Minutes() {
    String token = access.signIn("ada");
    for (int i = 0; i < 10; i++) {
      access.clock.advance(Duration.ofMinutes(28));
      assertThat(get(access.authentication().principal(token)).name()).isEqualTo("ada");
    }

    access.clock.advance(Duration.ofMinutes(30));

    assertNobody(token);
  }

  @Test
  void endsASessionAfter12HoursHoweverItIsUsed() {
    String token = access.signIn("ada");
    for (int minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
      access.clock.advance(Duration.ofMinutes(10));
      get(access.authentication().principal(token));
    }

    access.clock.advance(Duration.ofMinutes(10));

    assertNobody(token);
  }

  @Test
  void writesASessionAtMostOnceAMinute() {
    String token = access.signIn("ada");
    long version = sessionVersion();
    for (int i = 0; i < 59; i++) {
      access.clock.advance(Duration.ofSeconds(1));
      get(access.authentication().principal(token));
    }

    assertThat(sessionVersion()).isEqualTo(version);

    access.clock.advance(Duration.ofSeconds(1));
    get(access.authentication().principal(token));
    assertThat(sessionVersion()).isGreaterThan(version);
  }

  @Test
  void endsEverySessionEverywhereAtOnceWhenAnythingAboutTheUserChanges() {
    UserAuthenticationManager elsewhere = access.open(2).authentication();
    Map<String, Runnable> changes =
        Map.of(
            "password",
            () -> get(access.authentication().setPassword(access.root, "ada", "another password")),
            "disabled",
            () -> get(access.authentication().setDisabled(access.root, "ada", true)),
            "grants",
            () ->
                get(
                    access
                        .control
                        .authorization()
                        .setGrants(access.root, "ada", List.of(Grant.of("analyst")))),
            "removed",
            () -> get(access.authentication().removeUser(access.root, "ada")));

    changes.forEach(
        (name, change) -> {
          get(access.authentication().removeUser(access.root, "ada"));
          addAda();
          String one = access.signIn("ada");
          String two = access.signIn("ada");
          get(elsewhere.principal(one));
          get(elsewhere.principal(two));

          change.run();

          for (String token : List.of(one, two)) {
            assertNobody(token);
            assertThatThrownBy(() -> get(elsewhere.principal(token)))
                .as(name)
                .isInstanceOf(UnauthenticatedException.class);
          }
        });
  }

  @Test
  void doesNotReviveTheSessionsOfAUserThatWasRemovedAndAddedAgain() {
    String token = access.signIn("ada");
    get(access.authentication().removeUser(access.root, "ada"));
    access.clock.advance(Duration.ofSeconds(1));

    addAda();

    assertNobody(token);
  }

  @Test
  void letsASessionLiveThatAnotherRequestTouchesMeanwhile() {
    String token = access.signIn("ada");
    access.clock.advance(Duration.ofMinutes(2));
    store.afterRead("auth/session/", () -> get(access.authentication().principal(token)));

    assertThat(get(access.authentication().principal(token)).name()).isEqualTo("ada");
  }

  @Test
  void doesNotReviveASessionThatEndsWhileItIsTouched() {
    String token = access.signIn("ada");
    access.clock.advance(Duration.ofMinutes(2));
    store.afterRead(
        "auth/session/", () -> access.authentication().signOut(token, HOME).block(PATIENCE));

    assertNobody(token);
    assertThat(store.list("auth/session/", "", 10).collectList().block(PATIENCE)).isEmpty();
  }

  @Test
  void endsOneSessionAtSignOut() {
    String one = access.signIn("ada");
    String two = access.signIn("ada");

    access.authentication().signOut(one, HOME).block(PATIENCE);

    assertNobody(one);
    assertThat(get(access.authentication().principal(two)).name()).isEqualTo("ada");
  }

  @Test
  void givesANewSessionWhenSomebodyChangesTheirPassword() {
    String old = access.signIn("ada");
    String other = access.signIn("ada");

    SignIn result =
        get(access.authentication().changePassword(old, PASSWORD, "a new password", HOME));

    assertThat(result).isInstanceOf(SignIn.Granted.class);
    assertNobody(old);
    assertNobody(other);
    String token = ((SignIn.Granted) result).token();
    assertThat(get(access.authentication().principal(token)).name()).isEqualTo("ada");
    assertThat(access.tryToSignIn("ada", PASSWORD, HOME)).isEqualTo(new SignIn.Refused());
  }

  @Test
  void changesNoPasswordWithoutTheOldOne() {
    String token = access.signIn("ada");

    SignIn result =
        get(access.authentication().changePassword(token, "wrong wrong", "a new password", HOME));

    assertThat(result).isEqualTo(new SignIn.Refused());
    assertThat(get(access.authentication().principal(token)).name()).isEqualTo("ada");
  }

  @Test
  void renewsAHashOfOldParametersAtSignInAndKeepsTheSessions() {
    String before = access.signIn("ada");
    access.hasher.useVersion("v2");

    access.signIn("ada");

    assertThat(get(store.get("auth/user/ada")).body()).contains("v2:");
    assertThat(get(access.authentication().principal(before)).name()).isEqualTo("ada");
    int hashes = access.hasher.hashes.get();
    access.signIn("ada");
    assertThat(access.hasher.hashes).hasValue(hashes);
  }

  @Test
  void hashesTwoPasswordsAtOnceHoweverManySignInAndSendsTheSurplusAway() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    access.hasher.waitFor(gate);
    List<CompletableFuture<SignIn>> attempts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      // Of as many networks, so that it is not the throttle that holds them back.
      attempts.add(access.authentication().signIn("ada" + i, PASSWORD, "10.0.0." + i).toFuture());
    }
    long sentAway = attempts.stream().filter(CompletableFuture::isDone).count();
    int places = Passwords.CONCURRENT + Passwords.CONCURRENT * Passwords.WAITING;
    assertThat(sentAway).isGreaterThanOrEqualTo(200 - places).isLessThan(200);

    gate.countDown();

    int later = 0;
    for (CompletableFuture<SignIn> attempt : attempts) {
      later += attempt.get(20, TimeUnit.SECONDS) instanceof SignIn.Later ? 1 : 0;
    }
    assertThat(later).isEqualTo((int) sentAway);
    assertThat(access.hasher.most.get()).isLessThanOrEqualTo(Passwords.CONCURRENT);
  }

  @Test
  void letsNobodyInWhileAnyPartOfTheStoreFails() {
    String token = access.signIn("ada");
    for (String part : List.of("auth/user/", "auth/session/", "auth/audit")) {
      store.breakKeys(key -> key.startsWith(part));
      assertThatThrownBy(() -> access.tryToSignIn("ada", PASSWORD, HOME))
          .as(part)
          .isInstanceOf(BackendException.class);
    }
    store.breakKeys(key -> key.startsWith("auth/user/"));
    assertThatThrownBy(() -> get(access.authentication().principal(token)))
        .isInstanceOf(BackendException.class);

    store.breakKeys(key -> false);

    assertThat(get(access.authentication().principal(token)).name()).isEqualTo("ada");
  }

  @Test
  void changesNothingThatCannotBeRecorded() {
    store.breakKeys(key -> key.startsWith("auth/audit"));

    assertThatThrownBy(() -> access.add("bob", Grant.of("admin")))
        .isInstanceOf(BackendException.class);
    assertThatThrownBy(() -> get(access.authentication().setDisabled(access.root, "ada", true)))
        .isInstanceOf(BackendException.class);

    store.breakKeys(key -> false);
    assertThat(access.tryToSignIn("bob", PASSWORD, HOME)).isEqualTo(new SignIn.Refused());
    access.signIn("ada");
  }

  @Test
  void refusesNamesPasswordsGrantsAndScopesThatAreNone() {
    assertRefused("a/b", PASSWORD, Grant.of("viewer"), IllegalArgumentException.class);
    assertRefused("ada", PASSWORD, Grant.of("viewer"), IllegalArgumentException.class);
    assertRefused("bob", "x".repeat(11), Grant.of("viewer"), IllegalArgumentException.class);
    assertRefused("bob", "x".repeat(1_025), Grant.of("viewer"), IllegalArgumentException.class);
    assertRefused("bob", "aaaaaaaaaaaaaaaa", Grant.of("viewer"), IllegalArgumentException.class);
    assertRefused("bob", PASSWORD, Grant.of("king"), IllegalArgumentException.class);
    assertRefused("bob", PASSWORD, new Grant("viewer", "a:("), QuerySyntaxException.class);
  }

  @Test
  void takesPasswordsOfAnyCharactersUpTo1024() {
    String longest = "日é \u0000🚀".repeat(200).substring(0, 1_024);
    get(access.authentication().addUser(access.root, "bob", longest, List.of()));

    assertThat(access.tryToSignIn("bob", longest, HOME)).isInstanceOf(SignIn.Granted.class);
    assertThat(access.tryToSignIn("bob", longest.substring(0, 1_023), HOME))
        .isEqualTo(new SignIn.Refused());
  }

  @Test
  void keepsTheLastAdministrator() {
    UserAuthenticationManager users = access.authentication();
    UserAuthorizationManager roles = access.control.authorization();
    assertThatThrownBy(() -> get(users.removeUser(access.root, "root")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> get(users.setDisabled(access.root, "root", true)))
        .isInstanceOf(IllegalStateException.class);
    List<Grant> narrower = List.of(new Grant("admin", "service:x"));
    assertThatThrownBy(() -> get(roles.setGrants(access.root, "root", narrower)))
        .isInstanceOf(IllegalStateException.class);

    access.add("eve", Grant.of("admin"));

    assertThat(get(users.removeUser(access.root, "root"))).isTrue();
  }

  @Test
  void letsOnlyAdministratorsOfAllLogsChangeUsers() {
    Actor scoped =
        new Actor(access.principal("mallory", new Grant("admin", "service:checkout")), HOME);
    Actor analyst = new Actor(access.principal("bob", Grant.of("analyst")), HOME);
    for (Actor actor : List.of(scoped, analyst)) {
      UserAuthenticationManager users = access.authentication();
      assertDenied(() -> get(users.addUser(actor, "x", PASSWORD, List.of())));
      assertDenied(() -> get(users.setPassword(actor, "ada", PASSWORD)));
      assertDenied(() -> get(users.setDisabled(actor, "ada", true)));
      assertDenied(() -> get(users.removeUser(actor, "ada")));
      assertDenied(() -> users.users(actor).blockLast(PATIENCE));
      assertDenied(
          () ->
              get(
                  access
                      .control
                      .authorization()
                      .setGrants(actor, "ada", List.of(Grant.of("admin")))));
      assertDenied(() -> get(access.control.apiKeys().create(actor, "x", "default")));
    }
  }

  @Test
  void recordsWhoDidWhatFromWhereAndNoSecret() {
    access.tryToSignIn("ada", "not the password", AWAY);
    access.tryToSignIn("my-secret-in-the-wrong-box", PASSWORD, AWAY);
    String token = access.signIn("ada");
    access.authentication().signOut(token, HOME).block(PATIENCE);
    get(access.authentication().setDisabled(access.root, "ada", true));

    List<AuditLog.Entry> entries = access.audited();

    assertThat(entries)
        .contains(
            new AuditLog.Entry(AuditLog.Action.SIGN_IN_REFUSED, "", AWAY, "ada", ""),
            new AuditLog.Entry(AuditLog.Action.SIGN_IN_REFUSED, "", AWAY, "", ""),
            new AuditLog.Entry(AuditLog.Action.SIGNED_IN, "ada", HOME, "ada", ""),
            new AuditLog.Entry(AuditLog.Action.SIGNED_OUT, "ada", HOME, "ada", ""),
            new AuditLog.Entry(AuditLog.Action.USER_DISABLED, "root", HOME, "ada", ""));
    assertThat(entries.toString())
        .doesNotContain("password", "wrong-box", token, "v1:")
        .doesNotContain(PASSWORD);
  }

  @Test
  void removesTheDocumentsOfEndedSessions() {
    access.signIn("ada");
    access.clock.advance(Duration.ofMinutes(20));
    String fresh = access.signIn("ada");
    access.clock.advance(Duration.ofMinutes(15));

    assertThat(get(access.authentication().sweepSessions())).isEqualTo(1);
    assertThat(get(access.authentication().principal(fresh)).name()).isEqualTo("ada");
  }

  private long sessionVersion() {
    return get(store.list("auth/session/", "", 1).next()).version();
  }

  private void assertNobody(String token) {
    assertThatThrownBy(() -> get(access.authentication().principal(token)))
        .isInstanceOf(UnauthenticatedException.class);
  }

  private void assertRefused(
      String name, String password, Grant grant, Class<? extends Throwable> refusal) {
    assertThatThrownBy(
            () -> get(access.authentication().addUser(access.root, name, password, List.of(grant))))
        .isInstanceOf(refusal);
  }

  private static void assertDenied(Runnable action) {
    assertThatThrownBy(action::run).isInstanceOf(AccessDeniedException.class);
  }
}
