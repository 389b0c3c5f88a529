package dev.logdash.mongo;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.tls.TrustedAuthorities;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * The statistics and the documents of one logdash in a database of MongoDB, for any number of
 * processes. Nothing is opened before the first use, so this can be made while MongoDB is down.
 *
 * <p>What a store says is written has been confirmed by the journals of a majority of the members.
 * Reads are answered by the primary member from what a majority has. Every call ends within 15
 * seconds.
 */
public final class MongoStorage implements AutoCloseable {

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_]{0,40}");
  private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_-]{1,60}");

  private final MongoAccess access;
  private final RollupStore rollups;
  private final DocumentStore documents;

  /** Collections without a prefix, and cells that stay until they are expired. */
  public MongoStorage(String connection, String database) {
    this(connection, database, "", Map.of(), TrustedAuthorities.ofJava());
  }

  /**
   * @param connection a connection string, {@code mongodb://} or {@code mongodb+srv://}, which also
   *     says user, password and TLS
   * @param database 1 to 60 letters, digits, {@code _} and {@code -}
   * @param prefix of the names of the collections: up to 40 letters, digits and {@code _}
   * @param retention by the width of a tier in seconds, how long MongoDB keeps its cells after the
   *     end of their window; it removes them by itself, beside {@link RollupStore#expire}. A tier
   *     that is not named stays
   * @param trust whose certificates are believed, where the connection string says {@code tls=true}
   * @throws IllegalArgumentException if one of these cannot be
   */
  public MongoStorage(
      String connection,
      String database,
      String prefix,
      Map<Integer, Duration> retention,
      TrustedAuthorities trust) {
    requireMatch(DATABASE, database, "database");
    requireMatch(PREFIX, prefix, "prefix");
    access = new MongoAccess(connection, database, prefix, trust);
    rollups = new MongoRollupStore(access, retention);
    documents = new MongoDocumentStore(access);
  }

  /** The statistics. Closing them alone does nothing; they are closed with this. */
  public RollupStore rollups() {
    return rollups;
  }

  /** The documents. Closing them alone does nothing; they are closed with this. */
  public DocumentStore documents() {
    return documents;
  }

  /** Completes if a primary member answers; fails with the reason if not. Cheap. */
  public Mono<Void> check() {
    return access.check();
  }

  /** What became of the calls so far. */
  public MongoStatistics statistics() {
    return access.counters().snapshot();
  }

  /** Closes the connections; both stores refuse from then on. Idempotent. */
  @Override
  public void close() {
    access.close();
  }

  private static void requireMatch(Pattern pattern, String value, String name) {
    if (!pattern.matcher(Objects.requireNonNull(value, name)).matches()) {
      throw new IllegalArgumentException(name + " is not " + pattern.pattern() + ": " + value);
    }
  }
}
