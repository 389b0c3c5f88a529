package dev.logdash.api.ingest;

import dev.logdash.api.event.RawRecord;
import java.util.List;

/**
 * Consecutive records of one partition; the unit of reading.
 *
 * @param records by ascending offset; empty where a source only tells that time has passed
 * @param nextOffset the records behind this batch have at least this offset
 * @param boundNanos no record behind this batch in its partition was received before this time, in
 *     nanoseconds since 1970
 */
public record RecordBatch(List<RawRecord> records, long nextOffset, long boundNanos) {

  public RecordBatch {
    records = List.copyOf(records);
  }

  /** The bytes of all records together. */
  public long bytes() {
    long sum = 0;
    for (RawRecord record : records) {
      sum += record.length();
    }
    return sum;
  }
}
