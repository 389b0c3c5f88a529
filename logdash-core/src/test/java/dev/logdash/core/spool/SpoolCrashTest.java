package dev.logdash.core.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.kit.SimFs;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ends the life of a process behind every operation on the disk that appending, rotating,
 * acknowledging, deleting, opening and closing consist of, and looks at what is left.
 */
class SpoolCrashTest {

  private static final int LINES = 60;

  @Test
  void whatWasSpooledSurvivesTheDeathOfTheProcessAtEveryPoint() {
    long points = points();
    for (long point = 0; point < points; point++) {
      Life life = live(point, 0);
      life.kit.files.kill();
      life.check("killed behind operation " + point, life.spooled);
    }
    assertThat(points).isGreaterThan(90);
  }

  @Test
  void whatWasForcedSurvivesAPowerLossAtEveryPoint() {
    long points = points();
    for (long point = 0; point < points; point++) {
      powerLoss(point, 31 * point);
    }
  }

  @Test
  @Tag("deep")
  void whatWasForcedSurvivesAPowerLossAtEveryPointInEveryWay() {
    long points = points();
    for (long point = 0; point < points; point++) {
      for (int seed = 0; seed < 200; seed++) {
        powerLoss(point, seed);
      }
    }
  }

  @Test
  void whatWasForcedSurvivesAForceThatFailsAndAPowerLossBehindIt() {
    for (int force = 1; force < 40; force++) {
      for (int seed = 0; seed < 20; seed++) {
        Life life = live(Long.MAX_VALUE, force);
        life.kit.files.crash(seed);
        life.check("force " + force + " failed, seed " + seed, life.fsynced);
      }
    }
  }

  private static void powerLoss(long point, long seed) {
    Life life = live(point, 0);
    life.kit.files.crash(seed);
    life.check("power lost behind operation " + point + ", seed " + seed, life.fsynced);
  }

  private static long points() {
    Life whole = live(Long.MAX_VALUE, 0);
    assertThat(whole.finished).isTrue();
    return whole.kit.files.operations();
  }

  private static Life live(long point, int failingForce) {
    Life life = new Life();
    if (point < Long.MAX_VALUE) {
      life.kit.files.failAfter(point);
    }
    life.run(failingForce);
    return life;
  }

  /** A process that uses the spool for a while and remembers what it was promised. */
  private static final class Life {

    final SpoolKit kit = new SpoolKit(new SimFs());
    int spooled;
    int fsynced;
    long acknowledged;
    boolean finished;
    final TreeMap<Long, String> seen = new TreeMap<>();

    void run(int failingForce) {
      try {
        Spool spool = kit.open();
        for (int line = 0; line < LINES; line += 3) {
          if (line == 3 * failingForce) {
            kit.files.failForces(failingForce > 0 ? 1 : 0);
          }
          boolean forced = line % 4 == 0;
          SinkAck ack =
              SpoolKit.append(
                  spool,
                  forced ? AckLevel.FSYNCED : AckLevel.SPOOLED,
                  record(line),
                  record(line + 1),
                  record(line + 2));
          spooled = line + 3;
          fsynced = ack.level() == AckLevel.FSYNCED ? spooled : fsynced;
          if (line % 15 == 0) {
            Assignment lane = kit.lanes(spool).get(0);
            List<RawRecord> read = kit.read(lane, 0);
            read.forEach(record -> seen.put(record.offset(), record.text()));
            long next = read.get(read.size() / 2).offset();
            kit.acknowledge(lane, next);
            acknowledged = next;
          }
          if (line == 30) {
            spool.close();
            fsynced = kit.files.isDown() ? fsynced : spooled;
            spool = kit.open();
          }
        }
        spool.close();
        finished = !kit.files.isDown();
        fsynced = finished ? spooled : fsynced;
      } catch (BackendException e) {
        finished = false;
      }
    }

    /** Opens the spool again and expects all records below a line number. */
    void check(String when, int promised) {
      Spool spool = kit.open();
      List<RawRecord> records = kit.readAll(spool);
      TreeSet<Integer> lines = new TreeSet<>();
      for (RawRecord record : records) {
        assertThat(lines.add(number(record.text()))).as(when + ": twice " + record).isTrue();
        String before = seen.get(record.offset());
        assertThat(before == null || before.equals(record.text())).as(when).isTrue();
      }
      assertThat(records).as(when).extracting(RawRecord::offset).isSorted();
      assertThat(records.stream().map(record -> number(record.text())).toList())
          .as(when)
          .isSorted();
      int gone = lines.isEmpty() ? 0 : lines.first();
      assertThat(lines.isEmpty() && promised > 0).as(when).isFalse();
      assertThat(gone == 0 || !seen.isEmpty()).as(when + ": lost from the front").isTrue();
      assertThat(lines).as(when).containsAll(IntStream.range(gone, promised).boxed().toList());
      checkAcknowledged(when, records);
      checkPosition(when, spool, lines);
      checkNoSequenceIsReused(when, spool);
      checkSecondRecovery(when);
    }

    private void checkAcknowledged(String when, List<RawRecord> records) {
      if (!records.isEmpty()) {
        assertThat(records.get(0).offset()).as(when).isGreaterThanOrEqualTo(acknowledged);
      }
    }

    private void checkPosition(String when, Spool spool, TreeSet<Integer> lines) {
      long position = spool.position("file");
      if (!lines.isEmpty()) {
        assertThat(position).as(when).isEqualTo(lines.last() + 1L);
        assertThat(lines).as(when).hasSize(lines.last() - lines.first() + 1);
      }
    }

    private void checkNoSequenceIsReused(String when, Spool spool) {
      SpoolKit.append(spool, AckLevel.SPOOLED, Submission.of("line 1000 ", "app.log"));
      List<RawRecord> records = kit.readAll(spool);
      RawRecord last = records.get(records.size() - 1);
      assertThat(number(last.text())).as(when).isEqualTo(1000);
      assertThat(seen.isEmpty() || seen.lastKey() < last.offset()).as(when).isTrue();
    }

    private void checkSecondRecovery(String when) {
      kit.files.kill();
      kit.open();
      SimFs first = kit.files.copy();
      kit.files.kill();
      kit.open();
      for (String name : names(first)) {
        assertThat(kit.files.bytes(name)).as(when + ": " + name).isEqualTo(first.bytes(name));
      }
      assertThat(names(kit.files)).as(when).isEqualTo(names(first));
    }

    private static List<String> names(SimFs files) {
      try {
        List<String> names = new ArrayList<>(files.list());
        names.remove("meta");
        return names;
      } catch (java.io.IOException e) {
        throw new AssertionError(e);
      }
    }

    private static Submission record(int number) {
      return Submission.of("line " + number + " " + "x".repeat(200), "app.log")
          .withPosition(new SourcePosition("file", number + 1L));
    }

    private static int number(String text) {
      return Integer.parseInt(text.split(" ")[1]);
    }
  }
}
