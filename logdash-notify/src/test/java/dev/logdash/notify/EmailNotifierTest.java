package dev.logdash.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.logdash.api.alert.Notification;
import dev.logdash.api.alert.Notifier;
import dev.logdash.api.error.BackendException;
import dev.logdash.tck.Notifications;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmailNotifierTest {

  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final NotifyPolicy POLICY = NotifyPolicy.allowing(List.of("127.0.0.1"));

  private GreenMail server;

  @BeforeEach
  void start() {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void putsWhatFiresAndWhatIsResolvedIntoOneThread() throws MessagingException {
    try (Notifier notifier = open(server.getSmtp().getPort(), Map.of("to", "a@example.com"))) {
      notifier.deliver(Notifications.firing("n-1")).block(PATIENCE);
      notifier.deliver(Notifications.firing("n-1")).block(PATIENCE);
      notifier.deliver(Notifications.resolved("n-2")).block(PATIENCE);
    }

    MimeMessage[] messages = server.getReceivedMessages();
    assertThat(messages).hasSize(3);
    assertThat(messages[0].getSubject())
        .isEqualTo("[FIRING] checkout errors: error rate > 5 % in 5m (12.4 %) · route = /pay");
    assertThat(messages[2].getSubject()).startsWith("[RESOLVED] checkout errors");
    assertThat(messages[0].getMessageID()).isEqualTo("<n-1.notification@example.com>");
    assertThat(messages[1].getMessageID()).isEqualTo(messages[0].getMessageID());
    assertThat(messages[2].getMessageID()).isEqualTo("<n-2.notification@example.com>");
    for (String header : List.of("References", "In-Reply-To")) {
      assertThat(messages[0].getHeader(header, null))
          .matches("<[0-9a-f]{32}\\.episode@example\\.com>")
          .isEqualTo(messages[2].getHeader(header, null));
    }
    assertThat(messages[0].getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(messages[0].getSentDate()).isEqualTo(Date.from(Notifications.firing("n-1").at()));
  }

  @Test
  void writesTextAndAPage() throws MessagingException, IOException {
    try (Notifier notifier = open(server.getSmtp().getPort(), Map.of())) {
      notifier.deliver(Notifications.resolved("n-1")).block(PATIENCE);
    }

    MimeMessage[] messages = server.getReceivedMessages();
    // One copy for each receiver.
    assertThat(messages).hasSize(2);
    assertThat(messages[0].getContentType()).startsWith("multipart/alternative");
    MimeMultipart parts = (MimeMultipart) messages[0].getContent();
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(parts.getBodyPart(0).getContent().toString())
        .contains("It is over since")
        .contains("after 5 min 0 s")
        .contains("Matching events: 1,234");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("prefers-color-scheme: dark")
        .contains("href=\"https://logs.example.com/explore?q=level:error&amp;from=1&amp;to=2\"");
  }

  @Test
  void sendsByImplicitTlsWithAPassword() throws MessagingException {
    String before = System.getProperty("greenmail.tls.keystore.file");
    assertThat(before).isNull();
    String store = getClass().getResource("/certificates/localhost.p12").getPath();
    System.setProperty("greenmail.tls.keystore.file", store);
    System.setProperty("greenmail.tls.keystore.password", "changeit");
    System.setProperty("greenmail.tls.key.password", "changeit");
    GreenMail secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    secure.start();
    secure.setUser("ops@example.com", "ada", "right-password");
    Map<String, String> settings =
        Map.of("security", "tls", "username", "ada", "password", "right-password");
    Map<String, String> wrong =
        Map.of("security", "tls", "username", "ada", "password", "wrong-password");
    int port = secure.getSmtps().getPort();
    try (Notifier right = open(port, settings);
        Notifier other = open(port, wrong)) {
      right.deliver(Notifications.firing("n-1")).block(PATIENCE);

      assertThat(secure.getReceivedMessages()).hasSize(2);
      assertThat(failure(other)).isInstanceOf(BackendException.Misconfigured.class);
    } finally {
      secure.stop();
      System.clearProperty("greenmail.tls.keystore.file");
      System.clearProperty("greenmail.tls.keystore.password");
      System.clearProperty("greenmail.tls.key.password");
    }
  }

  @Test
  void tellsTheOthersWhenOneReceiverIsRefused() {
    try (SmtpReceiver receiver = new SmtpReceiver(null);
        Notifier notifier = open(receiver.port(), Map.of())) {
      receiver.refused = "b@example.com";

      assertThat(failure(notifier))
          .isInstanceOf(BackendException.Rejected.class)
          .hasMessageContaining("1 of 2 receivers");
      assertThat(receiver.received).hasSize(1);

      receiver.refusal = 450;
      assertThat(failure(notifier)).isInstanceOf(BackendException.Unavailable.class);
    }
  }

  @Test
  void saysWhenAServerWantsToKnowWhoSends() {
    try (SmtpReceiver receiver = new SmtpReceiver(null);
        Notifier notifier = open(receiver.port(), Map.of())) {
      receiver.refused = "example.com";
      receiver.refusal = 530;

      assertThat(failure(notifier)).isInstanceOf(BackendException.Misconfigured.class);
    }
  }

  @Test
  void writesNothingThatEndsTheMessageEarly() throws MessagingException {
    Notification notification = Notifications.withText("n-1", "\n.\r\n.\r\nMAIL FROM:<x@y.z>\r\n");
    try (SmtpReceiver receiver = new SmtpReceiver(null);
        Notifier notifier = open(receiver.port(), Map.of())) {
      notifier.deliver(notification).block(PATIENCE);

      assertThat(receiver.received).hasSize(1);
      assertThat(receiver.commands)
          .containsExactly(
              "EHLO example.com",
              "MAIL FROM:<logdash@example.com>",
              "RCPT TO:<a@example.com>",
              "RCPT TO:<b@example.com>",
              "DATA");
    }
  }

  private static Notifier open(int port, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("host", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    settings.put("security", "none");
    settings.put("from", "logdash@example.com");
    settings.put("to", "a@example.com, b@example.com");
    settings.putAll(more);
    return new EmailType(POLICY).open(settings);
  }

  private static Throwable failure(Notifier notifier) {
    return catchThrowable(() -> notifier.deliver(Notifications.firing("n-1")).block(PATIENCE));
  }
}
