package dev.logdash.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.alert.Notifier;
import dev.logdash.api.alert.NotifierType;
import dev.logdash.api.error.BackendException;
import dev.logdash.tck.ContractRun;
import dev.logdash.tck.NotifierContract;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Each promise of the contract is noticed by one test, and by no other, when it is broken. */
class BrokenNotifiersTest {

  private static final String SECRET = "canary-of-the-broken";

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
  void failsOnlyTheTestOfItsPromise(Broken broken) {
    Variant.current = broken;

    assertThat(ContractRun.of(Variant.class).failed()).containsExactly(broken.noticedBy);
  }

  @Test
  void aWholeOnePasses() {
    Variant.current = Broken.NOTHING;

    assertThat(ContractRun.of(Variant.class).failed()).isEmpty();
  }

  @Test
  void breaksEachFact() {
    assertThat(
            Arrays.stream(Broken.values())
                .filter(broken -> broken != Broken.NOTHING)
                .map(broken -> broken.noticedBy))
        .hasSameElementsAs(ContractRun.facts(NotifierContract.class));
  }

  private enum Broken {
    NOTHING(""),
    SHOWS_NO_LINES("tellsWhatHappenedAndShowsTheLines"),
    GREETS_WHEN_OPENED("doesNothingWhenOpened"),
    TELLS_WHEN_CALLED("doesNothingBeforeSubscription"),
    TELLS_ONCE("tellsAgainUnderTheSameIdForEachSubscription"),
    FORGETS_SOME_OF_MANY("tellsManyAtOnce"),
    READS_LINES_AS_HEADERS("takesTextAsText"),
    WAITS_FOR_EVER("isUnavailableWithinTenSecondsWhenTheReceiverHangs"),
    GIVES_UP_FOR_GOOD("isUnavailableWhileTheReceiverIsBroken"),
    TAKES_HALF_FOR_ALL("isUnavailableAfterHalfAnAnswer"),
    BLAMES_THE_SETTINGS("isUnavailableWhenNobodyListens"),
    PRESSES_ON("isOverloadedWhenTheReceiverIsBusy"),
    REJECTS_A_WRONG_KEY("isMisconfiguredWhenTheKeyIsWrong"),
    TRIES_WHAT_IS_REFUSED("isRejectedWhenItIsRefused"),
    REPEATS_WHAT_IT_HEARD("keepsSecretsAndTheReceiversWordsToItself"),
    NAMES_ITS_SECRET("keepsSecretsAndTheReceiversWordsToItself"),
    TELLS_WHEN_CLOSED("tellsNobodyOnceItIsClosed"),
    FILLS_IN_WHAT_IS_MISSING("namesTheSettingThatIsMissing"),
    TAKES_ANY_SETTING("namesTheSettingThatIsUnknown"),
    NAMES_A_REFUSED_SECRET("namesNoSecretThatItRefuses");

    private final String noticedBy;

    Broken(String noticedBy) {
      this.noticedBy = noticedBy;
    }
  }

  /** The contract, run on the variant that is set. */
  @Tag("broken")
  static class Variant extends NotifierContract {

    private static Broken current = Broken.NOTHING;

    @Override
    protected Subject newSubject() {
      return new BrokenSubject(current);
    }
  }

  /** A receiver that is a list. */
  private static final class BrokenSubject implements NotifierContract.Subject {

    private final Broken broken;
    private final List<NotifierContract.Receipt> received = new CopyOnWriteArrayList<>();
    private NotifierContract.Answer answer = NotifierContract.Answer.TAKES;
    private boolean stopped;

    BrokenSubject(Broken broken) {
      this.broken = broken;
    }

    @Override
    public NotifierType type() {
      return new BrokenType(this);
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("place", "here", "key", SECRET);
    }

    @Override
    public List<NotifierContract.Receipt> received() {
      return received;
    }

    @Override
    public void answer(NotifierContract.Answer next) {
      answer = next;
    }

    @Override
    public void stop() {
      stopped = true;
    }
  }

  private record BrokenType(BrokenSubject subject) implements NotifierType {

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public List<Setting> settings() {
      return List.of(
          new Setting("place", true, false, "Where"), new Setting("key", true, true, "Who asks"));
    }

