package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * From one tick to the next: a plain function of the state, the rule and what was measured, so that
 * a replay decides the same.
 */
final class Transitions {

  /** How long a condition must not hold before a rule is resolved, so that it does not flap. */
  static final Duration CALM = Duration.ofSeconds(30);

  private static final int MAX_UNTOLD = 200;
  private static final Duration FORGET_GROUP_AFTER = Duration.ofDays(1);

  private final AlertRule rule;
  private final Predicate<List<String>> silenced;

  /**
   * @param silenced whether messages about a group are kept back
   */
  Transitions(AlertRule rule, Predicate<List<String>> silenced) {
    this.rule = rule;
    this.silenced = silenced;
  }

  /**
   * @param measured values by group; a group that is not there has no events
   */
  RuleState step(RuleState before, long tick, Map<List<String>, Double> measured) {
    boolean same = before.fields().equals(rule.groupBy());
    Map<List<String>, Long> known = known(same ? before.known() : Map.of(), tick, measured);
    Map<List<String>, Episode> open = new HashMap<>();
    List<Episode> after = new ArrayList<>();
    int waiting = 0;
    // Groups of other fields mean nothing for a rule that was changed.
    for (Episode episode : same ? before.episodes() : end(before, tick).episodes()) {
      if (episode.state() == Episode.State.RESOLVED) {
        after.add(episode);
      } else {
        open.put(episode.group(), episode);
      }
    }
    long overflow = before.overflow();
    List<List<String>> groups = new ArrayList<>(measured.keySet());
    groups.addAll(open.keySet());
    groups.addAll(known.keySet());
    if (rule.groupBy().isEmpty()) {
      groups.add(List.of());
    }
    for (List<String> group : RuleState.byText(groups).values()) {
      double value = value(group, measured);
      boolean holds = holds(value);
      Episode episode = open.get(group);
      if (episode == null) {
        if (holds && waiting + open.size() >= RuleState.MAX_EPISODES) {
          overflow++;
        } else if (holds) {
          after.add(begin(group, tick, value));
          waiting++;
        }
        continue;
      }
      open.remove(group);
      Episode next = holds ? goOn(episode, tick, value) : calm(episode, tick);
      if (next.state() != Episode.State.PENDING || holds) {
        after.add(next);
        waiting += next.state() == Episode.State.RESOLVED ? 0 : 1;
      }
    }
    return new RuleState(tick, bounded(after, tick), known, rule.groupBy(), overflow, "");
  }

  /** Ends all that is open: the rule was turned off, removed, or has groups of other fields. */
  static RuleState end(RuleState before, long tick) {
    List<Episode> after = new ArrayList<>();
    for (Episode episode : before.episodes()) {
      switch (episode.state()) {
        case PENDING -> {}
        case FIRING -> after.add(resolve(episode, tick));
        case RESOLVED -> after.add(episode);
      }
    }
    return new RuleState(tick, after, Map.of(), before.fields(), before.overflow(), "");
  }

  private Episode begin(List<String> group, long tick, double value) {
    Episode episode = new Episode(group, Episode.State.PENDING, tick, 0, 0, 0, value, List.of());
    return rule.hold().isZero() ? fire(episode, tick) : episode;
  }

  private Episode goOn(Episode before, long tick, double value) {
    Episode episode = before.measured(value);
    if (episode.state() == Episode.State.PENDING) {
      return tick - episode.since() >= rule.hold().toSeconds() ? fire(episode, tick) : episode;
    }
    return silenced.test(episode.group()) ? episode : release(episode, tick);
  }

  private Episode fire(Episode episode, long tick) {
    Delivery.Status status =
        silenced.test(episode.group()) ? Delivery.Status.HELD : Delivery.Status.WAITING;
    List<Delivery> deliveries =
        rule.channels().stream().map(to -> Delivery.first(to, status, tick * 1_000)).toList();
    return episode
        .firing(tick)
        .with(
            new Message(Notification.Kind.FIRING, tick, episode.value(), 0, List.of(), deliveries));
  }

