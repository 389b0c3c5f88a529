package dev.logdash.core.alert;

import dev.logdash.api.auth.Principal;
import dev.logdash.core.auth.Actor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * What a rule would have done in the past: the same steps over what is stored, with one question
 * for the whole time. Where that time is long the ticks are further apart, at most {@value
 * #MAX_TICKS}, and short peaks may then be missed.
 */
public final class AlertPreview {

  static final int MAX_TICKS = 720;

  private static final int MAX_FIRINGS = 1_000;

  private final Measuring measuring;
  private final AlertRules rules;

  AlertPreview(Measuring measuring, AlertRules rules) {
    this.measuring = measuring;
    this.rules = rules;
  }

  /**
   * A time in which it would have fired, in seconds since 1970.
   *
   * @param to 0 if it would still fire
   */
  public record Firing(long from, long to, Map<String, String> group, double value) {}

  /** The value of whichever group was nearest to firing; not a number for none. */
  public record Point(long second, double value) {}

  public record Result(List<Firing> firings, List<Point> points) {
    public Result {
      firings = List.copyOf(firings);
      points = List.copyOf(points);
    }
  }

  /**
   * What a rule would have done as whoever asks sees the logs.
   *
   * @param from in seconds since 1970
   * @throws IllegalArgumentException through the publisher, if the rule can never be evaluated
   */
  public Mono<Result> run(Actor actor, AlertRule rule, long from, long to) {
    return Mono.defer(
        () -> {
          rules.checked(rule);
          long window = rule.window().toSeconds();
          long step = step(rule, to - from);
          long first = Math.floorDiv(from, step) * step;
          long last = Math.floorDiv(to, step) * step;
          Principal principal = actor.principal();
          return measuring
              .measure(rule, principal, first - window, last, step)
              .map(measured -> play(rule, measured, first, last, step, window / step));
        });
  }

  /**
   * The smallest whole part of the window, in ticks, that makes no more than the most ticks. Of a
   * percentile of events it is the window, since those of its parts do not make that of the whole.
   */
  private static long step(AlertRule rule, long span) {
    long window = rule.window().toSeconds();
    if (rule.measure().kind() == AlertRule.Kind.PERCENTILE
        && rule.measure().source() == AlertRule.Source.EVENTS) {
      return window;
    }
    long least = Math.max(AlertRule.TICK_SECONDS, span / MAX_TICKS);
    for (long parts = window / AlertRule.TICK_SECONDS; parts > 1; parts--) {
      long step = window / parts;
      if (window % parts == 0 && step % AlertRule.TICK_SECONDS == 0 && step >= least) {
        return step;
      }
    }
    return window;
  }

  private static Result play(
      AlertRule rule, Measured measured, long first, long last, long step, long parts) {
    Transitions transitions = new Transitions(rule, group -> false);
    RuleState state = RuleState.NEW;
    Map<String, Firing> firings = new HashMap<>();
    List<Firing> ended = new ArrayList<>();
    List<Point> points = new ArrayList<>();
    int index = 0;
    for (long tick = first; tick <= last; tick += step, index++) {
      Map<List<String>, Double> values = measured.values(rule, index, (int) parts);
      points.add(new Point(tick, nearest(rule, values)));
      state = transitions.step(state, tick, values);
      for (Episode episode : state.episodes()) {
        note(rule, episode, firings, ended);
      }
      List<Episode> open = Evaluation.open(state);
      state = new RuleState(tick, open, state.known(), state.fields(), state.overflow(), "");
    }
    ended.addAll(firings.values());
    ended.sort(Comparator.comparingLong(Firing::from));
    return new Result(ended.subList(0, Math.min(MAX_FIRINGS, ended.size())), points);
  }

  private static void note(
      AlertRule rule, Episode episode, Map<String, Firing> firings, List<Firing> ended) {
    if (episode.state() == Episode.State.PENDING) {
      return;
    }
    String id = episode.id(rule.id());
    Firing firing =
        new Firing(
            episode.fired(),
            episode.ended(),
            Measuring.named(rule, episode.group()),
            episode.value());
    if (episode.state() == Episode.State.RESOLVED) {
      firings.remove(id);
      ended.add(firing);
    } else {
      firings.put(id, firing);
    }
  }

  private static double nearest(AlertRule rule, Map<List<String>, Double> values) {
    boolean above =
        rule.comparison() == AlertRule.Comparison.ABOVE
            || rule.comparison() == AlertRule.Comparison.AT_LEAST;
    double nearest = Double.NaN;
    for (double value : values.values()) {
      if (Double.isNaN(nearest) || (above ? value > nearest : value < nearest)) {
        nearest = value;
      }
    }
    if (Double.isNaN(nearest)) {
      return switch (rule.measure().kind()) {
        case COUNT, RATE, ABSENCE -> 0;
        case RATIO, PERCENTILE -> Double.NaN;
      };
    }
    return nearest;
  }
}
