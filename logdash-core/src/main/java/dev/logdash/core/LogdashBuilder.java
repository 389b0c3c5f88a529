package dev.logdash.core;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Retention;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.decode.SourceRules;
import dev.logdash.core.enrich.EnricherChain;
import dev.logdash.core.enrich.NamedEnricher;
import dev.logdash.core.memory.InMemoryLiveFeed;
import dev.logdash.core.parse.DetectingParser;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Parsers;
import dev.logdash.core.pipeline.DeadLetters;
import dev.logdash.core.pipeline.LogDataProcessor;
import dev.logdash.core.pipeline.PipelineSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Wires a {@link Logdash}: the sink that accepts, the source behind it, and the stores. Events,
 * rollups and documents must have a store, and where there is a source dead letters a place.
 * Building does no I/O.
 */
public final class LogdashBuilder {

  private @Nullable LogSink sink;
  private @Nullable LogSource source;
  private @Nullable LogStore logStore;
  private @Nullable LogSearch search;
  private @Nullable RollupStore rollupStore;
  private @Nullable DocumentStore documents;
  private @Nullable DeadLetters deadLetters;
  private @Nullable LiveFeed live;
  private @Nullable LineParser parser;
  private SourceRules sources = SourceRules.NONE;
  private final List<NamedEnricher> enrichers = new ArrayList<>();
  private final List<AutoCloseable> resources = new ArrayList<>();
  private PipelineSettings pipeline = PipelineSettings.DEFAULTS;
  private Retention retention = Retention.DEFAULT;
  private Clock clock = Clock.systemUTC();

  LogdashBuilder() {}

  /** Where records come in. Default: nowhere; whoever brings one is told so. */
  public LogdashBuilder sink(LogSink value) {
    sink = value;
    return this;
  }

  /** Where the records of the sink come out again. Default: in other processes only. */
  public LogdashBuilder source(LogSource value) {
    source = value;
    return this;
  }

  /** A store that is its own search. */
  public <T extends LogStore & LogSearch> LogdashBuilder events(T value) {
    logStore = value;
    search = value;
    return this;
  }

  /** A store, and how what it keeps is found. */
  public LogdashBuilder events(LogStore store, LogSearch finder) {
    logStore = store;
    search = finder;
    return this;
  }

  /** Where statistics are kept; must be given. */
  public LogdashBuilder rollups(RollupStore value) {
    rollupStore = value;
    return this;
  }

  /** Where snapshots, users, rules and the like are kept; must be given. */
  public LogdashBuilder documents(DocumentStore value) {
    documents = value;
    return this;
  }

  /** Where records go that cannot be understood or stored; must be given with a source. */
  public LogdashBuilder deadLetters(DeadLetters value) {
    deadLetters = value;
    return this;
  }

  /** Where stored events are shown to those who watch. Default: in the memory of this process. */
  public LogdashBuilder live(LiveFeed value) {
    live = value;
    return this;
  }

  /** What is known about sources beyond what their lines say. Default: nothing. */
  public LogdashBuilder sources(SourceRules value) {
    sources = Objects.requireNonNull(value, "sources");
    return this;
  }

  /** Tries a parser first on records that name no format. Default: formats are recognised. */
  public LogdashBuilder parser(LineParser value) {
    parser = Objects.requireNonNull(value, "parser");
    return this;
  }

  /**
   * Adds an enricher behind those before, under the name of its class. Where it fails the event
   * goes on without it, and {@link Logdash#enrichmentFailures} counts that.
   */
  public LogdashBuilder enrich(Enricher value) {
    return enrich(NamedEnricher.of(value));
  }

  /** Adds an enricher behind those before. */
  public LogdashBuilder enrich(NamedEnricher value) {
    enrichers.add(Objects.requireNonNull(value, "enricher"));
    return this;
  }

  /** How records are processed. Default: {@link PipelineSettings#DEFAULTS}. */
  public LogdashBuilder pipeline(PipelineSettings value) {
    pipeline = value;
    return this;
  }

  /** How much of the events is kept. Default: {@link Retention#DEFAULT}. */
  public LogdashBuilder retention(Retention value) {
    retention = value;
    return this;
  }

  /** Tells what is old enough to be dropped. Default: the clock of the system, in UTC. */
  public LogdashBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** What {@link Logdash#close} closes as well, in the order of these calls. */
  public LogdashBuilder closing(AutoCloseable value) {
    resources.add(Objects.requireNonNull(value, "resource"));
    return this;
  }

  /**
   * Wires it. Nothing runs before {@link Logdash#start}.
   *
   * @throws NullPointerException if something that must be given was not; its message names it
   */
  public Logdash build() {
    LogStore events = Objects.requireNonNull(logStore, "events");
    RollupStore rollups = Objects.requireNonNull(rollupStore, "rollups");
    DocumentStore docs = Objects.requireNonNull(documents, "documents");
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    Scheduler decode = Schedulers.newParallel("logdash-decode", threads, true);
    Scheduler write = Schedulers.newParallel("logdash-write", threads, true);
    LiveFeed feed = live != null ? live : new InMemoryLiveFeed(decode);
    LogSource records = source;
    EnricherChain chain = new EnricherChain(enrichers);
    LogDataProcessor processor =
        records == null
            ? null
            : processor(records, events, rollups, docs, feed, chain, decode, write);
    List<AutoCloseable> closing = new ArrayList<>(resources);
    if (live == null) {
      closing.add(feed);
    }
    closing.add(decode::dispose);
    closing.add(write::dispose);
    return new Logdash(
        sink != null ? sink : new NoSink(),
        Objects.requireNonNull(search, "events"),
        rollups,
        docs,
        feed,
        processor,
        chain,
        new Housekeeping(events, rollups, retention, pipeline.rollups().tiers(), clock, write),
        closing);
  }

  private LogDataProcessor processor(
      LogSource records,
      LogStore events,
      RollupStore rollups,
      DocumentStore docs,
      LiveFeed feed,
      EnricherChain chain,
      Scheduler decode,
      Scheduler write) {
    LineParser first = parser;
    SourceRules known = sources;
    return LogDataProcessor.builder()
        .source(records)
        .logStore(events)
        .rollupStore(rollups)
        .documents(docs)
        .deadLetters(Objects.requireNonNull(deadLetters, "deadLetters"))
        .live(feed::publish)
        .understand(() -> understanding(first, known, chain))
        .settings(pipeline)
        .schedulers(decode, write)
        .build();
  }

  private static Function<RawRecord, LogEvent> understanding(
      @Nullable LineParser first, SourceRules known, EnricherChain chain) {
    DetectingParser detecting = first == null ? Parsers.detecting() : Parsers.detecting(first);
    EventDecoder decoder = new EventDecoder(detecting, known);
    return record -> chain.enrich(decoder.decode(record));
  }
}
