package dev.logdash.core.pipeline;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.RawRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins lines that belong to one event, source by source, and hands records on in the order of
 * their first lines. Used by one worker at a time.
 *
 * <p><b>Purity.</b> Which lines are joined follows from the records and the cuts. A group ends when
 * its source begins another one, when a limit is reached, or when the partition shows a record that
 * was received too long after its last line. It also ends when a bound promises that nothing else
 * will be received in time. That promise can be wrong, where a producer was kept away from the
 * broker, and a replay would join what came late; so such an end is a cut, to be known to a replay
 * before anything is made of the group.
 *
 * <p><b>Restart.</b> A replay starts at {@link #nextOffset}, the first line of the oldest record
 * not handed on. Records that started before it are all handed on, but their later lines may stand
 * behind it; {@link #straddling} names, for each source, the last such line, and a replay passes
 * over the lines up to there.
 */
final class RecordJoiner {

  private final LineJoining joining;
  private final JoinLimits limits;
  private final long gapNanos;
  // By the last line, the oldest first: the order in which groups end by time and by distance. Who
  // is looked up goes last, since its line is the newest.
  private final Map<String, Group> open = new LinkedHashMap<>(16, 0.75f, true);
  // By the first line: the order in which records are handed on.
  private final ArrayDeque<Group> waiting = new ArrayDeque<>();
  // By source, the last line of the newest record of several lines that was handed on.
  private final Map<String, Long> handedOn;
  private final Map<String, Long> passOver;
  private final Set<Long> knownCuts;
  private final List<Long> newCuts = new ArrayList<>();
  private long recordCount;
  private long byteCount;
  private long timeNanos;
  private long next;
  // Lines of one source mostly follow each other.
  private String lastDataset = "";
  private String lastSource = "";
  private String lastKey = "\u0000";

  /**
   * @param nextOffset where the records start
   * @param timeNanos the latest time of reception below that offset
   * @param straddling what the snapshot says of lines behind that offset which are done already
   * @param cuts the last lines of records that a bound has ended behind that offset
   */
  RecordJoiner(
      LineJoining joining,
      JoinLimits limits,
      long nextOffset,
      long timeNanos,
      Map<String, Long> straddling,
      Set<Long> cuts) {
    this.joining = joining;
    this.limits = limits;
    this.gapNanos = limits.gap().toNanos();
    this.next = nextOffset;
    this.timeNanos = timeNanos;
    this.passOver = new HashMap<>(straddling);
    this.handedOn = new HashMap<>(straddling);
    this.knownCuts = new HashSet<>(cuts);
  }

  /** Takes the next record, and adds to {@code done} what is complete by it. */
  void accept(RawRecord record, List<JoinedRecord> done) {
    recordCount++;
    byteCount += record.length();
    pass(record.receivedNanos());
    next = record.offset() + 1;
    String source = sourceOf(record);
    if (!passOver.isEmpty() && isDone(source, record.offset())) {
      release(done);
      return;
    }
    Group group = open.get(source);
    int state = group == null ? LineJoining.END : stateBehind(group, record);
    if (group != null && state != LineJoining.END) {
      group.add(record, state);
      touch(group);
    } else {
      if (group != null) {
        group.closed = true;
      }
      begin(record, source);
    }
    Group cut = knownCuts.remove(record.offset()) ? open.remove(source) : null;
    if (cut != null) {
      cut.closed = true;
    }
    release(done);
  }

  /**
   * Takes a record that was sent before; it is handed on at its place, so that it is counted once.
   */
  void acceptRepeated(RawRecord record, List<JoinedRecord> done) {
    recordCount++;
    byteCount += record.length();
    pass(record.receivedNanos());
    next = record.offset() + 1;
    Group group = new Group(record, sourceOf(record), timeNanos);
    group.repeated = true;
    group.closed = true;
    waiting.add(group);
    release(done);
  }

  /** Learns that no later record is said to be received before a time or has a smaller offset. */
  void bound(long nextOffset, long nanos, List<JoinedRecord> done) {
    next = Math.max(next, nextOffset);
    // The time of later records is counted from records alone, as a replay counts it.
    long time = Math.max(timeNanos, nanos);
    Iterator<Group> oldest = open.values().iterator();
    while (oldest.hasNext()) {
      Group group = oldest.next();
      if (time - group.lastTime <= gapNanos) {
        break;
      }
      group.closed = true;
      newCuts.add(group.lastOffset);
      oldest.remove();
    }
    release(done);
  }

  /** The last lines of records that a bound has ended since the last call. */
  List<Long> takeCuts() {
    List<Long> cuts = List.copyOf(newCuts);
    newCuts.clear();
    return cuts;
  }

  /** The first offset that a replay needs; everything below it was handed on. */
  long nextOffset() {
    Group first = waiting.peek();
    return first == null ? next : first.first.offset();
  }

  /** The latest time of reception below {@link #nextOffset}. */
  long timeBelowNext() {
    Group first = waiting.peek();
    return first == null ? timeNanos : first.timeBefore;
  }

  /** By source, the last line at or behind {@link #nextOffset} of a record handed on before. */
  Map<String, Long> straddling() {
    long from = nextOffset();
    handedOn.values().removeIf(last -> last < from);
    return Map.copyOf(handedOn);
  }

  private void begin(RawRecord record, String source) {
    Group group = new Group(record, source, timeNanos);
    touch(group);
    waiting.add(group);
    group.state =
        record.source().isEmpty()
            ? LineJoining.END
            : joining.begin(record.array(), record.start(), record.start() + record.length());
    if (group.state == LineJoining.END) {
      group.closed = true;
      open.remove(source);
    } else {
      open.put(source, group);
    }
  }

  private void touch(Group group) {
    group.lastTime = timeNanos;
    group.lastCount = recordCount;
    group.lastBytes = byteCount;
  }

  private int stateBehind(Group group, RawRecord record) {
    boolean full =
        group.lines >= limits.maxLines() || group.bytes + 1 + record.length() > limits.maxBytes();
    int start = record.start();
    return full
        ? LineJoining.END
        : joining.next(group.state, record.array(), start, start + record.length());
  }

  private boolean isDone(String source, long offset) {
    Long last = passOver.get(source);
    if (last == null) {
      return false;
    }
    if (offset >= last) {
      passOver.remove(source);
    }
    return offset <= last;
  }

  /** Ends the groups whose last line lies too far back in time or in records. */
  private void pass(long receivedNanos) {
    timeNanos = Math.max(timeNanos, receivedNanos);
    Iterator<Group> oldest = open.values().iterator();
    while (oldest.hasNext()) {
      Group group = oldest.next();
      boolean stale =
          timeNanos - group.lastTime > gapNanos
              || recordCount - group.lastCount > limits.maxRecordsBetween()
              || byteCount - group.lastBytes > limits.maxBytesBetween();
      if (!stale) {
        return;
      }
      group.closed = true;
      oldest.remove();
    }
  }

  private void release(List<JoinedRecord> done) {
    Group first = waiting.peek();
    while (first != null && first.closed) {
      waiting.remove();
      if (first.lines > 1) {
        handedOn.put(first.source, first.lastOffset);
      }
      done.add(new JoinedRecord(first.joined(), first.lines, first.repeated));
      first = waiting.peek();
    }
  }

  private String sourceOf(RawRecord record) {
    if (!record.source().equals(lastSource) || !record.dataset().equals(lastDataset)) {
      lastDataset = record.dataset();
      lastSource = record.source();
      lastKey = lastDataset + '\u0000' + lastSource;
    }
    return lastKey;
  }

  /** The lines of one event, as far as they have come. */
  private static final class Group {
    private final RawRecord first;
    private final String source;
    private final long timeBefore;
    private @Nullable List<RawRecord> more;
    private int state;
    private int lines = 1;
    private int bytes;
    private long lastOffset;
    private long lastTime;
    private long lastCount;
    private long lastBytes;
    private boolean closed;
    private boolean repeated;

    Group(RawRecord first, String source, long timeBefore) {
      this.first = first;
      this.source = source;
      this.timeBefore = timeBefore;
      this.bytes = first.length();
      this.lastOffset = first.offset();
    }

    void add(RawRecord record, int newState) {
      state = newState;
      if (more == null) {
        more = new ArrayList<>();
      }
      more.add(record);
      lines++;
      bytes += 1 + record.length();
      lastOffset = record.offset();
    }

    RawRecord joined() {
      if (more == null) {
        return first;
      }
      byte[] all = new byte[bytes];
      System.arraycopy(first.array(), first.start(), all, 0, first.length());
      int at = first.length();
      for (RawRecord line : more) {
        all[at++] = '\n';
        System.arraycopy(line.array(), line.start(), all, at, line.length());
        at += line.length();
      }
      return first.withBody(all, headers(more));
    }

    /** Those of the first line, and what was taken out of the others. */
    private Map<String, String> headers(List<RawRecord> others) {
      Set<String> redacted = new TreeSet<>();
      for (RawRecord line : others) {
        String kinds = line.headers().get(Headers.REDACTED);
        if (kinds != null) {
          redacted.addAll(List.of(kinds.split(",", -1)));
        }
      }
      if (redacted.isEmpty()) {
        return first.headers();
      }
      String own = first.headers().get(Headers.REDACTED);
      if (own != null) {
        redacted.addAll(List.of(own.split(",", -1)));
      }
      Map<String, String> headers = new HashMap<>(first.headers());
      headers.put(Headers.REDACTED, String.join(",", redacted));
      return headers;
    }
  }
}
