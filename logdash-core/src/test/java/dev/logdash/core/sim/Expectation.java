package dev.logdash.core.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.rollup.Cell;
import dev.logdash.core.pipeline.JoinLimits;
import dev.logdash.core.rollup.DurationSketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must be in the stores, worked out plainly from the whole log of each partition, without any
 * of the code that is tested.
 */
final class Expectation {

  private static final int[] TIERS = {10, 60, 3_600, 86_400};

  private final Map<String, LogEvent> events = new TreeMap<>();
  private final Set<String> letters = new HashSet<>();
  private final Map<String, Sum> sums = new TreeMap<>();

  /** Adds the records of a partition, in the order of its offsets. */
  void add(List<RawRecord> records) {
    Map<String, Long> lastSeq = new HashMap<>();
    Map<String, List<RawRecord>> groups = new HashMap<>();
    Map<String, Long> lastTime = new HashMap<>();
    List<List<RawRecord>> all = new ArrayList<>();
    long time = 0;
    for (RawRecord record : records) {
      time = Math.max(time, record.receivedNanos());
      Long before = lastSeq.get(record.origin().producer());
      if (before != null && record.origin().seq() <= before) {
        continue;
      }
      lastSeq.put(record.origin().producer(), record.origin().seq());
      List<RawRecord> group = groups.get(record.source());
      boolean joins =
          group != null
              && record.text().startsWith("+")
              && time - lastTime.get(record.source()) <= JoinLimits.DEFAULTS.gap().toNanos();
      if (!joins) {
        group = new ArrayList<>();
        groups.put(record.source(), group);
        all.add(group);
      }
      group.add(record);
      lastTime.put(record.source(), time);
    }
    all.forEach(group -> addEvent(joined(group)));
  }

  private static RawRecord joined(List<RawRecord> group) {
    RawRecord first = group.get(0);
    StringBuilder text = new StringBuilder(first.text());
    group.subList(1, group.size()).forEach(line -> text.append('\n').append(line.text()));
    byte[] body = text.toString().getBytes(UTF_8);
    return new RawRecord(
        first.origin(),
        first.offset(),
        first.receivedNanos(),
        first.dataset(),
        first.source(),
        first.headers(),
        body,
        0,
        body.length);
  }

  private void addEvent(RawRecord record) {
    String text = record.text();
    if (text.contains(SimLines.POISON) || text.contains(SimLines.REJECTED)) {
      letters.add(record.eventId());
      return;
    }
    LogEvent event = SimLines.understand(record);
    String key = event.observedNanos() / 86_400_000_000_000L + " " + event.id();
    events.put(key, event);
    count(event);
  }

  /** Counts an event in every series and window that it belongs to. */
  void count(LogEvent event) {
    for (int tier : TIERS) {
      long second = event.timestampNanos() / 1_000_000_000L;
      long window = second - second % tier;
      String place = tier + " " + window + " ";
      boolean error = event.severity().isError();
      sum("events " + place + event.service() + " " + event.severity().className()).add(error, -1);
      if (event.attributes().get(EcsFields.HTTP_STATUS) instanceof Long status) {
        String series =
            event.service()
                + " "
                + event.attributes().text(EcsFields.HTTP_ROUTE)
                + " GET "
                + status;
        long duration = (Long) event.attributes().get(EcsFields.DURATION);
        sum("requests " + place + series).add(status >= 500, duration);
      }
    }
  }

  private Sum sum(String key) {
    return sums.computeIfAbsent(key, name -> new Sum());
  }

  /** What the stores have too much, too little or otherwise; empty if all is right. */
  List<String> differences(SimStores stores) {
    List<String> differences = new ArrayList<>();
    compare("event", events, stores.events(), differences);
    Set<String> gotLetters = new HashSet<>();
    stores.letters.forEach(letter -> gotLetters.add(letter.headers().get(Headers.EVENT_ID)));
    if (!gotLetters.equals(letters)) {
      differences.add("dead letters: expected " + letters.size() + ", got " + gotLetters.size());
    }
    differences.addAll(cellDifferences(stores));
    return differences;
  }

  /** The same for the cells alone, against the events that were counted here. */
  List<String> cellDifferences(SimStores stores) {
    List<String> differences = new ArrayList<>();
    compare("cell", sums, merged(stores.cells.values()), differences);
    return differences;
  }

  private static Map<String, Sum> merged(Collection<Cell> cells) {
    Map<String, Sum> merged = new TreeMap<>();
    for (Cell cell : cells) {
      String key =
          cell.key().definition()
              + " "
              + cell.key().tierSeconds()
              + " "
              + cell.key().windowStart()
              + " "
              + String.join(" ", cell.key().dimensions());
      merged.computeIfAbsent(key, name -> new Sum()).add(cell);
    }
    return merged;
  }

  private static <T> void compare(
      String what, Map<String, T> expected, Map<String, T> got, List<String> differences) {
    for (Map.Entry<String, T> entry : expected.entrySet()) {
      T other = got.get(entry.getKey());
      if (!entry.getValue().equals(other)) {
        differences.add(what + " " + entry.getKey() + ": " + entry.getValue() + " but " + other);
      }
    }
    for (String key : got.keySet()) {
      if (!expected.containsKey(key)) {
        differences.add(what + " " + key + " is too much: " + got.get(key));
      }
    }
  }

  /** Statistics of one series and window. */
  private static final class Sum {
    private long count;
    private long errors;
    private long sum;
    private final DurationSketch sketch = new DurationSketch();

    void add(boolean error, long duration) {
      count++;
      errors += error ? 1 : 0;
      if (duration >= 0) {
        sum += duration;
        sketch.add(duration);
      }
    }

    void add(Cell cell) {
      count += cell.count();
      errors += cell.errors();
      sum += cell.sum();
      sketch.merge(DurationSketch.decode(cell.sketch()));
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Sum other
          && count == other.count
          && errors == other.errors
          && sum == other.sum
          && Arrays.equals(sketch.encode(), other.sketch.encode());
    }

    @Override
    public int hashCode() {
      return Long.hashCode(sum);
    }

    @Override
    public String toString() {
      return count + "/" + errors + "/" + sum;
    }
  }
}
