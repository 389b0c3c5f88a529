package dev.logdash.core.sim;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One life of a process: its scheduler in virtual time. A process that was killed runs nothing any
 * more; one that is paused runs everything later.
 */
final class SimProcess implements Scheduler {

  private final SimWorld world;
  private final boolean remote;
  private boolean alive = true;
  private long pausedUntil;

  /**
   * @param remote whether what it calls lives elsewhere, so that a request which is on its way
   *     arrives although the process dies
   */
  SimProcess(SimWorld world, boolean remote) {
    this.world = world;
    this.remote = remote;
  }

  SimWorld world() {
    return world;
  }

  boolean isAlive() {
    return alive;
  }

  void kill() {
    alive = false;
  }

  long pausedUntil() {
    return pausedUntil;
  }

  void pause(long nanos) {
    pausedUntil = world.now() + nanos;
  }

  /** Does something elsewhere, and comes back with its result or failure after a while. */
  <T> Mono<T> call(Supplier<T> action) {
    return Mono.create(
        sink ->
            world.after(
                world.latency(),
                remote ? null : this,
                () -> {
                  T result;
                  try {
                    result = action.get();
                  } catch (RuntimeException e) {
                    world.after(world.latency(), this, () -> sink.error(e));
                    return;
                  }
                  world.after(world.latency(), this, () -> sink.success(result));
                }));
  }

  @Override
  public Disposable schedule(Runnable task) {
    return disposable(world.after(world.random().nextLong(20_000), this, task));
  }

  @Override
  public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
    return disposable(world.after(unit.toNanos(delay), this, task));
  }

  @Override
  public Disposable schedulePeriodically(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return new Periodic(task, unit.toNanos(initialDelay), unit.toNanos(period));
  }

  @Override
  public long now(TimeUnit unit) {
    return unit.convert(world.now(), TimeUnit.NANOSECONDS);
  }

  @Override
  public Worker createWorker() {
    return new SimWorker();
  }

  private static Disposable disposable(SimWorld.Task task) {
    return new Disposable() {
      @Override
      public void dispose() {
        task.cancel();
      }

      @Override
      public boolean isDisposed() {
        return task.isCancelled();
      }
    };
  }

  private final class Periodic implements Disposable {
    private final Runnable task;
    private final long period;
    private boolean disposed;

    Periodic(Runnable task, long initialDelay, long period) {
      this.task = task;
      this.period = period;
      world.after(initialDelay, SimProcess.this, this::run);
    }

    private void run() {
      if (!disposed) {
        task.run();
        world.after(period, SimProcess.this, this::run);
      }
    }

    @Override
    public void dispose() {
      disposed = true;
    }

    @Override
    public boolean isDisposed() {
      return disposed;
    }
  }

  /** Keeps the order of its own tasks. */
  private final class SimWorker implements Worker {
    private boolean disposed;
    private long last;

    @Override
    public Disposable schedule(Runnable task) {
      last = Math.max(last, world.now() + world.random().nextLong(20_000));
      return disposable(world.at(last, SimProcess.this, guarded(task)));
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
      return disposable(world.after(unit.toNanos(delay), SimProcess.this, guarded(task)));
    }

    @Override
    public Disposable schedulePeriodically(
        Runnable task, long initialDelay, long period, TimeUnit unit) {
      return new Periodic(guarded(task), unit.toNanos(initialDelay), unit.toNanos(period));
    }

    private Runnable guarded(Runnable task) {
      return () -> {
        if (!disposed) {
          task.run();
        }
      };
    }

    @Override
    public void dispose() {
      disposed = true;
    }

    @Override
    public boolean isDisposed() {
      return disposed;
    }
  }
}
