package dev.logdash.core.spool;

import static dev.logdash.core.spool.SpoolKit.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.kit.SimFs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpoolTest {

  private final SpoolKit kit = new SpoolKit();

  @Test
  void givesBackWhatItTookWithEverythingThatBelongsToIt() {
    Spool spool = kit.open();
    Submission record =
        Submission.of("übergröße", "app.log")
            .withDataset("audit")
            .withHeaders(Map.of("logdash.format", "json", "k", "v"))
            .withPosition(new SourcePosition("file-1", 4711));

    append(spool, AckLevel.SPOOLED, record, Submission.of("", ""));

    List<RawRecord> read = kit.readAll(spool);
    assertThat(SpoolKit.texts(read)).containsExactly("übergröße", "");
    assertThat(read.get(0).dataset()).isEqualTo("audit");
    assertThat(read.get(0).source()).isEqualTo("app.log");
    assertThat(read.get(0).headers()).isEqualTo(Map.of("logdash.format", "json", "k", "v"));
    assertThat(read.get(0).offset()).isEqualTo(read.get(0).origin().seq());
    assertThat(read.get(1).dataset()).isEqualTo(RawRecord.DEFAULT_DATASET);
    assertThat(read.get(1).source()).isEmpty();
    assertThat(spool.position("file-1")).isEqualTo(4711);
    assertThat(spool.position("file-2")).isEqualTo(-1);
  }

  @Test
  void keepsOrderAndOffsetsOverManySegmentsAndRestarts() {
    Spool spool = kit.open();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Submission record = SpoolKit.sized(i, 20 + i % 90);
      expected.add(new String(record.body()));
      append(spool, AckLevel.SPOOLED, record);
    }
    List<RawRecord> before = kit.readAll(spool);
    spool.close();

    List<RawRecord> after = kit.readAll(kit.open());

    assertThat(SpoolKit.texts(before)).isEqualTo(expected);
    assertThat(SpoolKit.texts(after)).isEqualTo(expected);
    assertThat(after).extracting(RawRecord::offset).isSorted();
    assertThat(after.stream().map(RawRecord::origin).toList())
        .isEqualTo(before.stream().map(RawRecord::origin).toList());
    assertThat(kit.files.usedBytes()).isLessThanOrEqualTo(SpoolKit.SMALL.maxBytes());
  }

  @Test
  void aCleanRestartWastesNoSequenceAndRaisesTheEpoch() {
    Spool spool = kit.open();
    append(spool, AckLevel.SPOOLED, "a", "b");
    spool.close();
    Spool again = kit.open();
    append(again, AckLevel.SPOOLED, "c");

    List<RawRecord> read = kit.readAll(again);

    assertThat(read).extracting(RawRecord::offset).containsExactly(0L, 1L, 2L);
    assertThat(read).extracting(record -> record.origin().epoch()).containsExactly(1, 1, 2);
  }

  @Test
  void aKilledProcessWastesItsLeaseAndLosesNothing() {
    Spool spool = kit.open();
    append(spool, AckLevel.SPOOLED, "a", "b");
    kit.files.kill();
    Spool again = kit.open();
    append(again, AckLevel.SPOOLED, "c");

    List<RawRecord> read = kit.readAll(again);

    assertThat(SpoolKit.texts(read)).containsExactly("a", "b", "c");
    assertThat(read).extracting(RawRecord::offset).containsExactly(0L, 1L, Stamps.LEASE);
  }

  @Test
  void timeOfReceptionNeverGoesBackEvenIfTheClockDoes() {
    Spool spool = kit.open();
    append(spool, AckLevel.SPOOLED, "a");
    kit.clock.advance(Duration.ofHours(-1));
    append(spool, AckLevel.SPOOLED, "b");
    spool.close();
    kit.clock.advance(Duration.ofHours(-1));
    Spool again = kit.open();
    append(again, AckLevel.SPOOLED, "c");

    List<RawRecord> read = kit.readAll(again);

    assertThat(read).extracting(RawRecord::receivedNanos).hasSize(3).isSorted();
  }

  @Test
  void acknowledgedSegmentsAreDeletedAndTheRestStays() {
    Spool spool = kit.open();
    for (int i = 0; i < 200; i++) {
      append(spool, AckLevel.SPOOLED, SpoolKit.sized(i, 100));
    }
    Assignment lane = kit.lanes(spool).get(0);
    long before = spool.statistics().bytes();

    kit.acknowledge(lane, 150);

    assertThat(spool.statistics().bytes()).isLessThan(before - 8_000);
    assertThat(kit.read(lane, 0)).extracting(RawRecord::offset).startsWith(150L).hasSize(50);
    spool.close();
    assertThat(kit.readAll(kit.open())).extracting(RawRecord::offset).startsWith(150L).hasSize(50);
  }

  @Test
  void refusesAWholeBatchWhenItsCapIsReachedAndGoesOnWhenThereIsRoom() {
    Spool spool = kit.open();
    Submission[] batch = new Submission[20];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = SpoolKit.sized(i, 500);
    }
    int taken = 0;
    BackendException refusal = null;
    while (refusal == null) {
      try {
        append(spool, AckLevel.SPOOLED, batch);
        taken += batch.length;
      } catch (BackendException e) {
        refusal = e;
      }
    }

    assertThat(refusal).isInstanceOf(BackendException.Overloaded.class);
    assertThat(kit.files.usedBytes()).isLessThanOrEqualTo(SpoolKit.SMALL.maxBytes());
    assertThat(kit.readAll(spool)).hasSize(taken);
    assertThat(spool.statistics().overloaded()).isEqualTo(batch.length);
    Assignment lane = kit.lanes(spool).get(0);
    kit.acknowledge(lane, taken);
    append(spool, AckLevel.SPOOLED, batch);
    assertThat(kit.readAll(spool)).hasSize(batch.length);
  }

  @Test
  void usesTheRoomOfAnAcknowledgedSegmentThatIsStillOpen() {
    kit.with(SpoolKit.SMALL.withSizes(128 * 1024, Space.OVERHEAD + 3 * 128 * 1024));
    Spool spool = kit.open();
    long offset = 0;
    for (int round = 0; round < 200; round++) {
      Submission[] batch = new Submission[100];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = SpoolKit.sized(i, 1000);
      }
      append(spool, AckLevel.SPOOLED, batch);
      offset += batch.length;
      kit.acknowledge(kit.lanes(spool).get(0), offset);
      assertThat(kit.files.usedBytes()).isLessThanOrEqualTo(kit.config.maxBytes());
    }
  }

  @Test
  void aFullDiskTakesNothingAndTheSpoolGoesOnWhenSpaceReturns() {
    Spool spool = kit.open();
    append(spool, AckLevel.SPOOLED, "before");
    kit.files.capacity(kit.files.usedBytes() + 1_000);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> append(spool, AckLevel.SPOOLED, SpoolKit.sized(0, 2_000)))
          .isInstanceOf(BackendException.Overloaded.class);
    }
    kit.files.capacity(Long.MAX_VALUE);
    append(spool, AckLevel.SPOOLED, "after");

    assertThat(kit.lines(spool)).containsExactly("before", "after");
  }

  @Test
  void aFullDiskHindersNeitherAcknowledgingNorClosing() {
    Spool spool = kit.open();
    append(spool, AckLevel.SPOOLED, "a", "b");
    kit.files.capacity(kit.files.usedBytes());

    kit.acknowledge(kit.lanes(spool).get(0), 1);
    spool.close();

    kit.files.capacity(Long.MAX_VALUE);
    Spool again = kit.open();
    append(again, AckLevel.SPOOLED, "c");
    assertThat(kit.readAll(again)).extracting(RawRecord::offset).containsExactly(1L, 2L);
  }

  @Test
  void recordsThatAreTooLargeComeBackWhileTheOthersGoIn() {
    Spool spool = kit.open();

    SinkAck ack =
        append(
            spool,
            AckLevel.SPOOLED,
            Submission.of("a", "s"),
            SpoolKit.sized(1, 70_000),
            Submission.of("c", "s"));

    assertThat(ack.accepted()).isEqualTo(2);
    assertThat(ack.rejected()).extracting(SinkAck.Rejected::index).containsExactly(1);
    assertThat(kit.lines(spool)).containsExactly("a", "c");
  }

  @Test
  void oneForceThatFailsMovesTheRecordsOnAndLosesNone() {
    Spool spool = kit.open();
    append(spool, AckLevel.FSYNCED, "a");
    append(spool, AckLevel.SPOOLED, "b");
    kit.files.failForces(1);

    SinkAck ack = append(spool, AckLevel.FSYNCED, "c");

    assertThat(ack.level()).isEqualTo(AckLevel.FSYNCED);
    assertThat(kit.lines(spool)).containsExactly("a", "b", "c");
    assertThat(spool.statistics().forceFailures()).isEqualTo(1);
    kit.files.crash(1);
    assertThat(kit.lines(kit.open())).containsExactly("a", "b", "c");
  }

  @Test
  void twoForcesThatFailEndTheSpoolAndSaySo() {
    Spool spool = kit.open();
    append(spool, AckLevel.SPOOLED, "a");
    kit.files.failForces(2);

    SinkAck ack = append(spool, AckLevel.FSYNCED, "b");

    // It is in, so offering it again would double it.
    assertThat(ack.level()).isEqualTo(AckLevel.SPOOLED);
    assertThat(ack.accepted()).isEqualTo(1);
    assertThatThrownBy(() -> append(spool, AckLevel.FSYNCED, new Submission[0]))
        .isInstanceOf(BackendException.Unavailable.class);
    assertThatThrownBy(() -> append(spool, AckLevel.SPOOLED, "c"))
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> spool.sink().check().block()).hasMessageContaining("twice");
    // What may not be on the disk is handed out only when a new start has written it again.
    assertThat(kit.lines(spool)).isEmpty();
    kit.files.kill();
    assertThat(kit.lines(kit.open())).containsExactly("a", "b");
  }

  @Test
  void anEmptyBatchMakesWhatWasAcceptedBeforeAsSafeAsAsked() {
    Spool spool = kit.open();
    append(spool, AckLevel.SPOOLED, "a");

    assertThat(append(spool, AckLevel.FSYNCED, new Submission[0]).level())
        .isEqualTo(AckLevel.FSYNCED);

    kit.files.crash(3);
    assertThat(kit.lines(kit.open())).containsExactly("a");
  }

  @Test
  void recordsAreForcedAtTheIntervalWithoutBeingAsked() {
    Spool spool = kit.open();
    append(spool, AckLevel.SPOOLED, "a");
    kit.scheduler.advanceTimeBy(Duration.ofMillis(50));
    kit.files.crash(3);

    assertThat(kit.lines(kit.open())).containsExactly("a");
  }

  @Test
  void refusesASecondConsumerWhileTheFirstHasNotFinished() {
    Spool spool = kit.open();
    append(spool, AckLevel.FSYNCED, "a");
    Assignment lane = kit.lanes(spool).get(0);

    assertThatThrownBy(() -> spool.source("kafka"))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("processor");

    kit.acknowledge(lane, 1);
    assertThat(spool.source("kafka")).isNotNull();
  }

  @Test
  void refusesANewerFormatAndADamagedMeta() {
    kit.open().close();
    String meta = new String(kit.files.bytes("meta"));
    SimFs newer = kit.files.copy();
    newer.replace("meta", SpoolKit.bytes(meta.replace("logdash-spool 1", "logdash-spool 2")));
    SimFs damaged = kit.files.copy();
    damaged.replace("meta", SpoolKit.bytes(meta.replace("epoch 1", "epoch 7")));
    SimFs missing = kit.files.copy();
    missing.remove("meta");

    assertThatThrownBy(() -> new SpoolKit(newer).open())
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("format 2");
    assertThatThrownBy(() -> new SpoolKit(damaged).open())
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> new SpoolKit(missing).open())
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("missing");
  }

  @Test
  void refusesAFolderThatIsInUse() {
    Spool spool = kit.open();

    assertThatThrownBy(kit::open)
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("in use");

    spool.close();
    kit.open().close();
  }

  @Test
  void positionsOutliveTheSegmentsThatReachedThem() {
    Spool spool = kit.open();
    append(
        spool,
        AckLevel.SPOOLED,
        SpoolKit.sized(0, 10).withPosition(new SourcePosition("old", 10)),
        SpoolKit.sized(1, 10).withPosition(new SourcePosition("old", 7)));
    for (int i = 0; i < 200; i++) {
      append(
          spool,
          AckLevel.SPOOLED,
          SpoolKit.sized(i, 100).withPosition(new SourcePosition("new", i)));
    }
    kit.acknowledge(kit.lanes(spool).get(0), 202);
    kit.files.kill();

    Spool again = kit.open();

    assertThat(again.position("old")).isEqualTo(10);
    assertThat(again.position("new")).isEqualTo(199);
  }

  @Test
  void forgetsTheLeastRecentlyUsedPositionFirst() {
    kit.with(SpoolKit.SMALL.withMaxPositions(3));
    Spool spool = kit.open();
    for (String key : List.of("a", "b", "c", "a", "d")) {
      append(
          spool, AckLevel.SPOOLED, SpoolKit.sized(0, 9).withPosition(new SourcePosition(key, 1)));
    }

    assertThat(spool.position("b")).isEqualTo(-1);
    assertThat(spool.position("a")).isEqualTo(1);
    assertThat(spool.position("d")).isEqualTo(1);
  }

  @Test
  void saysHowOldTheOldestUnacknowledgedRecordIs() {
    Spool spool = kit.open();
    assertThat(spool.statistics().oldestUnacknowledgedNanos()).isEqualTo(-1);
    append(spool, AckLevel.SPOOLED, "a");
    kit.clock.advance(Duration.ofSeconds(5));
    append(spool, AckLevel.SPOOLED, "b");
    List<RawRecord> read = kit.readAll(spool);
    Assignment lane = kit.lanes(spool).get(0);

    assertThat(spool.statistics().oldestUnacknowledgedNanos())
        .isEqualTo(read.get(0).receivedNanos());
    kit.acknowledge(lane, 1);
    assertThat(spool.statistics().oldestUnacknowledgedNanos())
        .isEqualTo(read.get(1).receivedNanos());
    kit.acknowledge(lane, 2);
    assertThat(spool.statistics().oldestUnacknowledgedNanos()).isEqualTo(-1);
  }

  @Test
  void lanesAreAddedAndNeverForgotten() {
    Spool one = kit.open();
    append(one, AckLevel.SPOOLED, "a");
    one.close();
    Spool three = kit.with(SpoolKit.SMALL.withLanes(3)).open();
    for (int i = 0; i < 30; i++) {
      append(three, AckLevel.SPOOLED, Submission.of("x" + i, "source-" + i));
    }
    assertThat(kit.lanes(three)).hasSize(3);
    three.close();
    Spool back = kit.with(SpoolKit.SMALL).open();

    assertThat(kit.lanes(back)).hasSize(3);
    assertThat(kit.lines(back)).hasSize(31);
  }
}
