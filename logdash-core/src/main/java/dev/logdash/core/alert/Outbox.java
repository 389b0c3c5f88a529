package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.error.BackendException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends what was decided, at least once. A delivery is claimed before it is sent and marked after;
 * what a process that died has claimed is sent again, and says that it is a repeat. Each channel
 * gets one message at a time, so that a slow one keeps nobody else waiting.
 */
final class Outbox implements AutoCloseable {

  /** How long a claim must stand still before it is taken over. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** How long a message is tried. */
  static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long FIRST_PAUSE_MILLIS = 5_000;
  private static final long LONGEST_PAUSE_MILLIS = 600_000;
  private static final int MAX_DOUBLINGS = 7;
  private static final int MAX_AT_ONCE = 16;
  private static final int MAX_MARKS = 5;
  private static final int MAX_REASON = 300;

  private final States states;
  private final AlertChannels channels;
  private final Supplier<@Nullable URI> base;
  private final AlertCounts counts;
  private final Clock clock;
  private final RandomGenerator random;
  private final Scheduler scheduler;
  private final String process;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> claimsSeen = new ConcurrentHashMap<>();
  private final Disposable.Composite sending = Disposables.composite();

  Outbox(
      States states,
      AlertChannels channels,
      Supplier<@Nullable URI> base,
      AlertCounts counts,
      Clock clock,
      RandomGenerator random,
      Scheduler scheduler) {
    this.states = states;
    this.channels = channels;
    this.base = base;
    this.counts = counts;
    this.clock = clock;
    this.random = random;
    this.scheduler = scheduler;
    this.process = Long.toHexString(random.nextLong());
  }

  /** Where a delivery is: the episode, the message and the channel. */
  private record Place(String rule, String episode, Notification.Kind kind, String channel) {

    boolean is(Episode other) {
      return other.id(rule).equals(episode);
    }
  }

  /** Begins to send what is due of a rule; returns when that is under way, not when it is done. */
  void dispatch(AlertRule rule, RuleState state) {
    Set<String> claims = new HashSet<>();
    for (Episode episode : state.episodes()) {
      for (Message message : episode.messages()) {
        for (Delivery delivery : message.deliveries()) {
          Place place =
              new Place(rule.id(), episode.id(rule.id()), message.kind(), delivery.channel());
          if (delivery.status() == Delivery.Status.CLAIMED) {
            claims.add(claim(place, delivery));
          }
          if (isDue(episode, message, place, delivery)
              && busy.size() < MAX_AT_ONCE
              && busy.add(delivery.channel())) {
            send(rule, place, delivery);
          }
        }
      }
    }
    claimsSeen
        .keySet()
        .removeIf(seen -> seen.startsWith(rule.id() + "\n") && !claims.contains(seen));
  }

  private boolean isDue(Episode episode, Message message, Place place, Delivery delivery) {
    if (message.kind() == Notification.Kind.RESOLVED && !isTold(episode, delivery.channel())) {
      return false;
    }
    return switch (delivery.status()) {
      case WAITING -> delivery.at() <= clock.millis();
      case CLAIMED -> isAbandoned(place, delivery);
      default -> false;
    };
  }

  /** Whether nothing more comes about the firing, so that its end may follow. */
  private static boolean isTold(Episode episode, String channel) {
    Message firing = episode.message(Notification.Kind.FIRING);
    return firing == null
        || firing.deliveries().stream()
            .filter(delivery -> delivery.channel().equals(channel))
            .allMatch(delivery -> delivery.status().isFinal());
  }

  // By the time that passes here: the clocks of two processes need not agree.
  private boolean isAbandoned(Place place, Delivery delivery) {
    long first = claimsSeen.computeIfAbsent(claim(place, delivery), unused -> clock.millis());
    return clock.millis() - first >= LEASE.toMillis();
  }

  private static String claim(Place place, Delivery delivery) {
    return String.join(
        "\n",
        place.rule(),
        place.episode(),
        place.kind().name(),
        place.channel(),
        delivery.by(),
        Integer.toString(delivery.attempts()));
  }

  private void send(AlertRule rule, Place place, Delivery delivery) {
    AtomicReference<@Nullable Disposable> own = new AtomicReference<>();
    Disposable work =
        claim(rule, place, delivery)
            .flatMap(this::deliver)
            .onErrorResume(
                error -> {
                  LOG.warn("A delivery could not be written down; it is tried again", error);
                  return Mono.empty();
                })
            .doFinally(
                signal -> {
                  busy.remove(place.channel());
                  Disposable done = own.get();
                  if (done != null) {
                    sending.remove(done);
                  }
                })
            .subscribeOn(scheduler)
            .subscribe();
    own.set(work);
    sending.add(work);
    if (work.isDisposed()) {
      sending.remove(work);
    }
  }

  /** A claimed delivery with all that it tells. */
  private record Claimed(
      Place place, Delivery delivery, Notification notification, long decidedAt) {}

