package dev.logdash.embedded;

import dev.logdash.api.store.Retention;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Drops the days of a store that a policy no longer allows. */
final class DayRetention {

  private static final long DAY_SECONDS = ChronoUnit.DAYS.getDuration().toSeconds();

  private final EventIndices indices;
  private final Clock clock;
  private final FreeSpace freeSpace;

  DayRetention(EventIndices indices, Clock clock, FreeSpace freeSpace) {
    this.indices = indices;
    this.clock = clock;
    this.freeSpace = freeSpace;
  }

  /** How much of a disk is free. */
  interface FreeSpace {
    double fraction(Path folder) throws IOException;
  }

  /** What the operating system says. */
  static double freeFraction(Path folder) throws IOException {
    FileStore disk = Files.getFileStore(folder);
    long total = disk.getTotalSpace();
    return total <= 0 ? 1 : (double) disk.getUsableSpace() / total;
  }

  /** Drops them, the oldest first; returns their names. */
  List<String> drop(Retention policy) throws IOException {
    Instant now = clock.instant();
    long today = Math.floorDiv(now.getEpochSecond(), DAY_SECONDS);
    Instant oldestEnd = now.minus(policy.maxAge());
    List<EventIndex> all = indices.all();
    long bytes = 0;
    for (EventIndex index : all) {
      bytes += EventIndices.bytes(index);
    }
    long oldestDay = Math.floorDiv(oldestEnd.getEpochSecond(), DAY_SECONDS);
    List<String> dropped = new ArrayList<>(indices.dropUnreadable(Math.min(oldestDay, today)));
    for (EventIndex index : all) {
      Instant end = Instant.ofEpochSecond(DAY_SECONDS * (index.name().epochDay() + 1));
      boolean allowed =
          !end.isBefore(oldestEnd)
              && bytes <= policy.maxBytes()
              && freeSpace.fraction(indices.root()) >= policy.minFreeFraction();
      if (index.name().epochDay() < today && !allowed) {
        bytes -= EventIndices.bytes(index);
        indices.drop(index);
        dropped.add(index.name().name());
      }
    }
    return dropped;
  }
}
