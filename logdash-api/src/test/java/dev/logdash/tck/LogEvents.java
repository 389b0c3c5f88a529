package dev.logdash.tck;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.Severity;
import dev.logdash.api.store.EventBatch;
import java.util.ArrayList;
import java.util.List;

/** Events for tests: complete, distinct, and the same in every run. */
public final class LogEvents {

  /** 2026-11-23T12:00:00Z. */
  public static final long NOON = 1_795_435_200_000_000_000L;

  public static final long SECOND = 1_000_000_000L;
  public static final long HOUR = 3_600 * SECOND;
  public static final long DAY = 24 * HOUR;

  /** The producer of all events made here. */
  public static final long PRODUCER = 0x1f2e3d4c5b6a7988L;

  private static final PartitionId PARTITION = new PartitionId("1f2e3d4c5b6a7988", 0);

  private LogEvents() {}

  /** An event a second after noon times its sequence. */
  public static LogEvent.Builder event(long seq) {
    long time = NOON + seq * SECOND;
    Origin origin = Origin.ofProducer(PRODUCER, 1, seq);
    return LogEvent.builder(origin.eventId(NOON))
        .origin(origin)
        .timestampNanos(time)
        .observedNanos(NOON)
        .severity(Severity.INFO)
        .severityText("INFO")
        .service("checkout")
        .source("app.log")
        .message("order " + seq + " shipped");
  }

  public static LogEvent error(long seq, String message) {
    return event(seq)
        .severity(Severity.ERROR)
        .severityText("ERROR")
        .message(message)
        .attributes(Attributes.builder().put("error.type", "java.io.IOException").build())
        .build();
  }

  /** Distinct events with sequences from a first one on. */
  public static List<LogEvent> burst(long firstSeq, int count) {
    List<LogEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(event(firstSeq + i).build());
    }
    return events;
  }

  /** A batch whose offsets are the sequences of its events, of a producer that never resends. */
  public static EventBatch batch(List<LogEvent> events) {
    long first = events.isEmpty() ? 0 : events.get(0).seq();
    long last = events.isEmpty() ? 0 : events.get(events.size() - 1).seq();
    return new EventBatch(PARTITION, first, last, false, events);
  }

  public static EventBatch batch(LogEvent... events) {
    return batch(List.of(events));
  }
}