  private Mono<Claimed> claim(AlertRule rule, Place place, Delivery before) {
    AtomicReference<@Nullable Claimed> claimed = new AtomicReference<>();
    return states
        .change(
            place.rule(),
            state -> {
              claimed.set(null);
              return change(
                  state,
                  place,
                  (episode, message, delivery) -> {
                    if (!delivery.equals(before)) {
                      return delivery;
                    }
                    Delivery own = delivery.claimed(process, clock.millis());
                    claimed.set(
                        new Claimed(
                            place,
                            own,
                            Notifications.of(rule, episode, message, own, base.get()),
                            message.at()));
                    return own;
                  });
            })
        .flatMap(written -> Mono.justOrEmpty(claimed.get()));
  }

  private Mono<States.Versioned> deliver(Claimed claimed) {
    return channels
        .notifier(claimed.place().channel())
        .switchIfEmpty(
            Mono.error(() -> new BackendException.Rejected("the channel was removed", null)))
        .flatMap(notifier -> notifier.deliver(claimed.notification()).timeout(PATIENCE))
        .thenReturn(Optional.<Throwable>empty())
        .onErrorResume(error -> Mono.just(Optional.of(error)))
        // What became of it is known by now; only writing it down may be tried again.
        .flatMap(failure -> mark(claimed, failure.orElse(null)).retry(MAX_MARKS));
  }

  private Mono<States.Versioned> mark(Claimed claimed, @Nullable Throwable error) {
    return states
        .change(
            claimed.place().rule(),
            state ->
                withoutEnd(
                    claimed,
                    error,
                    change(
                        state,
                        claimed.place(),
                        (episode, message, delivery) ->
                            delivery.equals(claimed.delivery())
                                ? after(claimed, delivery, error)
                                : delivery)))
        .doOnNext(written -> count(claimed, error));
  }

  /** Whoever could not be told that it fires is not told that it is over. */
  private RuleState withoutEnd(Claimed claimed, @Nullable Throwable error, RuleState state) {
    Place place = claimed.place();
    if (error == null || place.kind() != Notification.Kind.FIRING || !isOver(claimed, error)) {
      return state;
    }
    Place end =
        new Place(place.rule(), place.episode(), Notification.Kind.RESOLVED, place.channel());
    return change(
        state,
        end,
        (episode, message, delivery) ->
            delivery.status().isFinal()
                ? delivery
                : delivery.to(Delivery.Status.SILENCED, clock.millis()));
  }

  private Delivery after(Claimed claimed, Delivery delivery, @Nullable Throwable error) {
    long now = clock.millis();
    if (error == null) {
      return delivery.to(Delivery.Status.SENT, now);
    }
    String reason = reason(error);
    if (isOver(claimed, error)) {
      return delivery.failed(Delivery.Status.FAILED, now, reason);
    }
    return delivery.failed(Delivery.Status.WAITING, now + pause(delivery, error), reason);
  }

  private boolean isOver(Claimed claimed, Throwable error) {
    long age = clock.millis() - claimed.decidedAt() * 1_000;
    return error instanceof BackendException.Rejected || age >= GIVE_UP_AFTER.toMillis();
  }

  private long pause(Delivery delivery, Throwable error) {
    if (error instanceof BackendException.Misconfigured) {
      return LONGEST_PAUSE_MILLIS;
    }
    int doublings = Math.min(MAX_DOUBLINGS, delivery.attempts() - 1);
    long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << doublings);
    return longest / 2 + random.nextLong(longest / 2 + 1);
  }

  private void count(Claimed claimed, @Nullable Throwable error) {
    if (error == null) {
      counts.sent.increment();
    } else if (isOver(claimed, error)) {
      counts.failed.increment();
      LOG.warn("An alert of the rule {} was not told", claimed.notification().rule(), error);
    } else {
      counts.retried.increment();
    }
  }

  private static String reason(Throwable error) {
    String text =
        error instanceof BackendException || error instanceof IllegalArgumentException
            ? String.valueOf(error.getMessage())
            : error instanceof TimeoutException
                ? "no answer within " + PATIENCE.toSeconds() + " s"
                : "it failed: " + error.getClass().getSimpleName();
    return text.substring(0, Math.min(MAX_REASON, text.length()));
  }

  private interface Changing {
    Delivery change(Episode episode, Message message, Delivery delivery);
  }

  private static RuleState change(RuleState state, Place place, Changing changing) {
    return state.changeEpisodes(
        episode ->
            !place.is(episode)
                ? episode
                : episode.changeMessages(
                    message ->
                        message.kind() != place.kind()
                            ? message
                            : message.change(
                                delivery ->
                                    delivery.channel().equals(place.channel())
                                        ? changing.change(episode, message, delivery)
                                        : delivery)));
  }

  /** Whether anything is being sent now. */
  boolean isBusy() {
    return !busy.isEmpty();
  }

  @Override
  public void close() {
    sending.dispose();
  }
}
