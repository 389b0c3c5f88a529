package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What to watch, and whom to tell. A rule sees what its owner may see at that moment.
 *
 * @param id made by {@link AlertRules}; empty for a rule that is not stored
 * @param version of the document; 0 for a rule that is not stored
 * @param owner the name of the user whose rights it has; empty for one of the installation itself,
 *     which sees everything
 * @param query which events, in the query language; empty for all
 * @param threshold in the unit of the measure; of no meaning for {@link Kind#ABSENCE}
 * @param window how much time is looked at: whole ticks of {@value #TICK_SECONDS} s, up to a day
 * @param hold how long the condition must hold before the rule fires, up to a day
 * @param groupBy the fields of which each combination of values is watched on its own; up to 3
 * @param channels the ids of the channels to tell; up to 20
 * @param note what to do then; up to 2,000 characters
 */
public record AlertRule(
    String id,
    long version,
    String owner,
    String name,
    String dataset,
    String query,
    Measure measure,
    Comparison comparison,
    double threshold,
    Duration window,
    Duration hold,
    List<String> groupBy,
    Notification.Urgency urgency,
    List<String> channels,
    String note,
    boolean enabled) {

  /** Rules are evaluated at whole multiples of this many seconds. */
  public static final int TICK_SECONDS = 10;

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MAX_GROUP_FIELDS = 3;
  private static final int MAX_CHANNELS = 20;
  private static final int MAX_NAME = 120;
  private static final int MAX_NOTE = 2_000;

  /** What is measured in a window. */
  public enum Kind {
    /** How many events. */
    COUNT,
    /** How many events a second. */
    RATE,
    /** Which share, from 0 to 1, of the events of {@link Measure#of} are also of the query. */
    RATIO,
    /** A percentile of a field of the events, or of the durations of requests. */
    PERCENTILE,
    /** Whether there is no event. */
    ABSENCE
  }

  /** Where the numbers come from. */
  public enum Source {
    /** The events themselves. */
    EVENTS,
    /**
     * The statistics of requests, whose windows are ten seconds: a query and groups may name the
     * service, the route and the method only; {@link Kind#RATIO} is the share of failed requests,
     * {@link Kind#PERCENTILE} that of their durations.
     */
    REQUESTS
  }

  /**
   * What is measured, and of what.
   *
   * @param field the field of a percentile
   * @param percentile from 0 to 1
   * @param of the events that a ratio is taken of, in the query language; empty for all
   */
  public record Measure(Kind kind, Source source, String field, double percentile, String of) {}

  /** How a value is compared with the threshold. */
  public enum Comparison {
    ABOVE(">"),
    AT_LEAST(">="),
    BELOW("<"),
    AT_MOST("<=");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    boolean holds(double value, double threshold) {
      return switch (this) {
        case ABOVE -> value > threshold;
        case AT_LEAST -> value >= threshold;
        case BELOW -> value < threshold;
        case AT_MOST -> value <= threshold;
      };
    }

    /**
     * The comparison of a sign.
     *
     * @throws IllegalArgumentException if there is none of that sign
     */
    public static Comparison of(String sign) {
      for (Comparison comparison : values()) {
        if (comparison.sign.equals(sign)) {
          return comparison;
        }
      }
      throw new IllegalArgumentException("op is one of > >= < <=, not: " + sign);
    }
  }

  public AlertRule {
    Objects.requireNonNull(owner, "owner");
    groupBy = List.copyOf(groupBy);
    channels = List.copyOf(channels);
    require(!name.isBlank() && name.length() <= MAX_NAME, "name has 1 to 120 characters");
    require(note.length() <= MAX_NOTE, "note has at most 2,000 characters");
    require(Double.isFinite(threshold), "threshold is a number");
    require(
        window.toSeconds() >= TICK_SECONDS
            && window.toSeconds() % TICK_SECONDS == 0
            && window.compareTo(LONGEST) <= 0,
        "window is 10s to 1d, in steps of 10 seconds");
    require(!hold.isNegative() && hold.compareTo(LONGEST) <= 0, "for is 0s to 1d");
    require(
        groupBy.size() <= MAX_GROUP_FIELDS && groupBy.stream().distinct().count() == groupBy.size(),
        "groupBy has up to 3 fields, each once");
    require(channels.size() <= MAX_CHANNELS, "channels are at most 20");
    require(
        measure.percentile() > 0 && measure.percentile() < 1,
        "percentile lies between 0 and 1, for example 0.95");
    require(
        measure.source() == Source.EVENTS || measure.kind() != Kind.ABSENCE,
        "absence is of events, not of requests");
  }

  /** What is watched, in words: {@code share of level:error > 5 % in 5m}. */
  public String condition() {
    String matching = query.isEmpty() ? "all events" : query;
    String what =
        switch (measure.kind()) {
          case COUNT -> "count of " + matching;
          case RATE -> "rate of " + matching;
          case RATIO ->
              measure.source() == Source.REQUESTS
                  ? "share of failed requests of " + matching
                  : "share of " + matching + (measure.of().isEmpty() ? "" : " in " + measure.of());
          case PERCENTILE ->
              "p" + AlertValues.plain(measure.percentile() * 100) + " of " + what(matching);
          case ABSENCE -> "nothing of " + matching;
        };
    String compared =
        measure.kind() == Kind.ABSENCE
            ? ""
            : " " + comparison.sign() + " " + AlertValues.text(this, threshold);
    return what + compared + " in " + Spans.text(window);
  }

  private String what(String matching) {
    return measure.source() == Source.REQUESTS
        ? "the duration of requests of " + matching
        : measure.field() + " of " + matching;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
