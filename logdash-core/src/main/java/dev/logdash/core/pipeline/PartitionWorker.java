package dev.logdash.core.pipeline;

import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.store.EventBatch;
import dev.logdash.core.rollup.RollupAggregator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * One life of the work on one partition, from its snapshot to the first failure or the end of its
 * batches. After a failure a new worker starts at the snapshot; every step absorbs what it has
 * seen.
 */
final class PartitionWorker {

  private final Assignment assignment;
  private final Road road;
  private final PartitionProgress progress;
  private final RecordDecoder decoder;
  private final RollupAggregator rollups;
  private final PartitionId partition;
  private long snapshotVersion;
  private long admissionVersion;
  private Snapshot snapshot;
  private final TreeSet<Long> cuts;
  private boolean claimed;
  private long lastCheckpointMillis;
  private long bytesSince;
  private Totals totals;
  private long watermarkNanos;
  private DecodedBatch.Resume resume;

  private PartitionWorker(
      Assignment assignment,
      Road road,
      PartitionProgress progress,
      Document savedSnapshot,
      Document savedAdmission) {
    this.assignment = assignment;
    this.road = road;
    this.progress = progress;
    this.partition = assignment.id();
    this.snapshotVersion = savedSnapshot.version();
    this.admissionVersion = savedAdmission.version();
    this.snapshot =
        snapshotVersion == DocumentStore.ABSENT
            ? Snapshot.START
            : SnapshotCodec.read(savedSnapshot.key(), savedSnapshot.body());
    this.cuts = new TreeSet<>(snapshot.cuts());
    this.totals = snapshot.totals();
    this.watermarkNanos = snapshot.watermarkNanos();
    this.resume =
        new DecodedBatch.Resume(
            snapshot.nextOffset(),
            snapshot.timeNanos(),
            snapshot.straddling(),
            snapshot.producers());
    this.decoder =
        new RecordDecoder(
            partition,
            snapshot,
            road.joining(),
            road.settings().joining(),
            road.understand().get());
    this.rollups =
        new RollupAggregator(
            partition,
            road.rollupStore(),
            road.settings().rollups(),
            savedAdmission.body(),
            snapshot.nextOffset());
    this.lastCheckpointMillis = nowMillis();
  }

  /** Works until the batches of the partition end, {@code stop} fires, or something fails. */
  static Mono<Void> run(
      Assignment assignment, Road road, PartitionProgress progress, Publisher<?> stop) {
    PartitionId partition = assignment.id();
    return Mono.zip(
            load(road.documents(), Snapshot.key(partition)),
            load(road.documents(), Snapshot.admissionKey(partition)))
        .map(saved -> new PartitionWorker(assignment, road, progress, saved.getT1(), saved.getT2()))
        .flatMap(worker -> worker.work(stop));
  }

  private static Mono<Document> load(DocumentStore documents, String key) {
    return documents
        .get(key)
        .defaultIfEmpty(new Document(key, DocumentStore.ABSENT, ""))
        .checkpoint("load " + key);
  }

  private Mono<Void> work(Publisher<?> stop) {
    progress.started(snapshot);
    // The source stands behind the snapshot if a process died, or lost the partition, after writing
    // it. Without this, a partition without news would never catch up.
    return assignment
        .acknowledge(snapshot.nextOffset())
        .thenMany(assignment.read(snapshot.nextOffset()).takeUntilOther(stop))
        .publishOn(road.decodeScheduler(), 1)
        .map(decoder::decode)
        .publishOn(road.writeScheduler(), 1)
        .concatMap(this::take, 1)
        .then(Mono.defer(this::checkpoint));
  }