  /** What a silence held back is sent, since it still fires. */
  private static Episode release(Episode episode, long tick) {
    return episode.changeMessages(
        message ->
            message.change(
                delivery ->
                    delivery.status() == Delivery.Status.HELD
                        ? delivery.to(Delivery.Status.WAITING, tick * 1_000)
                        : delivery));
  }

  private static Episode calm(Episode episode, long tick) {
    if (episode.state() == Episode.State.PENDING) {
      return episode;
    }
    if (episode.quiet() == 0) {
      return episode.quietSince(tick);
    }
    return tick - episode.quiet() >= CALM.toSeconds() ? resolve(episode, tick) : episode;
  }

  /** Tells those it is over who were told that it fires, silence or not. */
  private static Episode resolve(Episode before, long tick) {
    Episode episode =
        before
            .resolved(tick)
            .changeMessages(
                message ->
                    message.change(
                        delivery ->
                            delivery.status() == Delivery.Status.HELD
                                ? delivery.to(Delivery.Status.SILENCED, tick * 1_000)
                                : delivery));
    Message firing = episode.message(Notification.Kind.FIRING);
    List<Delivery> told = new ArrayList<>();
    if (firing != null) {
      for (Delivery delivery : firing.deliveries()) {
        Delivery.Status status =
            switch (delivery.status()) {
              case SILENCED, FAILED -> Delivery.Status.SILENCED;
              default -> Delivery.Status.WAITING;
            };
        told.add(Delivery.first(delivery.channel(), status, tick * 1_000));
      }
    }
    return episode.with(
        new Message(Notification.Kind.RESOLVED, tick, episode.value(), 0, List.of(), told));
  }

  private double value(List<String> group, Map<List<String>, Double> measured) {
    Double value = measured.get(group);
    if (value != null) {
      return value;
    }
    return switch (rule.measure().kind()) {
      case COUNT, RATE, ABSENCE -> 0;
      case RATIO, PERCENTILE -> Double.NaN;
    };
  }

  private boolean holds(double value) {
    if (rule.measure().kind() == AlertRule.Kind.ABSENCE) {
      return value == 0;
    }
    return !Double.isNaN(value) && rule.comparison().holds(value, rule.threshold());
  }

  /** Gives up telling about the oldest that are over, where a receiver takes none for long. */
  private static List<Episode> bounded(List<Episode> episodes, long tick) {
    long over = episodes.stream().filter(one -> one.state() == Episode.State.RESOLVED).count();
    List<Episode> kept = new ArrayList<>();
    for (Episode episode : episodes) {
      if (episode.state() == Episode.State.RESOLVED && over > MAX_UNTOLD) {
        over--;
        kept.add(episode.changeMessages(message -> message.change(one -> giveUp(one, tick))));
      } else {
        kept.add(episode);
      }
    }
    return kept;
  }

  private static Delivery giveUp(Delivery delivery, long tick) {
    return delivery.status().isFinal()
        ? delivery
        : delivery.failed(
            Delivery.Status.FAILED, tick * 1_000, "too many others wait for this channel");
  }

  private Map<List<String>, Long> known(
      Map<List<String>, Long> before, long tick, Map<List<String>, Double> measured) {
    if (rule.measure().kind() != AlertRule.Kind.ABSENCE || rule.groupBy().isEmpty()) {
      return Map.of();
    }
    Map<List<String>, Long> known = new HashMap<>(before);
    known.values().removeIf(seen -> tick - seen > FORGET_GROUP_AFTER.toSeconds());
    for (Map.Entry<List<String>, Double> group : measured.entrySet()) {
      boolean room = known.size() < RuleState.MAX_EPISODES || known.containsKey(group.getKey());
      if (group.getValue() > 0 && room) {
        known.put(group.getKey(), tick);
      }
    }
    return known;
  }
}
