package dev.logdash.core.pipeline;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.LogStore;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Collects what a processor works with. The source, the stores, the place of dead letters, what
 * understands records and the schedulers must be given.
 */
public final class LogDataProcessorBuilder {

  private @Nullable LogSource source;
  private @Nullable LogStore logStore;
  private @Nullable RollupStore rollupStore;
  private @Nullable DocumentStore documents;
  private @Nullable DeadLetters deadLetters;
  private Consumer<List<LogEvent>> live = events -> {};
  private @Nullable Supplier<Function<RawRecord, LogEvent>> understand;
  private LineJoining joining = new TraceJoining();
  private PipelineSettings settings = PipelineSettings.DEFAULTS;
  private @Nullable Scheduler decodeScheduler;
  private @Nullable Scheduler writeScheduler;

  LogDataProcessorBuilder() {}

  /** Where records come from. */
  public LogDataProcessorBuilder source(LogSource value) {
    source = value;
    return this;
  }

  /** Where events go. */
  public LogDataProcessorBuilder logStore(LogStore value) {
    logStore = value;
    return this;
  }

  /** Where statistics go. */
  public LogDataProcessorBuilder rollupStore(RollupStore value) {
    rollupStore = value;
    return this;
  }

  /** Where snapshots are. */
  public LogDataProcessorBuilder documents(DocumentStore value) {
    documents = value;
    return this;
  }

  /** Where records go that cannot be understood or stored. */
  public LogDataProcessorBuilder deadLetters(DeadLetters value) {
    deadLetters = value;
    return this;
  }

  /**
   * Who is shown the events that are stored, as they come; best effort, so it must neither wait nor
   * fail. Default: nobody.
   */
  public LogDataProcessorBuilder live(Consumer<List<LogEvent>> value) {
    live = value;
    return this;
  }

  /**
   * Gives what makes an event of a record: parse, then enrich. Pure; what throws becomes a dead
   * letter. Each partition asks for one of its own and uses it from one thread at a time.
   */
  public LogDataProcessorBuilder understand(Supplier<Function<RawRecord, LogEvent>> value) {
    understand = value;
    return this;
  }

  /** How it works. Default: {@link PipelineSettings#DEFAULTS}. */
  public LogDataProcessorBuilder settings(PipelineSettings value) {
    settings = value;
    return this;
  }

  /**
   * Where the two halves of the work run; they stay the caller's to dispose.
   *
   * @param decode parses; busy while records come
   * @param write calls the stores and tells the time between checkpoints
   */
  public LogDataProcessorBuilder schedulers(Scheduler decode, Scheduler write) {
    decodeScheduler = decode;
    writeScheduler = write;
    return this;
  }

  /** Which lines of a source belong together. Default: those of {@link TraceJoining}. */
  public LogDataProcessorBuilder joining(LineJoining value) {
    joining = value;
    return this;
  }

  /**
   * Makes the processor, which does nothing before it is started.
   *
   * @throws NullPointerException if something that must be given was not; its message names it
   */
  public LogDataProcessor build() {
    return new LogDataProcessor(
        Objects.requireNonNull(source, "source"),
        new Road(
            Objects.requireNonNull(logStore, "logStore"),
            Objects.requireNonNull(rollupStore, "rollupStore"),
            Objects.requireNonNull(documents, "documents"),
            Objects.requireNonNull(deadLetters, "deadLetters"),
            Objects.requireNonNull(live, "live"),
            joining,
            Objects.requireNonNull(understand, "understand"),
            settings,
            Objects.requireNonNull(decodeScheduler, "decodeScheduler"),
            Objects.requireNonNull(writeScheduler, "writeScheduler")));
  }
}
