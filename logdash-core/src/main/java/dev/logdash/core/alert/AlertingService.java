package dev.logdash.core.alert;

import dev.logdash.api.auth.Permission;
import dev.logdash.core.auth.Actor;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Watches the logs by rules and tells people. A rule is evaluated at each tick of {@value
 * AlertRule#TICK_SECONDS} s once everything that was received until then can be found. What is
 * decided and what is to be sent is one compare-and-set of one document, so a restart neither loses
 * nor repeats a transition, and several processes may do this over one store.
 *
 * <p>Made by {@link #builder}. Never throws into its host: what fails is tried again at the next
 * round, and counted.
 */
public final class AlertingService implements AutoCloseable {

  /** Events are given this long to come in and to be found, before a tick is evaluated. */
  static final Duration SETTLE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(AlertingService.class);
  private static final Duration EACH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TELL_EACH = Duration.ofMinutes(1);
  private static final int AT_ONCE = 4;
  private static final int MAX_HISTORY = 1_000;
  private static final long NANOS = 1_000_000_000L;

  private final AlertRules rules;
  private final Silences silences;
  private final AlertChannels channels;
  private final AlertPreview preview;
  private final States states;
  private final Evaluation evaluation;
  private final Outbox outbox;
  private final AlertCounts counts;
  private final LongSupplier watermark;
  private final Clock clock;
  private final Scheduler scheduler;
  private final boolean ownsScheduler;
  private final Disposable.Swap running = Disposables.swap();
  private final AtomicLong toldAt = new AtomicLong();

  AlertingService(AlertingServiceBuilder given, Scheduler scheduler, boolean ownsScheduler) {
    this.clock = given.clock();
    this.watermark = given.watermark();
    this.scheduler = scheduler;
    this.ownsScheduler = ownsScheduler;
    counts = new AlertCounts();
    rules = new AlertRules(given.store(), given.audit(), clock);
    silences = new Silences(given.store(), rules, given.audit(), clock);
    channels =
        new AlertChannels(given.store(), given.audit(), given.secrets(), given.types(), clock);
    states = new States(given.store());
    evaluation =
        new Evaluation(
            states, given.reader(), given.rights(), counts, clock.instant().getEpochSecond());
    preview = new AlertPreview(new Measuring(given.reader()), rules);
    outbox = new Outbox(states, channels, given.link(), counts, clock, given.random(), scheduler);
  }

  public static AlertingServiceBuilder builder() {
    return new AlertingServiceBuilder();
  }

  /**
   * An episode and the rule that it is of.
   *
   * @param channels the names of channels, by id
   */
  public record Alert(
      AlertRule rule, Episode episode, boolean silenced, Map<String, String> channels) {

    public String id() {
      return episode.id(rule.id());
    }

    /** The query that shows its events. */
    public String query() {
      return Notifications.query(rule, episode.group());
    }

    /** The values of the grouping fields, in the order of the rule. */
    public Map<String, String> group() {
      return Measuring.named(rule, episode.group());
    }
  }

  /** Starts to evaluate and to send; returns at once. To be called once. */
  public void start() {
    running.update(
        Flux.interval(EACH, EACH, scheduler)
            .onBackpressureDrop()
            .concatMap(tick -> round(), 1)
            .subscribe());
  }

  /** What is watched. */
  public AlertRules rules() {
    return rules;
  }

  /** What nobody is told of for a while. */
  public Silences silences() {
    return silences;
  }

  /** Where people are told. */
  public AlertChannels channels() {
    return channels;
  }

  /** When a rule would have fired. */
  public AlertPreview preview() {
    return preview;
  }

  /** What was done since the start. */
  public AlertCounts counts() {
    return counts;
  }

  /** Removes the rules of somebody who is no more, and the history of these. */
  public Mono<Void> forget(String owner) {
    return rules.removeAllOf(owner).then(Mono.defer(() -> states.forgetHistoryOf(owner)));
  }

  /** Why rules cannot be evaluated, by the id of the rule. */
  public Mono<Map<String, String>> problems() {
    return states
        .all()
        .filter(state -> !state.state().problem().isEmpty())
        .collectMap(States.Versioned::rule, state -> state.state().problem());
  }

  /** What fires or is about to, and what is over, the newest first, as far as somebody sees it. */
  public Flux<Alert> alerts(Actor actor, Episode.State state, int limit) {
    if (!actor.principal().may(Permission.OVERVIEW)) {
      return Flux.empty();
    }
    return Mono.zip(silences.all().collectList(), names())
        .flatMapMany(
            with ->
                (state == Episode.State.RESOLVED ? over() : open(state))
                    .filter(past -> AlertRules.sees(actor, past.rule()))
                    .take(limit)
                    .map(past -> alert(past, with.getT1(), with.getT2())));
  }

  private Mono<Map<String, String>> names() {
    return channels
        .byId()
        .map(
            all -> {
              Map<String, String> names = new HashMap<>();
              all.forEach((id, channel) -> names.put(id, channel.name()));
              return names;
            });
  }

  private Flux<States.Past> open(Episode.State state) {
    return rules
        .all()
        .concatMap(
            rule ->
                states
                    .load(rule.id())
                    .flatMapIterable(known -> known.state().episodes())
                    .filter(episode -> episode.state() == state)
                    .map(episode -> new States.Past(rule, episode)))
        .sort(Comparator.comparingLong(past -> -past.episode().since()));
  }

  /** Those that are told, and those of which somebody is still to be told. */
  private Flux<States.Past> over() {
    return Flux.concat(open(Episode.State.RESOLVED), states.history(MAX_HISTORY))
        .distinct(past -> past.episode().id(past.rule().id()));
  }

  private Alert alert(States.Past past, List<Silence> all, Map<String, String> names) {
    Map<String, String> group = Measuring.named(past.rule(), past.episode().group());
    boolean silenced = all.stream().anyMatch(one -> one.holds(past.rule(), group, clock.instant()));
    return new Alert(past.rule(), past.episode(), silenced, names);
  }

  /** One round: evaluates what is due, then begins to send what is due. Never fails. */
  Mono<Void> round() {
    return Mono.defer(
            () -> {
              long horizon = horizon();
              return silences
                  .kept()
                  .collectList()
                  .timeout(PATIENCE)
                  .flatMap(
                      all ->
                          rules.all().flatMap(rule -> advance(rule, horizon, all), AT_ONCE).then());
            })
        .onErrorResume(error -> failed("Rules could not be read", error))
        .then(Mono.defer(() -> endRemoved().timeout(PATIENCE)))
        .onErrorResume(error -> failed("Removed rules could not be ended", error))
        .then(Mono.defer(() -> send().timeout(PATIENCE)))
        .onErrorResume(error -> failed("The outbox could not be read", error));
  }

  private long horizon() {
    long settled = watermark.getAsLong() / NANOS - SETTLE.toSeconds();
    return settled - Math.floorMod(settled, (long) AlertRule.TICK_SECONDS);
  }

  private Mono<Void> advance(AlertRule rule, long horizon, List<Silence> all) {
    Mono<Void> work =
        rule.enabled()
            ? evaluation.advance(rule, horizon, all)
            : evaluation.end(rule, horizon).then();
    return work.timeout(PATIENCE)
        .onErrorResume(error -> failed("The rule " + rule.id() + " could not be evaluated", error));
  }

  private Mono<Void> endRemoved() {
    return rules
        .removed()
        .concatMap(
            rule ->
                evaluation
                    .end(rule, horizon())
                    .flatMap(
                        state ->
                            state.state().episodes().isEmpty()
                                ? states.forget(state).then(rules.forget(rule))
                                : Mono.empty())
                    .onErrorResume(error -> failed("A removed rule could not be ended", error)))
        .then();
  }

  private Mono<Void> send() {
    return Flux.concat(rules.all(), rules.removed())
        .concatMap(
            rule ->
                states
                    .load(rule.id())
                    .doOnNext(state -> outbox.dispatch(rule, state.state()))
                    .then()
                    .onErrorResume(error -> failed("A state could not be read", error)))
        .then();
  }

  private Mono<Void> failed(String what, Throwable error) {
    counts.failures.increment();
    long now = clock.millis();
    long last = toldAt.get();
    // It fails each second for as long as a store is away.
    if (now - last >= TELL_EACH.toMillis() && toldAt.compareAndSet(last, now)) {
      LOG.warn("{}; trying again, {} times so far", what, counts.failures(), error);
    }
    return Mono.empty();
  }

  boolean isSending() {
    return outbox.isBusy();
  }

  /** Ends the work. What was decided and not sent is sent after the next start. Idempotent. */
  @Override
  public void close() {
    running.dispose();
    outbox.close();
    channels.close();
    if (ownsScheduler) {
      scheduler.dispose();
    }
  }
}
