package dev.logdash.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.cache.PanelKey;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.tls.TrustedAuthorities;
import dev.logdash.testing.CapturedLogs;
import dev.logdash.testing.TestCertificates;
import dev.logdash.testing.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that speaks TLS alone, and asks who is there. */
@Timeout(60)
class SecuredRedisTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final PanelKey KEY = new PanelKey("ada", "count");
  private static final AttemptCounters.Counter ONCE =
      new AttemptCounters.Counter("ada", 5, Duration.ofSeconds(30));
  private static final String RIGHT = "open-Sesame-4711";
  private static final String WRONG = "wrong-Sesame-0815";

  // What the README names, and nothing more.
  private static final List<String> RIGHTS =
      List.of(
          "~logdash:*",
          "resetchannels",
          "&logdash:*",
          "+ping",
          "+get",
          "+set",
          "+mget",
          "+del",
          "+eval",
          "+incr",
          "+decr",
          "+pttl",
          "+pexpire",
          "+publish",
          "+subscribe",
          "+hello",
          "+client",
          "+auth",
          "+select");

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static TrustedAuthorities trust;
  private static RedisServer server;

  private CapturedLogs logs;

  @BeforeAll
  static void start() {
    certificates = TestCertificates.make(folder.resolve("tls"));
    trust = TrustedAuthorities.of(certificates.authority());
    server = RedisServer.startSecure(folder.resolve("redis"), certificates, settings());
  }

  private static String[] settings() {
    List<String> settings = new ArrayList<>(List.of("--requirepass", RIGHT));
    settings.addAll(List.of("--user", "logs", "on", ">" + RIGHT));
    settings.addAll(RIGHTS);
    settings.addAll(
        List.of("--user", "reader", "on", ">" + RIGHT, "~*", "+hello", "+client", "+get"));
    return settings.toArray(String[]::new);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    logs = CapturedLogs.of("io.lettuce", "io.netty", "dev.logdash");
  }

  @AfterEach
  void showsNoSecret() {
    logs.close();
    assertThat(logs.text()).doesNotContain(RIGHT, WRONG);
  }

  @Test
  void servesAUserOfTheServerAndOneOfAnAcl() {
    for (String user : List.of("", "logs")) {
      try (RedisBackend redis = backend(address(user, RIGHT), trust)) {
        redis.check().block(PATIENCE);
        redis.cache().get(KEY).block(PATIENCE);
        redis.cache().put(KEY, "panel of " + user, Duration.ofMinutes(1)).block(PATIENCE);

        assertThat(redis.cache().get(KEY).block(PATIENCE)).isEqualTo("panel of " + user);
        redis.cache().invalidate(KEY.scope()).block(PATIENCE);
        assertThat(redis.attempts().enter(List.of(ONCE), Duration.ofHours(1)).block(PATIENCE))
            .isEqualTo(Duration.ZERO);
        redis.attempts().clear(ONCE).block(PATIENCE);
      }
    }
  }

  @Test
  void saysThatThePasswordIsWrong() {
    refuses(address("", WRONG), trust, "refuses the user or the password");
    refuses(address("logs", WRONG), trust, "refuses the user or the password");
    refuses(server.uri(), trust, "refuses the user or the password");
  }

  @Test
  void saysThatTheUserMayTooLittle() {
    refuses(address("reader", RIGHT), trust, "the user may too little");
  }

  @Test
  void saysThatTheAuthorityIsNotTrusted() {
    refuses(
        address("", RIGHT),
        TrustedAuthorities.of(certificates.stranger()),
        "no trusted connection",
        "certification path",
        "certificate authority");
    refuses(address("", RIGHT), TrustedAuthorities.ofJava(), "no trusted connection");
  }

  @Test
  void saysThatTheNameIsNotInTheCertificate() {
    refuses(
        address("", RIGHT).replace("127.0.0.1", "localhost"),
        trust,
        "no trusted connection",
        "localhost");
  }

  @Test
  void saysWhichFileHasNoCertificate() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
    for (Path file : List.of(text, folder.resolve("missing.pem"))) {
      refuses(address("", RIGHT), TrustedAuthorities.of(file), file + " cannot be read");
    }
  }

  @Test
  void asksARedisThatRefusedNotAgainAtOnce() {
    try (RedisBackend redis =
        new RedisBackend(address("", WRONG), "logdash:", Duration.ofSeconds(5), trust)) {
      for (int i = 0; i < 100; i++) {
        assertThat(redis.cache().get(KEY).block(PATIENCE)).isNull();
      }

      assertThat(redis.statistics().failures()).isBetween(1L, 50L);
      assertThat(redis.statistics().skipped()).isGreaterThan(50);
    }
  }

  @Test
  void saysOfAnAddressThatIsNoneNoMoreThanThat() {
    for (String address :
        List.of(
            "rediss://logs:" + WRONG + "%@127.0.0.1:1",
            "rediss://logs:" + WRONG + " x@127.0.0.1:1",
            "http://logs:" + WRONG + "@127.0.0.1:1",
            "rediss://logs:" + WRONG + "@:x",
            "rediss://logs:" + WRONG + "#x@127.0.0.1:1",
            "rediss://logs:" + WRONG + "?x@127.0.0.1:1",
            "rediss://:" + WRONG + "/x@127.0.0.1:1")) {
      assertThatThrownBy(() -> new RedisBackend(address))
          .as(address)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rediss://")
          .satisfies(SecuredRedisTest::hasNoSecret);
    }
    new RedisBackend("rediss://logs:a@[::1]:1", trust).close();
    new RedisBackend("rediss://logs:a@[fe80::1:2%25eth0]:1", trust).close();
    assertThatThrownBy(() -> new RedisBackend("redis://127.0.0.1:1", trust))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rediss://");
  }

  /** Soon, for a person to mend, and with no secret in any message. */
  private static void refuses(String address, TrustedAuthorities whom, String... why) {
    long start = System.nanoTime();
    try (RedisBackend redis = backend(address, whom)) {
      assertThatThrownBy(() -> redis.check().block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .satisfies(
              failure -> {
                assertThat(failure.getMessage()).contains(why);
                hasNoSecret(failure);
              });
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  private static void hasNoSecret(Throwable failure) {
    assertThat(Throwables.getStackTrace(failure)).doesNotContain(RIGHT, WRONG);
  }

  private static RedisBackend backend(String address, TrustedAuthorities whom) {
    return new RedisBackend(address, "logdash:", Duration.ofSeconds(5), whom);
  }

  private static String address(String user, String password) {
    return server.uri().replace("://", "://" + user + ":" + password + "@");
  }
}
