package dev.logdash.api.alert;

import dev.logdash.api.event.Severity;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message about one transition. Whatever comes from logs or from people (names, group, query,
 * lines) is text and nothing else: a notifier escapes it for its medium and never looks into it for
 * templates, links or markup.
 *
 * @param id the same whenever this message is sent again, so that a receiver can tell; 1 to 64 of
 *     the characters {@code a-z 0-9 -}
 * @param episode the id of the continuous firing that it belongs to; the same in the message that
 *     it fires and in the one that it is resolved
 * @param repeat whether it may have been sent before, by a process that died while sending
 * @param group the values of the grouping fields, in the order of the rule; empty without grouping
 * @param condition what was watched, in words: {@code error rate of checkout > 5 % in 5m}
 * @param value what was measured when it fired, or last before it was resolved; null where there
 *     was nothing to measure
 * @param since when it began to fire
 * @param at when this transition was
 * @param query what was watched, in the query language; empty for everything
 * @param from the start of the time that was looked at
 * @param to its end, not included
 * @param link where that is shown; null where no address of the dashboard is known
 * @param matches how many events of the group matched in that time
 * @param lines some of them, the newest first
 * @param note what the rule says to whoever is woken; may be empty
 */
public record Notification(
    String id,
    Kind kind,
    String rule,
    String episode,
    boolean repeat,
    Urgency urgency,
    Map<String, String> group,
    String condition,
    @Nullable Double value,
    Instant since,
    Instant at,
    String query,
    Instant from,
    Instant to,
    @Nullable URI link,
    long matches,
    List<Line> lines,
    String note) {

  /** Which transition it is about. */
  public enum Kind {
    FIRING,
    RESOLVED,
    /** Nothing happened: somebody tries whether messages arrive. */
    TEST
  }

  /** How much it matters, from {@code critical} down. */
  public enum Urgency {
    CRITICAL,
    WARNING,
    INFO
  }

  /** A line of a log as it is shown to people. */
  public record Line(Instant time, String service, Severity severity, String text) {}

  public Notification {
    lines = List.copyOf(lines);
    // Map.copyOf would lose the order.
    group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
  }
}
