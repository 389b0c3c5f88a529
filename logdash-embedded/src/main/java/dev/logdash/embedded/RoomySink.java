package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Leaves room on the disk for the stores behind a spool: a spool that took the last of it could
 * never be emptied. Refuses records as {@link BackendException.Overloaded} while there is too
 * little.
 */
final class RoomySink implements LogSink {

  private static final long MIB = 1 << 20;

  private final LogSink sink;
  private final Disk disk;
  private final String place;
  private final long wantedBytes;

  /**
   * @param place names the disk to people
   * @param wantedBytes what is to stay free, at most a quarter of the disk
   */
  RoomySink(LogSink sink, Disk disk, String place, long wantedBytes) {
    this.sink = sink;
    this.disk = disk;
    this.place = place;
    this.wantedBytes = wantedBytes;
  }

  /** A disk, in bytes. */
  interface Disk {
    long usable();

    long total();
  }

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    return room().then(sink.append(batch, atLeast));
  }

  @Override
  public Mono<Void> check() {
    return room().then(sink.check());
  }

  @Override
  public void close() {
    sink.close();
  }

  private Mono<Void> room() {
    return Mono.fromRunnable(
        () -> {
          long usable = disk.usable();
          long total = disk.total();
          // A file system that does not tell its size is left to say itself when it is full.
          long wanted = Math.min(wantedBytes, total / 4);
          if (total > 0 && usable < wanted) {
            throw new BackendException.Overloaded(
                "the disk of "
                    + place
                    + " is nearly full: the stores need "
                    + ((wanted + MIB - 1) / MIB)
                    + " MiB; free some, then it goes on by itself",
                null);
          }
        });
  }
}
