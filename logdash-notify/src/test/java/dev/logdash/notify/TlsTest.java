package dev.logdash.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.logdash.api.alert.Notifier;
import dev.logdash.api.error.BackendException;
import dev.logdash.tck.MutableClock;
import dev.logdash.tck.Notifications;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is told who does not show a certificate for the name that is set. */
class TlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final NotifyPolicy POLICY = NotifyPolicy.allowing(List.of("localhost"));

  @ParameterizedTest
  @ValueSource(strings = {Certificates.ELSEWHERE, Certificates.EXPIRED, Certificates.UNKNOWN})
  void postsNothingBehindAWrongCertificate(String certificate) {
    try (HttpReceiver receiver = new HttpReceiver(Certificates.of(certificate));
        Notifier notifier =
            new WebhookType(POLICY, MutableClock.atNoon()).open(Map.of("url", receiver.url()))) {

      assertThat(failure(notifier))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("certificate of localhost");
      assertThat(receiver.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Certificates.ELSEWHERE, Certificates.EXPIRED, Certificates.UNKNOWN})
  void signsInNowhereBehindAWrongCertificate(String certificate) {
    try (SmtpReceiver receiver = new SmtpReceiver(Certificates.of(certificate));
        Notifier notifier = email(receiver, Map.of("username", "ada", "password", "secret"))) {

      assertThat(failure(notifier))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("certificate of localhost");
      assertThat(receiver.commands).containsExactly("EHLO example.com", "STARTTLS");
    }
  }

  @Test
  void signsInNowhereWithoutStartTls() {
    try (SmtpReceiver receiver = new SmtpReceiver(null);
        Notifier notifier = email(receiver, Map.of("username", "ada", "password", "secret"))) {

      assertThat(failure(notifier))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("no STARTTLS");
      assertThat(receiver.commands).containsExactly("EHLO example.com");
    }
  }

  @Test
  void saysThatAPortSpeaksNoTls() {
    try (HttpReceiver receiver = new HttpReceiver();
        Notifier notifier =
            new SlackType(POLICY)
                .open(Map.of("url", receiver.url().replace("http://", "https://")))) {

      assertThat(failure(notifier)).isInstanceOf(BackendException.Unavailable.class);
      assertThat(receiver.requests).isEmpty();
    }
  }

  private static Notifier email(Receiver receiver, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("host", "localhost");
    settings.put("port", Integer.toString(receiver.port()));
    settings.put("from", "logdash@example.com");
    settings.put("to", "ops@example.com");
    return new EmailType(POLICY).open(settings);
  }

  private static Throwable failure(Notifier notifier) {
    return catchThrowable(() -> notifier.deliver(Notifications.firing("n-1")).block(PATIENCE));
  }
}
