package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** What every {@link LogSource} must keep. */
public abstract class LogSourceContract {

  private static final Duration STEP = Duration.ofMillis(50);
  private static final int STEPS = 200;

  // Long enough for a source that wrongly goes on by itself to be seen doing so.
  private static final int QUIET_STEPS = 20;

  private LogSource source;

  /** Opens the source; on what is there, if it was open before. */
  protected abstract LogSource open();

  /** Puts lines of one source into it, in order. */
  protected abstract void append(List<String> lines);

  /** Lets time pass, for the source and for its clock. */
  protected abstract void elapse(Duration duration);

  @BeforeEach
  void openSource() {
    source = open();
  }

  @AfterEach
  void closeSource() {
    source.close();
  }

  @Test
  void assignsEachPartitionOnce() {
    List<Assignment> assignments = assignments();

    assertThat(assignments).isNotEmpty();
    assertThat(assignments).extracting(Assignment::id).doesNotHaveDuplicates();
  }

  @Test
  void hasOneSubscriberOfItsAssignmentsAtATime() {
    Tape<Assignment> first = new Tape<>(Long.MAX_VALUE);
    source.assignments().subscribe(first);
    await(() -> !first.items.isEmpty());
    Tape<Assignment> second = new Tape<>(Long.MAX_VALUE);
    source.assignments().subscribe(second);
    await(() -> second.ended);

    assertThat(second.failure).isNotNull();
    assertThat(first.ended).isFalse();
    first.cancel();
  }

  @Test
  void handsOutRecordsInOrderWithRisingOffsets() {
    append(lines(0, 30));
    append(lines(30, 60));

    TreeMap<PartitionId, List<RawRecord>> records = read(60);

    for (List<RawRecord> ofOne : records.values()) {
      for (int i = 1; i < ofOne.size(); i++) {
        assertThat(ofOne.get(i).offset()).isGreaterThan(ofOne.get(i - 1).offset());
      }
    }
    assertThat(texts(records)).isEqualTo(lines(0, 60));
  }

  @Test
  void handsOutWhatComesLater() {
    append(lines(0, 1));
    Tapes tapes = readAll();
    await(() -> tapes.count() == 1);

    append(lines(1, 3));

    await(() -> tapes.count() == 3);
    assertThat(tapes.count()).isEqualTo(3);
    tapes.cancel();
  }

  @Test
  void redeliversWithTheSameOffsetsOriginsAndTimes() {
    append(lines(0, 20));
    List<String> before = identities(read(20));

    reopen();
    append(lines(20, 21));

    assertThat(identities(read(21))).containsAll(before);
  }

  @Test
  void returnsWhatIsNotAcknowledgedAfterARestart() {
    append(lines(0, 20));
    acknowledge(read(20), 12);

    reopen();

    assertThat(texts(read(8))).isEqualTo(lines(12, 20));
  }

  @Test
  void doesNotReturnWhatIsAcknowledged() {
    append(lines(0, 20));
    acknowledge(read(20), 12);

    reopen();
    Tapes tapes = readAll();
    quiet();

    assertThat(tapes.texts()).doesNotContainAnyElementsOf(lines(0, 12));
    tapes.cancel();
  }

  @Test
  void anAcknowledgementNeverMovesBack() {
    append(lines(0, 20));
    TreeMap<PartitionId, List<RawRecord>> all = read(20);
    acknowledge(all, 12);
    acknowledge(all, 5);

    reopen();
    Tapes tapes = readAll();
    quiet();

    assertThat(tapes.texts()).isEqualTo(lines(12, 20));
    tapes.cancel();
  }

  @Test
  void anAcknowledgementThatNobodySubscribedToHasNotHappened() {
    append(lines(0, 5));
    for (Assignment assignment : assignments()) {
      assertThat(assignment.acknowledge(1_000_000_000L)).isNotNull();
    }

    reopen();

    assertThat(texts(read(5))).isEqualTo(lines(0, 5));
  }

  @Test
  void handsOutNoMoreBatchesThanAskedFor() {
    Assignment assignment = assignmentWith(lines(0, 1));
    Tape<RecordBatch> tape = new Tape<>(1);
    assignment.read(0).subscribe(tape);
    await(() -> tape.items.size() == 1);
    append(lines(1, 2));
    quiet();

    assertThat(tape.items).hasSize(1);

    tape.request(1);
    await(() -> tape.items.size() == 2);
    assertThat(tape.items).hasSize(2);
    tape.cancel();
  }

