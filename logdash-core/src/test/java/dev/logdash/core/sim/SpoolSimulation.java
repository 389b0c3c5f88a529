package dev.logdash.core.sim;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.kit.SimFs;
import dev.logdash.core.pipeline.DeadLetters;
import dev.logdash.core.pipeline.LogDataProcessor;
import dev.logdash.core.pipeline.PipelineSettings;
import dev.logdash.core.pipeline.Totals;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One process with everything embedded: files are read into a spool on a disk that fails, the spool
 * is processed into stores that lose what was not flushed. Kills, power losses, failed forces and a
 * full disk; a spool that says it has failed is opened again. After the faults end, each line of
 * each file must be stored or dead-lettered once, and every cell must equal a recount of the stored
 * events.
 */
final class SpoolSimulation {

  private static final long SECOND = 1_000_000_000L;
  private static final long FILE = 1_000_000;

  private final SimWorld world;
  private final SimStores stores;
  private final SimFs disk = new SimFs();
  private final Variant variant;
  private final List<List<String>> files = new ArrayList<>();
  private Life life;

  private SpoolSimulation(long seed, Variant variant) {
    this.variant = variant;
    this.world = new SimWorld(seed);
    this.stores = new SimStores(world);
    int fileCount = 1 + world.random().nextInt(4);
    for (int i = 0; i < fileCount; i++) {
      files.add(lines(i, 50 + world.random().nextInt(250)));
    }
    this.life = new Life();
  }

  /** Runs a seed and says what was wrong at the end. */
  static List<String> run(long seed, Variant variant) {
    return new SpoolSimulation(seed, variant).run();
  }

