package dev.logdash.core.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.core.kit.SimFs;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import dev.logdash.tck.MutableClock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class DeadLettersTest {

  private static final PartitionId PARTITION = new PartitionId("lane", 0);

  private final SimFs disk = new SimFs();
  private Spool spool = open();

  @Test
  void areNotWrittenUntilTheyAreForced() {
    DeadLetters letters = letters();
    disk.failForces(2);

    assertThatThrownBy(() -> letters.write(PARTITION, List.of(letter(7))).block())
        .isInstanceOf(BackendException.Unavailable.class);
    // The letter is in by now, so nothing is left to append, and still it is not safe.
    assertThatThrownBy(() -> letters.write(PARTITION, List.of(letter(7))).block())
        .isInstanceOf(BackendException.Unavailable.class);

    disk.kill();
    spool = open();
    letters().write(PARTITION, List.of(letter(7))).block();
    assertThat(spool.statistics().appended()).isZero();
    assertThat(spool.position("dead-letters/" + PARTITION)).isEqualTo(8);
  }

  private DeadLetters letters() {
    LogSink sink = spool.sink();
    return new DeadLetters(sink, spool::position, AckLevel.FSYNCED);
  }

  private Spool open() {
    return Spool.open(
        disk,
        SpoolConfig.defaults(),
        MutableClock.atNoon(),
        VirtualTimeScheduler.create(),
        new Random(7));
  }

  private static DeadLetters.Letter letter(long offset) {
    byte[] body = "poison".getBytes(UTF_8);
    RawRecord record =
        new RawRecord(
            Origin.ofProducer(1, 1, offset),
            offset,
            1,
            RawRecord.DEFAULT_DATASET,
            "app.log",
            Map.of(),
            body,
            0,
            body.length);
    return new DeadLetters.Letter(record, DeadLetterReason.DECODE, "no parser survives it");
  }
}
