package dev.logdash.dashboard;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.tls.TrustedAuthorities;
import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.RollupsKind;
import dev.logdash.core.config.StoreKind;
import dev.logdash.embedded.EmbeddedStorage;
import dev.logdash.embedded.LuceneLogStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores that the settings name. Servers need not be there when they are opened. */
public final class Stores implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private final Events events;
  private final Records records;
  private final Deque<AutoCloseable> opened;

  /** A store of events, and how they are found. */
  record Events(LogStore store, LogSearch search, AutoCloseable owner, List<BackendMeter> meters) {}

  /** Statistics and documents, which one backend keeps. */
  record Records(
      RollupStore rollups,
      DocumentStore documents,
      AutoCloseable owner,
      List<BackendMeter> meters) {}

  private Stores(Events events, Records records, Deque<AutoCloseable> opened) {
    this.events = events;
    this.records = records;
    this.opened = opened;
  }

  /**
   * Opens them.
   *
   * @throws BackendException if the data folder is needed and is in use or cannot be used, or if
   *     the classes of a backend are not there
   */
  public static Stores open(LogdashConfig config, Clock clock) {
    boolean indexInFolder = config.get(BackendKeys.STORE) == StoreKind.EMBEDDED;
    boolean recordsInFolder = config.get(BackendKeys.ROLLUPS) == RollupsKind.EMBEDDED;
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      Events events = null;
      Records records = null;
      if (indexInFolder || recordsInFolder) {
        EmbeddedStorage folder =
            EmbeddedStorage.open(
                config.get(ConfigKeys.DATA_DIR),
                clock,
                config.get(ConfigKeys.STORE_RAM_BUFFER) / (double) (1 << 20),
                config.get(ConfigKeys.STORE_INDEXING_THREADS));
        opened.push(folder);
        LuceneLogStore index = folder.logStore();
        events = indexInFolder ? new Events(index, index, folder, List.of()) : null;
        records =
            recordsInFolder
                ? new Records(folder.rollupStore(), folder.documentStore(), folder, List.of())
                : null;
      }
      if (events == null) {
        events = with("logdash-elasticsearch", () -> ElasticsearchWiring.open(config, clock));
        opened.push(events.owner());
      }
      if (records == null) {
        records = with("logdash-mongo", () -> MongoWiring.open(config));
        opened.push(records.owner());
      }
      return new Stores(events, records, opened);
    } catch (RuntimeException | LinkageError e) {
      closeAll(opened);
      throw e;
    }
  }

  public LogStore events() {
    return events.store();
  }

  public LogSearch search() {
    return events.search();
  }

  public RollupStore rollups() {
    return records.rollups();
  }

  public DocumentStore documents() {
    return records.documents();
  }

  /** What servers behind the stores make them count. */
  List<BackendMeter> meters() {
    return Stream.of(events.meters(), records.meters()).flatMap(List::stream).toList();
  }

  @Override
  public void close() {
    closeAll(opened);
  }

  /**
   * What a module makes that may not be there.
   *
   * @throws BackendException.Misconfigured if it is not
   */
  static <T> T with(String module, Supplier<T> open) {
    try {
      return open.get();
    } catch (NoClassDefFoundError e) {
      throw new BackendException.Misconfigured(
          "the settings need dev.logdash:" + module + " on the class path", e);
    } catch (IllegalArgumentException e) {
      throw new BackendException.Misconfigured(String.valueOf(e.getMessage()), e);
    }
  }

  /** The authorities of a file of the settings and the certificate of another, where named. */
  static TrustedAuthorities trust(String authority, String certificate) {
    TrustedAuthorities trust =
        authority.isEmpty()
            ? TrustedAuthorities.ofJava()
            : TrustedAuthorities.of(Path.of(authority));
    return certificate.isEmpty() ? trust : trust.showing(Path.of(certificate));
  }

  static void closeAll(Deque<AutoCloseable> resources) {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("{} did not close", resource, e);
      }
    }
  }
}
