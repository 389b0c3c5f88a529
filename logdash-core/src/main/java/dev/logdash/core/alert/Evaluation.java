package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.auth.ScopedReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Brings a rule from its last tick to the newest that can be evaluated, in one write. */
final class Evaluation {

  /** The most ticks that are caught up after a pause: a quarter of an hour. */
  static final int MAX_CATCH_UP = 90;

  private static final int TICK = AlertRule.TICK_SECONDS;
  private static final int MAX_LINES = 10;
  private static final Duration LOOK_UP = Duration.ofSeconds(10);
  private static final int MAX_LINE = 500;
  private static final long NANOS = 1_000_000_000L;
  private static final long LAST_SEEN_SECONDS = Duration.ofDays(1).toSeconds();
  // So often the tick alone is written where nothing else is to be kept.
  private static final long WRITE_TICK_EACH = 60;

  private final States states;
  private final ScopedReader reader;
  private final Measuring measuring;
  private final Function<String, Mono<Principal>> rights;
  private final AlertCounts counts;
  private final long startedAt;
  private final Map<String, Long> evaluated = new ConcurrentHashMap<>();

  /**
   * @param startedAt in seconds since 1970: before it nothing could come in, so that nothing that
   *     is absent then counts
   */
  Evaluation(
      States states,
      ScopedReader reader,
      Function<String, Mono<Principal>> rights,
      AlertCounts counts,
      long startedAt) {
    this.states = states;
    this.reader = reader;
    this.measuring = new Measuring(reader);
    this.rights = rights;
    this.counts = counts;
    this.startedAt = startedAt;
  }

  /**
   * Evaluates each tick up to the horizon. Writes nothing if another process did so meanwhile.
   *
   * @param horizon the last tick whose events are all there
   */
  Mono<Void> advance(AlertRule rule, long horizon, List<Silence> silences) {
    return states
        .load(rule.id())
        .flatMap(
            before ->
                before.state().done().isEmpty()
                    ? Mono.just(before)
                    : states.archive(rule, before).then(states.load(rule.id())))
        .flatMap(
            before -> {
              long first = first(rule, before.state(), horizon);
              if (first > horizon) {
                return Mono.empty();
              }
              return rights
                  .apply(rule.owner())
                  .flatMap(
                      owner ->
                          steps(rule, owner, before.state(), first, horizon, silences)
                              .flatMap(after -> withEvents(rule, owner, before.state(), after)))
                  .switchIfEmpty(
                      Mono.fromSupplier(
                          () ->
                              unable(before, horizon, "whoever made it may not see logs any more")))
                  .onErrorResume(
                      error ->
                          error instanceof QuerySyntaxException
                              || error instanceof AccessDeniedException
                              || error instanceof IllegalArgumentException,
                      error ->
                          Mono.just(unable(before, horizon, String.valueOf(error.getMessage()))))
                  .flatMap(after -> keep(rule, before, after));
            });
  }

  private long first(AlertRule rule, RuleState state, long horizon) {
    long last = Math.max(state.tick(), evaluated.getOrDefault(rule.id(), 0L));
    if (last == 0) {
      return horizon;
    }
    long earliest = horizon - (MAX_CATCH_UP - 1L) * TICK;
    if (last + TICK < earliest) {
      counts.skipped.add((earliest - last) / TICK - 1);
      return earliest;
    }
    return last + TICK;
  }

  private Mono<RuleState> steps(
      AlertRule rule,
      Principal owner,
      RuleState before,
      long first,
      long horizon,
      List<Silence> silences) {
    Mono<RuleState> state = Mono.just(before);
    for (long tick = first; tick <= horizon; tick += TICK) {
      long at = tick;
      state = state.flatMap(known -> step(rule, owner, known, at, silences));
    }
    return state;
  }

  private Mono<RuleState> step(
      AlertRule rule, Principal owner, RuleState before, long tick, List<Silence> silences) {
    long from = tick - rule.window().toSeconds();
    if (rule.measure().kind() == AlertRule.Kind.ABSENCE && from < startedAt) {
      return Mono.just(
          new RuleState(
              tick, before.episodes(), before.known(), before.fields(), before.overflow(), ""));
    }
    Instant now = Instant.ofEpochSecond(tick);
    Transitions transitions =
        new Transitions(
            rule,
            group ->
                silences.stream()
                    .anyMatch(one -> one.holds(rule, Measuring.named(rule, group), now)));
    return measuring
        .measure(rule, owner, from, tick, rule.window().toSeconds())
        .map(
            measured -> {
              counts.evaluations.increment();
              return transitions.step(before, tick, measured.values(rule, 0, 1));
            });
  }