  @Test
  void startsAtTheOffsetThatIsAskedFor() {
    append(lines(0, 20));
    TreeMap<PartitionId, List<RawRecord>> all = read(20);
    PartitionId id = fullest(all);
    List<RawRecord> records = all.get(id);
    int middle = records.size() / 2;

    Tape<RecordBatch> tape = new Tape<>(Long.MAX_VALUE);
    assignment(id).read(records.get(middle).offset()).subscribe(tape);
    await(() -> count(tape) >= records.size() - middle);

    assertThat(records(tape))
        .extracting(RawRecord::text)
        .isEqualTo(records.subList(middle, records.size()).stream().map(RawRecord::text).toList());
    tape.cancel();
  }

  @Test
  void aPartitionHasOneReaderAtATime() {
    Assignment assignment = assignmentWith(lines(0, 1));
    Tape<RecordBatch> first = new Tape<>(Long.MAX_VALUE);
    assignment.read(0).subscribe(first);
    await(() -> count(first) == 1);
    Tape<RecordBatch> second = new Tape<>(Long.MAX_VALUE);
    assignment.read(0).subscribe(second);
    await(() -> second.ended);

    assertThat(second.failure).isNotNull();
    assertThat(first.ended).isFalse();
    first.cancel();
  }

  @Test
  void aCancelledReaderMakesRoomForTheNext() {
    Assignment assignment = assignmentWith(lines(0, 1));
    for (int i = 0; i < 3; i++) {
      Tape<RecordBatch> tape = new Tape<>(Long.MAX_VALUE);
      assignment.read(0).subscribe(tape);
      await(() -> count(tape) == 1 || tape.ended);
      assertThat(tape.failure).isNull();
      assertThat(count(tape)).isEqualTo(1);
      tape.cancel();
      elapse(STEP);
    }
  }

  @Test
  void noRecordWasReceivedBeforeTheBoundOfAnEarlierBatch() {
    Tapes tapes = readAll();
    for (int i = 0; i < 10; i++) {
      append(lines(2 * i, 2 * i + 2));
      elapse(Duration.ofMillis(130));
    }
    await(() -> tapes.count() == 20);

    for (Tape<RecordBatch> tape : tapes.byPartition.values()) {
      long bound = Long.MIN_VALUE;
      for (RecordBatch batch : tape.items) {
        for (RawRecord record : batch.records()) {
          assertThat(record.receivedNanos()).isGreaterThanOrEqualTo(bound);
        }
        bound = Math.max(bound, batch.boundNanos());
      }
    }
    tapes.cancel();
  }

  @Test
  void tellsAnIdleReaderThatTimePasses() {
    Assignment assignment = assignmentWith(lines(0, 1));
    Tape<RecordBatch> tape = new Tape<>(Long.MAX_VALUE);
    assignment.read(0).subscribe(tape);
    await(() -> count(tape) == 1);
    long received = records(tape).get(0).receivedNanos();

    elapse(Duration.ofSeconds(1));
    await(() -> lastBound(tape) > received);

    assertThat(lastBound(tape)).isGreaterThan(received);
    assertThat(count(tape)).isEqualTo(1);
    tape.cancel();
  }

  @Test
  void closingCompletesEverything() {
    Assignment assignment = assignmentWith(lines(0, 1));
    Tape<Assignment> assignments = new Tape<>(Long.MAX_VALUE);
    source.assignments().subscribe(assignments);
    Tape<RecordBatch> batches = new Tape<>(Long.MAX_VALUE);
    assignment.read(0).subscribe(batches);
    await(() -> count(batches) == 1);

    source.close();
    source.close();

    await(() -> batches.ended && assignments.ended);
    assertThat(batches.ended && assignments.ended).isTrue();
    assertThat(batches.failure).isNull();
    assertThat(assignments.failure).isNull();
  }

  private void reopen() {
    source.close();
    source = open();
  }

  private static List<String> lines(int from, int to) {
    List<String> lines = new ArrayList<>();
    for (int i = from; i < to; i++) {
      lines.add(String.format("line %06d", i));
    }
    return lines;
  }

  private List<Assignment> assignments() {
    Tape<Assignment> tape = new Tape<>(Long.MAX_VALUE);
    source.assignments().subscribe(tape);
    await(() -> !tape.items.isEmpty());
    elapse(STEP);
    tape.cancel();
    return List.copyOf(tape.items);
  }

