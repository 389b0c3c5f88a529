package dev.logdash.core.alert;

import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.core.auth.ScopedReader;
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
  // So often the tick alone is written where nothing else is to be kept.
  private static final long WRITE_TICK_EACH = 60;

  private final States states;
  private final Measuring measuring;
  private final MessageEvents messageEvents;
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
    this.measuring = new Measuring(reader);
    this.messageEvents = new MessageEvents(reader);
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
                    : messageEvents.addTo(rule, owner, episode, indexed.getT2()))
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
