package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.logdash.api.alert.Notifier;
import dev.logdash.api.alert.NotifierType;
import dev.logdash.api.alert.NotifierType.Setting;
import dev.logdash.api.error.BackendException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What every {@link NotifierType} and the {@link Notifier} that it makes promise. */
public abstract class NotifierContract {

  /** Stands in whatever a receiver says, together with the secrets that it was sent. */
  public static final String WORDS = "words-of-the-receiver";

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private Subject subject;
  private Notifier notifier;

  /** A type of notifier with a receiver. */
  public interface Subject extends AutoCloseable {

    NotifierType type();

    /** With a value for each secret setting. */
    Map<String, String> settings();

    /** What the receiver has taken so far. */
    List<Receipt> received();

    /** Tells the receiver how to behave from now on; at first it takes all. */
    void answer(Answer answer);

    /** Ends the receiver, so that nobody listens any more. Idempotent. */
    void stop();

    @Override
    default void close() {
      stop();
    }
  }

  /**
   * What arrived.
   *
   * @param id of the notification
   * @param headers the names of all headers, in lower case
   * @param text all that people or programs read, decoded
   */
  public record Receipt(String id, Set<String> headers, String text) {}

  /** How a receiver behaves. */
  public enum Answer {
    TAKES,
    /** It asks for less. */
    BUSY,
    /** It fails, for now. */
    BROKEN,
    /** It does not know who asks. */
    WRONG_KEY,
    /** It will never take this. */
    REFUSES,
    /** It ends in the middle of its answer. */
    HALF,
    /** It listens and says nothing. */
    HANGS
  }

  /** A new subject. */
  protected abstract Subject newSubject();

  @BeforeEach
  final void open() {
    subject = newSubject();
    notifier = subject.type().open(subject.settings());
  }

  @AfterEach
  final void close() {
    notifier.close();
    subject.close();
  }

  @Test
  final void tellsWhatHappenedAndShowsTheLines() {
    notifier.deliver(Notifications.firing("n-1")).block(PATIENCE);

    assertThat(subject.received()).hasSize(1);
    Receipt receipt = subject.received().get(0);
    assertThat(receipt.id()).isEqualTo("n-1");
    assertThat(receipt.text())
        .contains("checkout errors", "error rate > 5 % in 5m", "12.4")
        .contains("route", "/pay", "level:error", "payment failed for order 7")
        .contains("https://logs.example.com/explore", "Look at the payment provider first.");
  }

  @Test
  final void doesNothingWhenOpened() {
    subject.stop();

    Notifier second = subject.type().open(subject.settings());
    second.close();

    assertThat(subject.received()).isEmpty();
  }

  @Test
  final void doesNothingBeforeSubscription() {
    Mono<Void> neverSubscribed = notifier.deliver(Notifications.firing("n-1"));
    notifier.deliver(Notifications.firing("n-2")).block(PATIENCE);

    assertThat(neverSubscribed).isNotNull();
    assertThat(subject.received()).extracting(Receipt::id).containsExactly("n-2");
  }

  @Test
  final void tellsAgainUnderTheSameIdForEachSubscription() {
    Mono<Void> delivery = notifier.deliver(Notifications.firing("n-1"));

    delivery.block(PATIENCE);
    delivery.block(PATIENCE);

    assertThat(subject.received()).extracting(Receipt::id).containsExactly("n-1", "n-1");
  }

