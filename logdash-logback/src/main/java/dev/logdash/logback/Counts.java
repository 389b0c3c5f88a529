package dev.logdash.logback;

import ch.qos.logback.classic.Level;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of events. Safe for use by many threads. */
final class Counts {

  private static final String[] LEVELS = {"trace", "debug", "info", "warn", "error"};
  private static final DropReason[] REASONS = DropReason.values();

  private final LongAdder sent = new LongAdder();
  private final LongAdder fallback = new LongAdder();
  private final LongAdder[] dropped = new LongAdder[REASONS.length * LEVELS.length];

  Counts() {
    for (int i = 0; i < dropped.length; i++) {
      dropped[i] = new LongAdder();
    }
  }

  void sent(long events) {
    sent.add(events);
  }

  void fallback() {
    fallback.increment();
  }

  void dropped(DropReason reason, Level level) {
    dropped[reason.ordinal() * LEVELS.length + index(level)].increment();
  }

  long sent() {
    return sent.sum();
  }

  long diverted() {
    return fallback.sum();
  }

  long dropped() {
    return lost() + dropped(DropReason.INTERNAL);
  }

  /** The dropped that somebody may miss. */
  long lost() {
    long sum = 0;
    for (DropReason reason : REASONS) {
      if (reason != DropReason.INTERNAL) {
        sum += dropped(reason);
      }
    }
    return sum;
  }

  /** The dropped by reason and level, without {@link DropReason#INTERNAL} if so wanted. */
  Map<String, Long> byReason(boolean internal) {
    Map<String, Long> table = new TreeMap<>();
    for (DropReason reason : REASONS) {
      for (int i = 0; i < LEVELS.length; i++) {
        long count = dropped[reason.ordinal() * LEVELS.length + i].sum();
        if (count > 0 && (internal || reason != DropReason.INTERNAL)) {
          table.put(reason.label() + '.' + LEVELS[i], count);
        }
      }
    }
    return table;
  }

  private long dropped(DropReason reason) {
    long sum = 0;
    for (int i = 0; i < LEVELS.length; i++) {
      sum += dropped[reason.ordinal() * LEVELS.length + i].sum();
    }
    return sum;
  }

  private static int index(Level level) {
    switch (level.toInt()) {
      case Level.TRACE_INT:
        return 0;
      case Level.DEBUG_INT:
        return 1;
      case Level.INFO_INT:
        return 2;
      case Level.WARN_INT:
        return 3;
      default:
        return 4;
    }
  }

  /** For people. */
  static String describe(Map<String, Long> reasons) {
    StringBuilder text = new StringBuilder();
    reasons.forEach(
        (name, count) ->
            text.append(text.length() == 0 ? "" : ", ")
                .append(String.format(Locale.ROOT, "%,d ", count))
                .append(name));
    return text.toString();
  }
}