  private Mono<Void> keep(AlertRule rule, States.Versioned before, RuleState after) {
    boolean due = after.tick() - before.state().tick() >= WRITE_TICK_EACH;
    if (!after.isWorthWriting(before.state()) && !due) {
      evaluated.put(rule.id(), after.tick());
      return Mono.empty();
    }
    return states
        .write(before, after)
        .doOnNext(written -> evaluated.put(rule.id(), after.tick()))
        .then();
  }

  private static RuleState unable(States.Versioned before, long horizon, String why) {
    RuleState state = before.state();
    return new RuleState(
        horizon, state.episodes(), state.known(), state.fields(), state.overflow(), why);
  }

  /** Looks up the lines of the messages that were decided on now. */
  private Mono<RuleState> withEvents(
      AlertRule rule, Principal owner, RuleState before, RuleState after) {
    return Flux.fromIterable(after.episodes())
        .concatMap(
            episode -> {
              int known =
                  before.episodes().stream()
                      .filter(old -> old.id(rule.id()).equals(episode.id(rule.id())))
                      .findFirst()
                      .map(old -> old.messages().size())
                      .orElse(0);
              return known == episode.messages().size()
                  ? Mono.just(episode)
                  : withEvents(rule, owner, episode, known);
            })
        .collectList()
        .map(
            episodes ->
                new RuleState(
                    after.tick(),
                    episodes,
                    after.known(),
                    after.fields(),
                    after.overflow(),
                    after.problem()));
  }

  private Mono<Episode> withEvents(AlertRule rule, Principal owner, Episode episode, int known) {
    return Flux.fromIterable(episode.messages())
        .index()
        .concatMap(
            indexed ->
                indexed.getT1() < known
                    ? Mono.just(indexed.getT2())
                    : withEvents(rule, owner, episode, indexed.getT2()))
        .collectList()
        .map(
            messages ->
                new Episode(
                    episode.group(),
                    episode.state(),
                    episode.since(),
                    episode.fired(),
                    episode.quiet(),
                    episode.ended(),
                    episode.value(),
                    messages));
  }

  private Mono<Message> withEvents(
      AlertRule rule, Principal owner, Episode episode, Message message) {
    Notifications.Window window = Notifications.window(rule, episode, message);
    boolean absence = rule.measure().kind() == AlertRule.Kind.ABSENCE;
    // Of what is absent the last that was seen tells most.
    long from = absence ? window.to() - LAST_SEEN_SECONDS : window.from();
    Filter filter = Measuring.filter(rule, episode.group(), message.at());
    if (rule.measure().kind() == AlertRule.Kind.RATIO
        && rule.measure().source() == AlertRule.Source.EVENTS) {
      filter = new Filter.And(List.of(Measuring.filter(rule.measure().of(), message.at()), filter));
    }
    LogQuery query = measuring.query(rule, filter, from, window.to());
    LogQuery counted = measuring.query(rule, filter, window.from(), window.to());
    return Mono.zip(
            reader.count(owner, counted),
            reader.search(owner, query.toBuilder().limit(MAX_LINES).build()))
        .map(
            found ->
                message.withEvents(
                    found.getT1(), found.getT2().events().stream().map(Evaluation::line).toList()))
        .timeout(LOOK_UP)
        // A message without lines is better than none.
        .onErrorReturn(message);
  }

  private static Notification.Line line(LogEvent event) {
    String message = event.message();
    int end = Math.min(MAX_LINE, message.length());
    if (end < message.length() && Character.isHighSurrogate(message.charAt(end - 1))) {
      end--;
    }
    return new Notification.Line(
        Instant.ofEpochSecond(event.timestampNanos() / NANOS, event.timestampNanos() % NANOS),
        event.service(),
        event.severity(),
        message.substring(0, end));
  }

  /** Ends what is open of a rule that is off, and puts into the history what is told. */
  Mono<States.Versioned> end(AlertRule rule, long tick) {
    return states
        .change(
            rule.id(),
            state ->
                state.episodes().stream().allMatch(e -> e.state() == Episode.State.RESOLVED)
                    ? state
                    : Transitions.end(state, tick))
        .then(states.load(rule.id()))
        .flatMap(state -> states.archive(rule, state))
        .then(states.load(rule.id()));
  }

  static List<Episode> open(RuleState state) {
    List<Episode> open = new ArrayList<>(state.episodes());
    open.removeIf(episode -> episode.state() == Episode.State.RESOLVED);
    return open;
  }
}