  /**
   * The second half of the road: search, dead letters, statistics, those who watch; then a
   * checkpoint if it is time.
   */
  private Mono<Void> take(DecodedBatch batch) {
    return announce(batch)
        .then(Mono.defer(() -> append(batch)))
        .then(Mono.defer(() -> road.deadLetters().write(partition, batch.letters())))
        .then(Mono.defer(() -> rollups.fold(batch.events(), batch.offsets())))
        .then(
            Mono.defer(
                () -> {
                  took(batch);
                  road.live().accept(batch.events());
                  return isCheckpointDue() ? checkpoint() : Mono.empty();
                }));
  }

  /**
   * Makes the cuts of a batch known before anything is made of them. The first batch says that this
   * worker is the one whose cuts hold: any other that still works is refused from here on, before
   * it can cut what this one joins.
   */
  private Mono<Void> announce(DecodedBatch batch) {
    if (!batch.isAmbiguous() || (claimed && batch.cuts().isEmpty())) {
      return Mono.empty();
    }
    cuts.addAll(batch.cuts());
    Snapshot next = snapshot.withCuts(cuts);
    return save(next).doOnNext(version -> claimed = true).then();
  }

  private Mono<Void> append(DecodedBatch batch) {
    if (batch.events().isEmpty()) {
      return Mono.empty();
    }
    EventBatch events =
        new EventBatch(
            partition,
            batch.recordAt(0).offset(),
            batch.recordAt(batch.events().size() - 1).offset(),
            batch.isResendable(),
            batch.events());
    return road.logStore()
        .append(events)
        .doOnNext(result -> batch.reject(result.rejected()))
        .checkpoint("append")
        .then();
  }

  private void took(DecodedBatch batch) {
    totals = totals.plus(batch.totals());
    watermarkNanos = Math.max(watermarkNanos, batch.watermarkNanos());
    resume = batch.resume();
    bytesSince += batch.bytes();
    progress.took(totals);
  }

  private boolean isCheckpointDue() {
    long passed = nowMillis() - lastCheckpointMillis;
    boolean waited = passed >= road.settings().checkpointInterval().toMillis() || passed < 0;
    return bytesSince >= road.settings().checkpointBytes() || waited;
  }

  /** Search and dead letters first, then cells, then the snapshot, then the source. */
  private Mono<Void> checkpoint() {
    lastCheckpointMillis = nowMillis();
    bytesSince = 0;
    cuts.headSet(resume.nextOffset()).clear();
    Snapshot next =
        new Snapshot(
            resume.nextOffset(),
            resume.timeNanos(),
            watermarkNanos,
            resume.straddling(),
            resume.producers(),
            cuts,
            totals);
    if (next.nextOffset() == snapshot.nextOffset() && totals.equals(snapshot.totals())) {
      return Mono.empty();
    }
    return road.logStore()
        .flush()
        .then(rollups.write())
        .flatMap(written -> written ? Mono.just(true) : Mono.error(takenOver("a cell")))
        .then(Mono.defer(this::saveAdmission))
        .then(Mono.defer(() -> save(next)))
        .then(Mono.defer(() -> assignment.acknowledge(next.nextOffset())))
        .then(Mono.fromRunnable(() -> progress.checkpointed(next)));
  }

  private Mono<Long> save(Snapshot next) {
    return put(Snapshot.key(partition), snapshotVersion, SnapshotCodec.write(next))
        .doOnNext(
            version -> {
              snapshotVersion = version;
              snapshot = next;
            });
  }

  private Mono<Void> saveAdmission() {
    String admitted = rollups.saveAdmission();
    if (admitted.isEmpty()) {
      return Mono.empty();
    }
    return put(Snapshot.admissionKey(partition), admissionVersion, admitted)
        .doOnNext(version -> admissionVersion = version)
        .then();
  }

  private Mono<Long> put(String key, long version, String body) {
    return road.documents().put(key, version, body).switchIfEmpty(Mono.error(() -> takenOver(key)));
  }

  private BackendException takenOver(String what) {
    return new BackendException.Unavailable(
        "another process works on partition " + partition + ": it has written " + what, null);
  }

  private long nowMillis() {
    return road.writeScheduler().now(TimeUnit.MILLISECONDS);
  }
}
