package dev.logdash.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.logdash.api.alert.Notifier;
import dev.logdash.tck.MutableClock;
import dev.logdash.tck.Notifications;
import dev.logdash.tck.NotifierContract.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No secret is in any log, however much the host wants to hear. */
class SilenceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final NotifyPolicy POLICY = NotifyPolicy.allowing(List.of("localhost"));

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level level = root.getLevel();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Kept kept = new Kept();
  private final java.util.logging.Logger jul = LogManager.getLogManager().getLogger("");
  private final java.util.logging.Level julLevel = jul.getLevel();
  private final Handler[] julHandlers = jul.getHandlers();

  @BeforeEach
  void listen() {
    logged.list = new CopyOnWriteArrayList<>();
    logged.start();
    root.setLevel(Level.TRACE);
    root.addAppender(logged);
    for (Handler handler : julHandlers) {
      jul.removeHandler(handler);
    }
    jul.setLevel(java.util.logging.Level.ALL);
    jul.addHandler(kept);
  }

  @AfterEach
  void listenNoMore() {
    root.detachAppender(logged);
    root.setLevel(level);
    jul.removeHandler(kept);
    jul.setLevel(julLevel);
    for (Handler handler : julHandlers) {
      jul.addHandler(handler);
    }
  }

  @Test
  void logsNoSecretOfTheWeb() {
    for (Answer answer : List.of(Answer.TAKES, Answer.BROKEN, Answer.WRONG_KEY, Answer.HALF)) {
      try (HttpReceiver receiver = new HttpReceiver();
          Notifier notifier =
              new WebhookType(POLICY, MutableClock.atNoon())
                  .open(
                      Map.of(
                          "url", receiver.url(),
                          "secret", "canary-of-the-signature",
                          "authorization", "Bearer canary-of-the-header"))) {
        receiver.answer = answer;
        tell(notifier);
        receiver.stop();
        tell(notifier);
      }
    }

    assertSilent();
  }

  @Test
  void logsNoSecretOfMail() {
    for (Answer answer : List.of(Answer.TAKES, Answer.BROKEN, Answer.WRONG_KEY, Answer.HALF)) {
      try (SmtpReceiver receiver = new SmtpReceiver(Certificates.of(Certificates.LOCALHOST));
          Notifier notifier =
              new EmailType(POLICY)
                  .open(
                      Map.of(
                          "host", "localhost",
                          "port", Integer.toString(receiver.port()),
                          "username", "ada",
                          "password", "canary-of-the-password",
                          "from", "logdash@example.com",
                          "to", "ops@example.com"))) {
        // The log of the mail library has what a server answers, where a host turns it on.
        receiver.echoes = false;
        receiver.answer = answer;
        tell(notifier);
        receiver.stop();
        tell(notifier);
      }
    }

    // The mail library does talk, so that this hears it.
    assertThat(kept.records).isNotEmpty();
    assertSilent();
  }

  private static void tell(Notifier notifier) {
    Throwable failure =
        catchThrowable(() -> notifier.deliver(Notifications.firing("n-1")).block(PATIENCE));
    assertThat(String.valueOf(failure)).doesNotContain("canary");
  }

  private void assertSilent() {
    for (ILoggingEvent event : logged.list) {
      assertThat(event.getFormattedMessage()).doesNotContain("canary");
      if (event.getThrowableProxy() != null) {
        assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy())).doesNotContain("canary");
      }
    }
    String base64 = java.util.Base64.getEncoder().encodeToString("\0ada\0canary".getBytes());
    assertThat(kept.records)
        .noneMatch(record -> record.contains("canary"))
        .noneMatch(record -> record.contains(base64.substring(0, 12)));
  }

  private static final class Kept extends Handler {

    private final List<String> records = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord record) {
      records.add(new SimpleFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
