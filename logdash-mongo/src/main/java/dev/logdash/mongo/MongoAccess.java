package dev.logdash.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoConfigurationException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.event.ServerDescriptionChangedEvent;
import com.mongodb.event.ServerListener;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.tls.TrustedAuthorities;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The client of one database, made by the first use; every wait of it has a bound. */
final class MongoAccess implements AutoCloseable {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(15);
  private static final long FINDS_SERVER_SECONDS = 5;
  private static final int CONNECTS_SECONDS = 5;
  private static final int READS_SECONDS = 12;
  private static final long CONFIRMS_SECONDS = 10;
  private static final int THREADS = 4;
  private static final int QUEUED = 100_000;

  private final ConnectionString connection;
  private final String database;
  private final String prefix;
  // Whoever waits for an answer must not hold up the threads that read it from the network.
  private final Scheduler scheduler =
      Schedulers.newBoundedElastic(THREADS, QUEUED, "logdash-mongo", 60, true);
  private final TrustedAuthorities trust;
  private final Counters counters = new Counters();
  // Why the driver finds no member, which its time-out does not tell.
  private volatile @Nullable Throwable unreachable;
  private @Nullable MongoClient client;
  private boolean closed;

  MongoAccess(String connection, String database, String prefix, TrustedAuthorities trust) {
    this.connection = parse(connection);
    if (trust.needTls() && !isSecure()) {
      throw new IllegalArgumentException(
          "an authority or a certificate is named, but the connection string of MongoDB does not say tls=true");
    }
    this.trust = trust;
    this.database = database;
    this.prefix = prefix;
  }

  Counters counters() {
    return counters;
  }

  /** One answer, or none, of what is done to a collection. */
  <T> Mono<T> one(String collection, Function<MongoCollection<BsonDocument>, Publisher<T>> work) {
    return Mono.defer(() -> Mono.from(work.apply(called(collection))))
        .timeout(ANSWERS_WITHIN)
        .publishOn(scheduler)
        .onErrorMap(this::isNotForCaller, this::failed);
  }

  /** All answers. The first is waited for here, later ones by the limit of the connection. */
  <T> Flux<T> many(String collection, Function<MongoCollection<BsonDocument>, Publisher<T>> work) {
    return Flux.defer(() -> work.apply(called(collection)))
        .timeout(Mono.delay(ANSWERS_WITHIN))
        .publishOn(scheduler)
        .onErrorMap(this::failed);
  }

  /** A failure of a call, counted, by its remedy. */
  RuntimeException failed(Throwable failure) {
    counters.failures.increment();
    return MongoErrors.translate(failure, unreachable);
  }

  /** A primary member answers. */
  Mono<Void> check() {
    BsonDocument ping = new BsonDocument("ping", new BsonInt32(1));
    return Mono.defer(() -> Mono.from(database().runCommand(ping, ReadPreference.primary())))
        .timeout(ANSWERS_WITHIN)
        .publishOn(scheduler)
        .onErrorMap(failure -> MongoErrors.translate(failure, unreachable))
        .then();
  }

  @Override
  public void close() {
    MongoClient opened;
    synchronized (this) {
      closed = true;
      opened = client;
      client = null;
    }
    if (opened != null) {
      opened.close();
    }
    scheduler.dispose();
  }

  // Who asked sees a duplicate key itself: it is an answer, not a failure.
  private boolean isNotForCaller(Throwable failure) {
    return !(failure instanceof MongoBulkWriteException) && !MongoErrors.isDuplicateKey(failure);
  }

  private MongoCollection<BsonDocument> called(String name) {
    counters.calls.increment();
    return database().getCollection(prefix + name, BsonDocument.class);
  }

  private synchronized MongoDatabase database() {
    if (closed) {
      throw new BackendException.Unavailable("the client of MongoDB is closed", null);
    }
    MongoClient open = client;
    if (open == null) {
      open = MongoClients.create(settings());
      client = open;
    }
    return open.getDatabase(database)
        .withReadPreference(ReadPreference.primary())
        .withReadConcern(ReadConcern.MAJORITY)
        .withWriteConcern(
            WriteConcern.MAJORITY
                .withJournal(true)
                .withWTimeout(CONFIRMS_SECONDS, TimeUnit.SECONDS));
  }

  private boolean isSecure() {
    return Boolean.TRUE.equals(connection.getSslEnabled());
  }

  // The parser's own words may have the password in them.
  private static ConnectionString parse(String connection) {
    try {
      return new ConnectionString(connection);
    } catch (IllegalArgumentException | MongoConfigurationException e) {
      throw new IllegalArgumentException(
          "the connection string of MongoDB is not mongodb://user:password@host:port/?options; what"
              + " is special in a user or password is percent-encoded");
    }
  }

  private final class Reachability implements ServerListener {
    @Override
    public void serverDescriptionChanged(ServerDescriptionChangedEvent event) {
      unreachable = event.getNewDescription().getException();
    }
  }

  // Defaults first, so that what the connection string says wins.
  private MongoClientSettings settings() {
    MongoClientSettings.Builder settings = MongoClientSettings.builder();
    if (isSecure()) {
      SSLContext context = trust.context();
      settings.applyToSslSettings(tls -> tls.context(context));
    }
    return settings
        .applicationName("logdash")
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(FINDS_SERVER_SECONDS, TimeUnit.SECONDS))
        .applyToServerSettings(server -> server.addServerListener(new Reachability()))
        .applyToSocketSettings(
            socket ->
                socket
                    .connectTimeout(CONNECTS_SECONDS, TimeUnit.SECONDS)
                    .readTimeout(READS_SECONDS, TimeUnit.SECONDS))
        .applyToConnectionPoolSettings(
            pool -> pool.maxWaitTime(FINDS_SERVER_SECONDS, TimeUnit.SECONDS))
        .applyConnectionString(connection)
        .build();
  }
}
