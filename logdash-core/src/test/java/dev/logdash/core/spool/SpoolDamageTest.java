package dev.logdash.core.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.kit.SimFs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Damages the files of a spool in every place and looks at what is left. */
class SpoolDamageTest {

  private static final String FIRST = "0-00000001.seg";
  private static final String SECOND = "0-00000002.seg";

  @Test
  void aDamagedByteOfAClosedSegmentCostsItsRecordAlone() {
    costsOneRecord(twoSegments(), FIRST, 1);
  }

  @Test
  void aDamagedByteOfTheNewestSegmentCostsItsRecordAlone() {
    costsOneRecord(twoSegments(), SECOND, Boolean.getBoolean("logdash.test.deep") ? 1 : 5);
  }

  private static void costsOneRecord(SimFs whole, String segment, int step) {
    List<String> expected = new SpoolKit(whole.copy()).lines(new SpoolKit(whole.copy()).open());
    byte[] bytes = whole.bytes(segment);
    for (int at = 0; at < bytes.length; at += step) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      SpoolKit kit = new SpoolKit(whole.copy());
      kit.files.replace(segment, damaged);

      Spool spool = kit.open();
      List<String> lines = kit.lines(spool);

      List<String> missing = new ArrayList<>(expected);
      missing.removeAll(lines);
      assertThat(missing).as("byte " + at).hasSizeLessThanOrEqualTo(1);
      assertThat(expected).as("byte " + at).containsSubsequence(lines);
      assertThat(spool.statistics().corrupt()).as("byte " + at).isEqualTo(1);
      assertThat(kit.lines(spool)).as("byte " + at).isEqualTo(lines);
      assertThat(spool.statistics().corrupt()).as("read again, byte " + at).isEqualTo(1);
      assertThat(spool.position("file")).as("byte " + at).isGreaterThanOrEqualTo(13);
      SpoolKit.append(spool, AckLevel.SPOOLED, "more");
      assertThat(kit.lines(spool)).as("byte " + at).endsWith("more");
    }
  }

  @Test
  void aTornEndIsCutOffAtEveryLength() {
    SpoolKit made = new SpoolKit();
    Spool spool = made.open();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ends.add((long) made.files.bytes(FIRST).length);
      SpoolKit.append(spool, AckLevel.SPOOLED, record(i, 40 + i));
    }
    made.files.kill();
    byte[] bytes = made.files.bytes(FIRST);
    for (int length = Math.toIntExact(ends.get(0)); length < bytes.length; length++) {
      SpoolKit kit = new SpoolKit(made.files.copy());
      kit.files.replace(FIRST, Arrays.copyOf(bytes, length));

      Spool again = kit.open();

      int end = length;
      int whole = (int) ends.stream().filter(start -> start <= end).count() - 1;
      assertThat(kit.lines(again)).as("length " + length).hasSize(whole);
      assertThat(again.statistics().corrupt()).isZero();
      assertThat(again.position("file")).isEqualTo(whole == 0 ? -1 : whole);
      SpoolKit.append(again, AckLevel.SPOOLED, "more");
      assertThat(kit.lines(again)).as("length " + length).hasSize(whole + 1).endsWith("more");
    }
  }

  @Test
  void aHoleInWhatWasNeverForcedCutsOffWhatStandsBehindIt() {
    SpoolKit kit = new SpoolKit();
    Spool spool = kit.open();
    SpoolKit.append(spool, AckLevel.FSYNCED, record(0, 50));
    int start = kit.files.bytes(FIRST).length;
    SpoolKit.append(spool, AckLevel.SPOOLED, record(1, 50));
    int end = kit.files.bytes(FIRST).length;
    SpoolKit.append(spool, AckLevel.SPOOLED, record(2, 50));
    kit.files.kill();
    byte[] bytes = kit.files.bytes(FIRST);
    Arrays.fill(bytes, start, end, (byte) 0);
    kit.files.replace(FIRST, bytes);

    Spool again = kit.open();

    assertThat(kit.lines(again)).hasSize(1);
    assertThat(again.position("file")).isEqualTo(1);
    assertThat(again.statistics().tornBytes()).isPositive();
  }

  @Test
  void aMissingSegmentIsCountedAndReadOver() {
    SpoolKit kit = new SpoolKit();
    Spool spool = kit.open();
    for (int i = 0; i < 60; i++) {
      SpoolKit.append(spool, AckLevel.SPOOLED, record(i, 200));
    }
    spool.close();
    kit.files.remove(SECOND);
    Spool again = kit.open();

    List<RawRecord> left = kit.readAll(again);

    assertThat(left).hasSizeBetween(30, 59);
    assertThat(left).extracting(RawRecord::offset).isSorted().contains(0L, 59L);
  }

  @Test
  void damagedCheckpointsCostNothingButADeliveryMore() {
    SpoolKit kit = new SpoolKit();
    Spool spool = kit.open();
    for (int i = 0; i < 5; i++) {
      SpoolKit.append(spool, AckLevel.SPOOLED, record(i, 50));
    }
    kit.acknowledge(kit.lanes(spool).get(0), 2);
    kit.acknowledge(kit.lanes(spool).get(0), 4);
    spool.close();
    for (String slot : List.of("0-ckpt-A", "0-ckpt-B")) {
      SpoolKit damaged = new SpoolKit(kit.files.copy());
      byte[] bytes = damaged.files.bytes(slot);
      bytes[15] ^= 1;
      damaged.files.replace(slot, bytes);

      assertThat(damaged.readAll(damaged.open())).hasSizeBetween(1, 3);
    }
  }

  @Test
  void refusesASegmentOfANewerFormat() {
    SimFs files = twoSegments();
    byte[] bytes = files.bytes(FIRST);
    bytes[Frame.PAYLOAD + 5] = Frame.VERSION + 1;
    long producer =
        Long.parseUnsignedLong(new String(files.bytes("meta")).split("lane ")[1].split(" ")[0], 16);
    Frame.seal(new CRC32C(), bytes, 0, Frame.salt(producer, 1));
    files.replace(FIRST, bytes);

    assertThatThrownBy(() -> new SpoolKit(files).open())
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("format 3");
  }

  /** A spool closed well: forty records, in two segments. */
  private static SimFs twoSegments() {
    SpoolKit kit = new SpoolKit().with(SpoolKit.SMALL.withSizes(1024, 1024 * 1024));
    Spool spool = kit.open();
    for (int i = 0; i < 14; i++) {
      SpoolKit.append(spool, AckLevel.SPOOLED, record(i, 60));
    }
    spool.close();
    assertThat(kit.files.bytes(SECOND).length).isGreaterThan(500);
    assertThat(Segment.numbers(0, List.copyOf(names(kit.files)))).containsExactly(1L, 2L);
    return kit.files;
  }

  private static List<String> names(SimFs files) {
    try {
      return files.list();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Submission record(int number, int bytes) {
    return SpoolKit.sized(number, bytes).withPosition(new SourcePosition("file", number + 1L));
  }
}
