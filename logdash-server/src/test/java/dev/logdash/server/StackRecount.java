package dev.logdash.server;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.dashboard.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is in the stores: the messages in the order in which they happened, and the statistics of
 * each minute beside what the same events are when they are counted again.
 *
 * @param messages oldest first
 * @param counted events and errors by minute, service and severity class, as they were kept
 * @param recounted the same, of the events that are found
 */
record StackRecount(
    List<String> messages, Map<String, String> counted, Map<String, String> recounted) {

  private static final Duration SOON = Duration.ofSeconds(120);
  private static final int MINUTE = 60;
  private static final long SECOND = 1_000_000_000L;

  /** Reads everything. */
  static StackRecount of(Stores stores) {
    List<String> messages = new ArrayList<>();
    Map<String, long[]> recounted = new TreeMap<>();
    OrderKey after = null;
    boolean more = true;
    while (more) {
      Page page = stores.search().search(query(after)).block(SOON);
      for (LogEvent event : page.events()) {
        messages.add(event.message());
        add(
            recounted,
            Math.floorDiv(event.timestampNanos(), MINUTE * SECOND) * MINUTE,
            List.of(event.service(), event.severity().className()),
            1,
            event.severity().isError() ? 1 : 0);
      }
      more = page.more();
      List<LogEvent> events = page.events();
      after = events.isEmpty() ? null : events.get(events.size() - 1).orderKey();
    }
    Map<String, long[]> counted = new TreeMap<>();
    stores
        .rollups()
        .read(new RollupQuery(RollupDefinitions.EVENTS, MINUTE, 0, Integer.MAX_VALUE))
        .toStream()
        .forEach(
            cell ->
                add(
                    counted,
                    cell.key().windowStart(),
                    cell.key().dimensions(),
                    cell.count(),
                    cell.errors()));
    return new StackRecount(messages, texts(counted), texts(recounted));
  }

  /** How many events the statistics know. */
  static long total(Stores stores) {
    return stores
        .rollups()
        .read(new RollupQuery(RollupDefinitions.EVENTS, 86_400, 0, Integer.MAX_VALUE))
        .reduce(0L, (sum, cell) -> sum + cell.count())
        .onErrorReturn(0L)
        .block(SOON);
  }

  /** How many events are found; none while there is nothing to look into. */
  static long found(Stores stores) {
    return stores.search().count(LogQuery.builder().build()).onErrorReturn(0L).block(SOON);
  }

  /** The messages of one way in, in the order in which they happened. */
  List<String> of(String way) {
    return messages.stream().filter(message -> message.startsWith(way)).toList();
  }

  /** What is there more than once. */
  TreeSet<String> doubled() {
    TreeSet<String> once = new TreeSet<>();
    TreeSet<String> doubled = new TreeSet<>();
    for (String message : messages) {
      if (!once.add(message)) {
        doubled.add(message);
      }
    }
    return doubled;
  }

  private static LogQuery query(@Nullable OrderKey after) {
    return LogQuery.builder()
        .order(LogQuery.Order.OLDEST_FIRST)
        .limit(LogQuery.MAX_LIMIT)
        .after(after)
        .build();
  }

  private static void add(
      Map<String, long[]> to, long window, List<String> dimensions, long count, long errors) {
    long[] cell = to.computeIfAbsent(window + " " + dimensions, key -> new long[2]);
    cell[0] += count;
    cell[1] += errors;
  }

  private static Map<String, String> texts(Map<String, long[]> cells) {
    Map<String, String> texts = new TreeMap<>();
    cells.forEach((key, cell) -> texts.put(key, cell[0] + " events, " + cell[1] + " errors"));
    return texts;
  }
}