    @Override
    public Notifier open(Map<String, String> settings) {
      for (Setting setting : settings()) {
        String value = settings.get(setting.name());
        if (value == null && subject.broken != Broken.FILLS_IN_WHAT_IS_MISSING) {
          throw new IllegalArgumentException(setting.name() + " is missing");
        }
        if (value != null && value.contains("\n")) {
          String shown = subject.broken == Broken.NAMES_A_REFUSED_SECRET ? value : "";
          throw new IllegalArgumentException(setting.name() + " has a line end " + shown);
        }
      }
      for (String name : settings.keySet()) {
        boolean known = name.equals("place") || name.equals("key");
        if (!known && subject.broken != Broken.TAKES_ANY_SETTING) {
          throw new IllegalArgumentException(name + " is unknown");
        }
      }
      if (subject.broken == Broken.GREETS_WHEN_OPENED && subject.stopped) {
        subject.received.add(new NotifierContract.Receipt("hello", Set.of(), ""));
      }
      return new BrokenNotifier(subject);
    }
  }

  private static final class BrokenNotifier implements Notifier {

    private final BrokenSubject subject;
    private final Broken broken;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tries = new AtomicInteger();
    private boolean closed;
    private boolean gaveUp;

    BrokenNotifier(BrokenSubject subject) {
      this.subject = subject;
      this.broken = subject.broken;
    }

    @Override
    public Mono<Void> deliver(Notification notification) {
      if (broken == Broken.TELLS_WHEN_CALLED && !closed && !subject.stopped) {
        Mono<Void> told = tell(notification);
        AtomicInteger subscriptions = new AtomicInteger();
        return Mono.defer(() -> subscriptions.getAndIncrement() == 0 ? told : tell(notification));
      }
      return Mono.defer(() -> tell(notification));
    }

    private Mono<Void> tell(Notification notification) {
      if (closed && broken != Broken.TELLS_WHEN_CLOSED) {
        return Mono.error(new BackendException.Unavailable("closed", null));
      }
      if (subject.stopped) {
        return Mono.error(
            broken == Broken.BLAMES_THE_SETTINGS
                ? new BackendException.Misconfigured("nobody listens", null)
                : new BackendException.Unavailable("nobody listens", null));
      }
      switch (subject.answer) {
        case TAKES:
          return take(notification);
        case HANGS:
          return broken == Broken.WAITS_FOR_EVER
              ? Mono.never()
              : Mono.error(new BackendException.Unavailable("hangs", null));
        case HALF:
          return broken == Broken.TAKES_HALF_FOR_ALL
              ? Mono.error(new BackendException.Rejected("half", null))
              : Mono.error(new BackendException.Unavailable("half", null));
        case BROKEN:
          gaveUp = true;
          return Mono.error(new BackendException.Unavailable("broken", null));
        case BUSY:
          return broken == Broken.PRESSES_ON
              ? Mono.error(new BackendException.Unavailable("busy", null))
              : Mono.error(new BackendException.Overloaded("busy", null));
        case WRONG_KEY:
          return broken == Broken.REJECTS_A_WRONG_KEY
              ? Mono.error(new BackendException.Rejected("who?", null))
              : Mono.error(new BackendException.Misconfigured("who?", null));
        default:
          return refuse();
      }
    }

    private Mono<Void> refuse() {
      if (broken == Broken.TRIES_WHAT_IS_REFUSED) {
        return Mono.error(new BackendException.Unavailable("refused", null));
      }
      String heard = broken == Broken.REPEATS_WHAT_IT_HEARD ? NotifierContract.WORDS : "";
      return Mono.error(new BackendException.Rejected("refused", new IOException(heard)));
    }

    private Mono<Void> take(Notification notification) {
      if (broken == Broken.GIVES_UP_FOR_GOOD && gaveUp) {
        return Mono.error(new BackendException.Unavailable("given up", null));
      }
      boolean second = !told.add(notification.id());
      boolean plain = notification.rule().equals("checkout errors");
      if (broken == Broken.TELLS_ONCE && second && subject.received.size() == 1 && plain) {
        return Mono.empty();
      }
      if (broken == Broken.FORGETS_SOME_OF_MANY && plain && tries.incrementAndGet() > 8) {
        return Mono.empty();
      }
      boolean header = broken == Broken.READS_LINES_AS_HEADERS;
      Set<String> headers =
          header && notification.rule().contains("X-Injected") ? Set.of("x-injected") : Set.of();
      String text = notification.toString();
      subject.received.add(
          new NotifierContract.Receipt(
              notification.id(),
              headers,
              broken == Broken.SHOWS_NO_LINES ? text.replace("payment failed", "") : text));
      return Mono.empty();
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public String toString() {
      return "broken" + (broken == Broken.NAMES_ITS_SECRET ? SECRET : "");
    }
  }
}
