package dev.logdash.embedded;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.EventBatch;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Appends events without end and says after each flush up to where they are safe. */
final class AppendingProcess {

  private static final int BATCH = 50;

  private AppendingProcess() {}

  /**
   * @param arguments the folder, the first offset
   */
  public static void main(String[] arguments) {
    LuceneLogStore store =
        LuceneLogStore.builder(Path.of(arguments[0]), MutableClock.atNoon())
            .ramMegabytes(1)
            .build();
    long offset = Long.parseLong(arguments[1]);
    for (int round = 0; ; round++) {
      store.append(batch(offset, BATCH)).block();
      offset += BATCH;
      if (round % 3 == 2) {
        store.flush().block();
        System.out.println(offset);
        System.out.flush();
      }
    }
  }

  /** Events whose sequences are their offsets; every seventh day of reception differs. */
  static EventBatch batch(long first, int count) {
    List<LogEvent> events = new ArrayList<>(count);
    for (long seq = first; seq < first + count; seq++) {
      long observed = LogEvents.NOON - (seq % 7 == 0 ? LogEvents.DAY : 0);
      events.add(LogEvents.event(seq).observedNanos(observed).build());
    }
    return LogEvents.batch(events);
  }
}