  private Assignment assignment(PartitionId id) {
    return assignments().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /** Appends lines and finds the partition they went to. */
  private Assignment assignmentWith(List<String> lines) {
    append(lines);
    return assignment(fullest(read(lines.size())));
  }

  private static PartitionId fullest(TreeMap<PartitionId, List<RawRecord>> records) {
    PartitionId fullest = records.firstKey();
    for (PartitionId id : records.keySet()) {
      fullest = records.get(id).size() > records.get(fullest).size() ? id : fullest;
    }
    return fullest;
  }

  private Tapes readAll() {
    Tapes tapes = new Tapes();
    for (Assignment assignment : assignments()) {
      Tape<RecordBatch> tape = new Tape<>(Long.MAX_VALUE);
      tapes.byPartition.put(assignment.id(), tape);
      assignment.read(0).subscribe(tape);
    }
    return tapes;
  }

  private TreeMap<PartitionId, List<RawRecord>> read(int expected) {
    Tapes tapes = readAll();
    await(() -> tapes.count() >= expected);
    tapes.cancel();
    elapse(STEP);
    assertThat(tapes.count()).as("records that can be read").isEqualTo(expected);
    TreeMap<PartitionId, List<RawRecord>> records = new TreeMap<>();
    tapes.byPartition.forEach((id, tape) -> records.put(id, records(tape)));
    return records;
  }

  /** Acknowledges the first lines, wherever they are. */
  private void acknowledge(TreeMap<PartitionId, List<RawRecord>> records, int lineCount) {
    HashSet<String> done = new HashSet<>(lines(0, lineCount));
    for (Assignment assignment : assignments()) {
      long next = -1;
      for (RawRecord record : records.getOrDefault(assignment.id(), List.of())) {
        next = done.contains(record.text()) ? record.offset() + 1 : next;
      }
      if (next >= 0) {
        Tape<Void> tape = new Tape<>(Long.MAX_VALUE);
        assignment.acknowledge(next).subscribe(tape);
        await(() -> tape.ended);
        assertThat(tape.ended).isTrue();
        assertThat(tape.failure).isNull();
      }
    }
  }

  private static List<String> texts(TreeMap<PartitionId, List<RawRecord>> records) {
    return records.values().stream().flatMap(List::stream).map(RawRecord::text).sorted().toList();
  }

  private static List<String> identities(TreeMap<PartitionId, List<RawRecord>> records) {
    List<String> identities = new ArrayList<>();
    records.forEach(
        (id, ofOne) ->
            ofOne.forEach(
                record ->
                    identities.add(
                        id
                            + "@"
                            + record.offset()
                            + record.origin()
                            + record.eventId()
                            + record.receivedNanos()
                            + record.text())));
    return identities;
  }

  private static int count(Tape<RecordBatch> tape) {
    return records(tape).size();
  }

  private static List<RawRecord> records(Tape<RecordBatch> tape) {
    return tape.items.stream().flatMap(batch -> batch.records().stream()).toList();
  }

  private static long lastBound(Tape<RecordBatch> tape) {
    return tape.items.get(tape.items.size() - 1).boundNanos();
  }

  private void await(BooleanSupplier condition) {
    for (int i = 0; i < STEPS && !condition.getAsBoolean(); i++) {
      elapse(STEP);
    }
  }

  private void quiet() {
    for (int i = 0; i < QUIET_STEPS; i++) {
      elapse(STEP);
    }
  }

  private static final class Tapes {
    final TreeMap<PartitionId, Tape<RecordBatch>> byPartition = new TreeMap<>();

    int count() {
      return byPartition.values().stream().mapToInt(LogSourceContract::count).sum();
    }

    List<String> texts() {
      return byPartition.values().stream()
          .flatMap(tape -> records(tape).stream())
          .map(RawRecord::text)
          .sorted()
          .toList();
    }

    void cancel() {
      byPartition.values().forEach(BaseSubscriber::cancel);
    }
  }

  /** Notes down what a publisher says. */
  private static final class Tape<T> extends BaseSubscriber<T> {
    final List<T> items = new CopyOnWriteArrayList<>();
    private final long demand;
    volatile boolean ended;
    volatile Throwable failure;

    Tape(long demand) {
      this.demand = demand;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscription.request(demand);
    }

    @Override
    protected void hookOnNext(T item) {
      items.add(item);
    }

    @Override
    protected void hookOnComplete() {
      ended = true;
    }

    @Override
    protected void hookOnError(Throwable error) {
      failure = error;
      ended = true;
    }
  }
}