  private List<String> lines(int file, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long number = file * FILE + i;
      lines.add(
          i > 0 && world.random().nextInt(3) == 0
              ? SimLines.continuation(number)
              : SimLines.header(world.random(), world.now(), number));
    }
    return lines;
  }

  private List<String> run() {
    long end = world.now() + (5 + world.random().nextLong(15)) * SECOND;
    disturb(end);
    while (world.step(end)) {
      // Each step is one task.
    }
    world.becomeCalm();
    disk.capacity(Long.MAX_VALUE);
    long limit = world.now() + 120 * SECOND;
    while (!isSettled() && world.now() < limit) {
      world.step(limit);
    }
    List<String> differences = new ArrayList<>();
    if (!isSettled()) {
      differences.add("not everything was processed: " + life.processor.totals());
    }
    check(differences);
    return differences;
  }

  private boolean isSettled() {
    return life.process.isAlive() && life.isIdle() && life.isDrained();
  }

  private void disturb(long end) {
    world.after(
        world.random().nextLong(3 * SECOND),
        null,
        () -> {
          if (world.now() < end) {
            disturbOnce();
            disturb(end);
          }
        });
  }

  private void disturbOnce() {
    switch (world.random().nextInt(6)) {
      case 0:
      case 1:
        life.end();
        disk.kill();
        restart();
        break;
      case 2:
      case 3:
        life.end();
        disk.crash(world.random().nextLong());
        restart();
        break;
      case 4:
        disk.failForces(1);
        break;
      default:
        disk.capacity(disk.usedBytes() + world.random().nextLong(20_000));
        world.after(world.random().nextLong(3 * SECOND), null, () -> disk.capacity(Long.MAX_VALUE));
    }
  }

  private void restart() {
    // What the search store had not committed went with the process.
    stores.crashLogStore();
    start();
  }

  /** A spool that met two failed forces in a row says so, and moves only when it is reopened. */
  private void watch(Life watched) {
    world.after(
        SECOND,
        watched.process,
        () -> {
          if (watched.hasFailed()) {
            watched.end();
            disk.kill();
            restart();
          } else {
            watch(watched);
          }
        });
  }

  private void start() {
    if (life.process.isAlive()) {
      return;
    }
    try {
      life = new Life();
    } catch (BackendException e) {
      // The disk failed or was full while the spool was opened; somebody starts it again.
      disk.kill();
      world.after(SECOND / 5, null, this::start);
    }
  }

  private void check(List<String> differences) {
    List<Long> numbers = new ArrayList<>();
    for (int file = 0; file < files.size(); file++) {
      for (int i = 0; i < files.get(file).size(); i++) {
        numbers.add(file * FILE + i);
      }
    }
    new LineCount(stores)
        .compare(
            numbers, number -> "line " + number % FILE + " of file " + number / FILE, differences);
    Expectation recount = new Expectation();
    stores.events().values().forEach(recount::count);
    long lines = files.stream().mapToLong(List::size).sum();
    Totals totals = life.processor.totals();
    if (totals.lines() != lines || totals.storedLines() + totals.deadLetterLines() != lines) {
      differences.add("of " + lines + " lines these are accounted for: " + totals);
    }
    differences.addAll(recount.cellDifferences(stores));
  }

  /** From one start of the process to its end. */
  private final class Life {
    private final SimProcess process = new SimProcess(world, false);
    private final Spool spool;
    private final LogDataProcessor processor;
    private final long[] next = new long[files.size()];
    private boolean drained;

    Life() {
      spool =
          Spool.open(
              disk,
              SpoolConfig.defaults().withLanes(2).withSizes(8 * 1024, 4L << 20),
              world.clock(),
              process,
              new SeededIds(world));
      Mistakes mistakes = new Mistakes(variant, world);
      processor =
          LogDataProcessor.builder()
              .source(mistakes.source(spool.source("processor")))
              .logStore(stores.logStore(process))
              .rollupStore(mistakes.rollups(stores.rollupStore(process), stores))
              .documents(mistakes.documents(stores.documents(process), stores))
              .deadLetters(
                  new DeadLetters(
                      stores.letters(process), stores::letterPosition, AckLevel.FSYNCED))
              .joining(SimLines.joining())
              .understand(() -> mistakes.understand(SimLines::understand))
              .settings(PipelineSettings.DEFAULTS)
              .schedulers(process, process)
              .build();
      processor.start();
      watch(this);
      for (int i = 0; i < files.size(); i++) {
        next[i] = Math.max(0, spool.position("file" + i));
        read(i);
      }
    }

    void end() {
      process.kill();
    }

    boolean hasFailed() {
      boolean[] failed = new boolean[1];
      spool
          .sink()
          .check()
          .subscribe(
              nothing -> {}, error -> failed[0] = error instanceof BackendException.Unavailable);
      return failed[0];
    }

    boolean isIdle() {
      for (int i = 0; i < next.length; i++) {
        if (next[i] < files.get(i).size()) {
          return false;
        }
      }
      return true;
    }

    boolean isDrained() {
      drained = false;
      processor.drain().subscribe(nothing -> {}, error -> {}, () -> drained = true);
      return drained;
    }

    private void read(int file) {
      world.after(world.random().nextLong(SECOND / 2), process, () -> readNow(file));
    }

    private void readNow(int file) {
      List<String> all = files.get(file);
      int from = (int) next[file];
      int to = Math.min(all.size(), from + 1 + world.random().nextInt(20));
      if (from == to) {
        return;
      }
      List<Submission> batch = new ArrayList<>();
      for (int i = from; i < to; i++) {
        batch.add(
            Submission.of(all.get(i), "file" + file)
                .withPosition(new SourcePosition("file" + file, i + 1)));
      }
      AckLevel level = world.random().nextInt(4) == 0 ? AckLevel.FSYNCED : AckLevel.SPOOLED;
      spool
          .sink()
          .append(batch, level)
          .subscribe(
              ack -> {
                next[file] = to;
                read(file);
              },
              error -> {
                if (!(error instanceof BackendException)) {
                  throw new IllegalStateException(error);
                }
                // Nothing of the batch was taken, so it may be offered again.
                read(file);
              });
    }
  }

  /** Ids of producers that follow from the seed. */
  private record SeededIds(SimWorld world) implements RandomGenerator {
    @Override
    public long nextLong() {
      return world.random().nextLong();
    }
  }
}
