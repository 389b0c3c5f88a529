package dev.logdash.core.pipeline;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.LogStore;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/** What the workers of all partitions share. */
record Road(
    LogStore logStore,
    RollupStore rollupStore,
    DocumentStore documents,
    DeadLetters deadLetters,
    Consumer<List<LogEvent>> live,
    LineJoining joining,
    Supplier<Function<RawRecord, LogEvent>> understand,
    PipelineSettings settings,
    Scheduler decodeScheduler,
    Scheduler writeScheduler) {}
