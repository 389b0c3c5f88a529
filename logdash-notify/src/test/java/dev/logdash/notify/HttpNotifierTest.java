package dev.logdash.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.logdash.api.alert.Notifier;
import dev.logdash.api.error.BackendException;
import dev.logdash.tck.Notifications;
import dev.logdash.tck.NotifierContract.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same for everything that is told by HTTP. */
class HttpNotifierTest {

  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final AtomicLong nanos = new AtomicLong();
  private final HttpReceiver receiver = new HttpReceiver();
  private final Notifier notifier = open(receiver.url());

  @AfterEach
  void close() {
    notifier.close();
    receiver.close();
  }

  @ParameterizedTest
  @CsvSource({
    "301, Misconfigured",
    "302, Misconfigured",
    "307, Misconfigured",
    "304, Misconfigured",
    "400, Rejected",
    "401, Misconfigured",
    "403, Misconfigured",
    "404, Misconfigured",
    "405, Rejected",
    "407, Misconfigured",
    "408, Unavailable",
    "410, Misconfigured",
    "413, Rejected",
    "422, Rejected",
    "425, Unavailable",
    "429, Overloaded",
    "499, Rejected",
    "500, Unavailable",
    "502, Unavailable",
    "503, Unavailable",
    "504, Unavailable",
    "599, Unavailable"
  })
  void sortsAnswersByWhatHelps(int status, String kind) {
    receiver.reply = HttpReceiver.answer(status, "no", "Location: http://localhost:1/");

    Throwable failure = failure("n-1");

    assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(Integer.toString(status)).hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void isContentWithAnySuccess(int status) {
    receiver.reply = HttpReceiver.answer(status, "");

    notifier.deliver(Notifications.firing("n-1")).block(PATIENCE);

    assertThat(receiver.requests).hasSize(1);
  }

  @Test
  void followsNoRedirect() {
    try (HttpReceiver other = new HttpReceiver()) {
      receiver.reply = HttpReceiver.answer(307, "", "Location: " + other.url());

      assertThat(failure("n-1")).isInstanceOf(BackendException.Misconfigured.class);

      assertThat(other.connections).hasValue(0);
    }
  }

  @Test
  void keepsOffForAsLongAsItIsAskedTo() {
    receiver.reply = HttpReceiver.answer(429, "slow down", "Retry-After: 30");
    assertThat(failure("n-1")).isInstanceOf(BackendException.Overloaded.class);
    receiver.reply = null;

    nanos.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(failure("n-1"))
        .isInstanceOf(BackendException.Overloaded.class)
        .hasMessageContaining("2 s");
    assertThat(receiver.connections).hasValue(1);

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    notifier.deliver(Notifications.firing("n-1")).block(PATIENCE);
    assertThat(receiver.received).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 | 30",
        "999999999999999999999 | 3600",
        "Fri, 31 Dec 1999 23:59:59 GMT | 59",
        "Fri, 31 Dec 1999 23:00:00 GMT | 0",
        "-5 | 0",
        "soon | 0",
        "1.5 | 0"
      })
  void readsHowLongInSecondsOrByTheTimeOfTheReceiver(String retryAfter, long seconds) {
    receiver.reply =
        HttpReceiver.answer(
            503, "slow down", "Retry-After: " + retryAfter, "Date: Fri, 31 Dec 1999 23:59:00 GMT");
    assertThat(failure("n-1")).isInstanceOf(BackendException.Overloaded.class);
    receiver.reply = null;

    if (seconds > 0) {
      nanos.addAndGet(Duration.ofSeconds(seconds).toNanos() - 1);
      assertThat(failure("n-1")).isInstanceOf(BackendException.Overloaded.class);
    }
    nanos.addAndGet(1);
    notifier.deliver(Notifications.firing("n-1")).block(PATIENCE);
  }

  @Test
  void isContentWithTheStatusHoweverLongTheRestTakes() {
    receiver.reply = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nx";

    notifier.deliver(Notifications.firing("n-1")).block(PATIENCE);

    assertThat(receiver.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n\r\n\r\n",
        "HTTP/1.1 ",
        "HTTP/1.1 abc OK\r\n\r\n",
        "220 smtp ESMTP\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "\u0000\u0001\u0002\r\n"
      })
  void takesNothingForAnAnswerThatIsNone(String reply) {
    receiver.reply = reply;

    assertThat(failure("n-1")).isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  void readsNoMoreThanItHasTo() {
    for (String endless :
        List.of(
            "HTTP/1.1 200 " + "x".repeat(1 << 20),
            "HTTP/1.1 200 OK\r\n" + "X-More: 1\r\n".repeat(100_000) + "\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n".repeat(100_000))) {
      receiver.reply = endless;

      assertThat(failure("n-1")).isInstanceOf(BackendException.Unavailable.class);
    }
  }

  @Test
  void endsWhatRunsWhenItIsClosed() {
    receiver.answer = Answer.HANGS;
    var delivery = notifier.deliver(Notifications.firing("n-1")).toFuture();
    while (receiver.requests.isEmpty()) {
      Thread.onSpinWait();
    }

    notifier.close();

    assertThatThrownBy(() -> delivery.get(4, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  void refusesAnIdThatWouldNotFitIntoAHeader() {
    for (String id : List.of("", "A", "a b", "a\r\nb: c", "é", "a".repeat(65))) {
      assertThatThrownBy(() -> notifier.deliver(Notifications.firing(id)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Throwable failure(String id) {
    return catchThrowable(() -> notifier.deliver(Notifications.firing(id)).block(PATIENCE));
  }

  private Notifier open(String url) {
    Egress egress = new Egress(NotifyPolicy.allowing(List.of("localhost")));
    return new SlackType(egress, nanos::get).open(Map.of("url", url));
  }
}