  @Test
  final void tellsManyAtOnce() {
    List<String> ids = IntStream.range(0, 24).mapToObj(i -> "n-" + i).toList();

    Flux.fromIterable(ids)
        .flatMap(id -> notifier.deliver(Notifications.firing(id)))
        .then()
        .block(PATIENCE);

    assertThat(subject.received()).extracting(Receipt::id).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  final void takesTextAsText() {
    for (String naughty : Notifications.NAUGHTY) {
      notifier.deliver(Notifications.withText("n-1", naughty)).block(PATIENCE);
    }

    assertThat(subject.received()).hasSize(Notifications.NAUGHTY.size());
    for (Receipt receipt : subject.received()) {
      assertThat(receipt.id()).isEqualTo("n-1");
      assertThat(receipt.headers()).doesNotContain("x-injected", "bcc");
    }
    assertThat(subject.received().get(0).text()).contains("${jndi:ldap://127.0.0.1:1/a}");
  }

  @Test
  final void isUnavailableWithinTenSecondsWhenTheReceiverHangs() {
    subject.answer(Answer.HANGS);
    long begin = System.nanoTime();

    Throwable failure = failure();

    assertThat(failure).isInstanceOf(BackendException.Unavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT);
  }

  @Test
  final void isUnavailableWhileTheReceiverIsBroken() {
    subject.answer(Answer.BROKEN);

    assertThat(failure()).isInstanceOf(BackendException.Unavailable.class);

    subject.answer(Answer.TAKES);
    notifier.deliver(Notifications.firing("n-2")).block(PATIENCE);
    assertThat(subject.received()).extracting(Receipt::id).containsExactly("n-2");
  }

  @Test
  final void isUnavailableAfterHalfAnAnswer() {
    subject.answer(Answer.HALF);

    assertThat(failure()).isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  final void isUnavailableWhenNobodyListens() {
    subject.stop();

    assertThat(failure()).isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  final void isOverloadedWhenTheReceiverIsBusy() {
    subject.answer(Answer.BUSY);

    assertThat(failure()).isInstanceOf(BackendException.Overloaded.class);
  }

  @Test
  final void isMisconfiguredWhenTheKeyIsWrong() {
    subject.answer(Answer.WRONG_KEY);

    assertThat(failure()).isInstanceOf(BackendException.Misconfigured.class);
  }

  @Test
  final void isRejectedWhenItIsRefused() {
    subject.answer(Answer.REFUSES);

    assertThat(failure()).isInstanceOf(BackendException.Rejected.class);
  }

  @Test
  final void keepsSecretsAndTheReceiversWordsToItself() {
    assertSilent(notifier.toString());
    for (Answer answer : Answer.values()) {
      if (answer != Answer.TAKES && answer != Answer.HANGS) {
        subject.answer(answer);
        assertSilent(printed(failure()));
      }
    }
    subject.stop();
    assertSilent(printed(failure()));
  }

  @Test
  final void tellsNobodyOnceItIsClosed() {
    notifier.close();
    notifier.close();

    assertThat(failure()).isInstanceOf(BackendException.class);
    assertThat(subject.received()).isEmpty();
  }

  @Test
  final void namesTheSettingThatIsMissing() {
    for (Setting setting : subject.type().settings()) {
      if (setting.required()) {
        Map<String, String> settings = new HashMap<>(subject.settings());
        settings.remove(setting.name());

        assertThatThrownBy(() -> subject.type().open(settings))
            .as(setting.name())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(setting.name());
      }
    }
  }

  @Test
  final void namesTheSettingThatIsUnknown() {
    Map<String, String> settings = new HashMap<>(subject.settings());
    settings.put("colour", "blue");

    assertThatThrownBy(() -> subject.type().open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("colour");
  }

  @Test
  final void namesNoSecretThatItRefuses() {
    for (Setting setting : subject.type().settings()) {
      if (setting.secret()) {
        Map<String, String> settings = new HashMap<>(subject.settings());
        settings.put(setting.name(), "canary\r\nX-Injected: 1");

        assertThatThrownBy(() -> subject.type().open(settings))
            .as(setting.name())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(setting.name())
            .satisfies(refusal -> assertThat(printed(refusal)).doesNotContain("canary"));
      }
    }
  }

  private Throwable failure() {
    Throwable failure =
        catchThrowable(() -> notifier.deliver(Notifications.firing("n-1")).block(PATIENCE));
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  private void assertSilent(String printed) {
    assertThat(printed).doesNotContain(WORDS);
    for (Setting setting : subject.type().settings()) {
      String secret = setting.secret() ? subject.settings().get(setting.name()) : null;
      if (secret != null) {
        assertThat(printed).as(setting.name()).doesNotContain(secret);
      }
    }
  }

  /** With all causes and all that was suppressed. */
  private static String printed(Throwable failure) {
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    return printed.toString();
  }
}
