package dev.logdash.core.pipeline;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.store.AppendResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a batch of records yielded: events, letters for what failed, and where a replay starts. */
final class DecodedBatch {

  private final List<LogEvent> events = new ArrayList<>();
  private final List<JoinedRecord> records = new ArrayList<>();
  private final List<DeadLetters.Letter> letters = new ArrayList<>();
  private long bytes;
  private long letterLines;
  private long repeatedLines;
  private long watermarkNanos;
  private boolean resendable;
  private final boolean ambiguous;
  private final List<Long> cuts;
  private Resume resume = new Resume(0, 0, Map.of(), Map.of());

  /** Where a replay starts after this batch; the parts are those of {@link Snapshot}. */
  record Resume(
      long nextOffset, long timeNanos, Map<String, Long> straddling, Map<String, Long> producers) {}

  DecodedBatch() {
    this(false, List.of());
  }

  /**
   * @param ambiguous whether what was decoded follows from the cuts too, not from the records alone
   * @param cuts the cuts that this batch made
   */
  DecodedBatch(boolean ambiguous, List<Long> cuts) {
    this.ambiguous = ambiguous;
    this.cuts = cuts;
  }

  void add(JoinedRecord joined, LogEvent event, boolean canResend) {
    records.add(joined);
    events.add(event);
    watermarkNanos = Math.max(watermarkNanos, event.timestampNanos());
    resendable |= canResend;
  }

  void fail(JoinedRecord joined, DeadLetterReason reason, String message) {
    letters.add(new DeadLetters.Letter(joined.record(), reason, message));
    letterLines += joined.lines();
  }

  void repeat(JoinedRecord joined) {
    repeatedLines += joined.lines();
  }

  void finish(long batchBytes, Resume where) {
    bytes = batchBytes;
    resume = where;
  }

  /** Moves the events that the store will never take to the letters. */
  void reject(List<AppendResult.Rejection> rejections) {
    for (int i = rejections.size() - 1; i >= 0; i--) {
      AppendResult.Rejection rejection = rejections.get(i);
      events.remove(rejection.index());
      fail(
          records.remove(rejection.index()),
          DeadLetterReason.REJECTED_BY_STORE,
          rejection.reason());
    }
    if (!rejections.isEmpty()) {
      letters.sort(Comparator.comparingLong(letter -> letter.record().offset()));
    }
  }

  List<LogEvent> events() {
    return events;
  }

  List<DeadLetters.Letter> letters() {
    return letters;
  }

  long[] offsets() {
    long[] offsets = new long[records.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = recordAt(i).offset();
    }
    return offsets;
  }

  RawRecord recordAt(int index) {
    return records.get(index).record();
  }

  boolean isAmbiguous() {
    return ambiguous;
  }

  List<Long> cuts() {
    return cuts;
  }

  boolean isResendable() {
    return resendable;
  }

  long bytes() {
    return bytes;
  }

  long watermarkNanos() {
    return watermarkNanos;
  }

  Resume resume() {
    return resume;
  }

  /** What became of the records; to be asked after {@link #reject}. */
  Totals totals() {
    long storedLines = 0;
    for (JoinedRecord record : records) {
      storedLines += record.lines();
    }
    return new Totals(
        storedLines + letterLines + repeatedLines,
        storedLines,
        letterLines,
        repeatedLines,
        events.size(),
        letters.size());
  }
}
