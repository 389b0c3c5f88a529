package dev.logdash.redis;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.tls.TrustedAuthorities;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The connections to one Redis, made by the first use. Nobody waits longer than the limit. */
final class RedisAccess implements AutoCloseable {

  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(2);
  private static final Duration RECONNECTS_AFTER_AT_MOST = Duration.ofSeconds(1);
  // So long nobody asks a Redis that did not answer, lest each reader waits for it in turn.
  private static final long LEFT_ALONE_NANOS = Duration.ofMillis(500).toNanos();
  private static final Pattern IPV6 =
      Pattern.compile("\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-zA-Z.%]*\\]?");
  private static final int WAITING_COMMANDS = 10_000;
  private static final int THREADS = 4;
  private static final int QUEUED = 10_000;

  private final RedisURI uri;
  private final Duration limit;
  private final TrustedAuthorities trust;
  private final Counters counters = new Counters();
  private final AtomicLong lastFailure = new AtomicLong(System.nanoTime() - LEFT_ALONE_NANOS);
  // Whoever waits for an answer must not hold up the threads that read it from the network.
  private final Scheduler scheduler =
      Schedulers.newBoundedElastic(THREADS, QUEUED, "logdash-redis", 60, true);
  private @Nullable ClientResources resources;
  private @Nullable RedisClient client;
  private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection;
  private boolean closed;

  RedisAccess(String uri, Duration limit, TrustedAuthorities trust) {
    this.uri = parse(uri);
    if (trust.needTls() && !this.uri.isSsl()) {
      throw new IllegalArgumentException(
          "an authority or a certificate is named, but the address of Redis does not begin with rediss://");
    }
    this.limit = limit;
    this.trust = trust;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Counters counters() {
    return counters;
  }

  /** Whether the last call failed so lately that the next one would be a waste of time. */
  boolean isLeftAlone() {
    return System.nanoTime() - lastFailure.get() < LEFT_ALONE_NANOS;
  }

  <T> Mono<T> run(Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> work) {
    return run(work, limit);
  }

  /** For who waits for another instance anyway: four times the limit. */
  <T> Mono<T> runPatiently(Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> work) {
    return run(work, limit.multipliedBy(4));
  }

  /** For what nobody waits for: two seconds, if the limit is not longer. */
  <T> Mono<T> runUnhurried(Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> work) {
    return run(work, unhurried());
  }

  private Duration unhurried() {
    return limit.compareTo(CONNECTS_WITHIN) > 0 ? limit : CONNECTS_WITHIN;
  }

  /** A Redis that takes commands answers. */
  Mono<Void> check() {
    return runUnhurried(commands -> commands.ping()).then();
  }

  /** Listens to channels from now on, over reconnects; what comes in between is lost. */
  Mono<StatefulRedisPubSubConnection<byte[], byte[]>> listen(
      BiConsumer<byte[], byte[]> listener, byte[]... channels) {
    return Mono.defer(
            () ->
                Mono.fromCompletionStage(
                    client()
                        .connectPubSubAsync(ByteArrayCodec.INSTANCE, uri)
                        .toCompletableFuture()))
        .flatMap(
            subscribing -> {
              subscribing.addListener(
                  new RedisPubSubAdapter<byte[], byte[]>() {
                    @Override
                    public void message(byte[] channel, byte[] message) {
                      listener.accept(channel, message);
                    }
                  });
              return Mono.fromCompletionStage(subscribing.async().subscribe(channels))
                  .thenReturn(subscribing);
            })
        .timeout(CONNECTS_WITHIN)
        .onErrorMap(RedisErrors::translate)
        .publishOn(scheduler);
  }

  @Override
  public void close() {
    RedisClient opened;
    ClientResources used;
    synchronized (this) {
      closed = true;
      opened = client;
      used = resources;
      client = null;
      resources = null;
    }
    scheduler.dispose();
    if (opened != null && used != null) {
      var unused =
          opened
              .shutdownAsync(0, 2, TimeUnit.SECONDS)
              .whenComplete(
                  (done, error) -> {
                    var unusedEnding = used.shutdown(0, 2, TimeUnit.SECONDS);
                  });
    }
  }

  private <T> Mono<T> run(
      Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> work, Duration within) {
    // The connection is everybody's, so who stops waiting for it leaves it alone.
    return Mono.defer(() -> outcome(connection()))
        .flatMap(
            open -> {
              CompletableFuture<T> command = work.apply(open.async()).toCompletableFuture();
              return outcome(command)
                  .doFinally(
                      signal -> {
                        if (signal == SignalType.CANCEL) {
                          command.cancel(true);
                        }
                      });
            })
        .timeout(within)
        .onErrorMap(RedisErrors::translate)
        .doOnError(this::failed)
        .publishOn(scheduler);
  }

  // A failure that comes when nobody waits any more has been counted as a time-out, and is no error
  // that Reactor should report.
  private static <T> Mono<T> outcome(CompletableFuture<T> future) {
    return Mono.fromFuture(() -> future.handle((value, error) -> settled(value, error)), true)
        .flatMap(Function.identity());
  }

  private static <T> Mono<T> settled(@Nullable T value, @Nullable Throwable error) {
    if (error == null) {
      return Mono.justOrEmpty(value);
    }
    Throwable cause = error.getCause();
    return Mono.error(error instanceof CompletionException && cause != null ? cause : error);
  }

  private void failed(Throwable failure) {
    counters.failures.increment();
    if (failure.getCause() instanceof TimeoutException) {
      counters.timeouts.increment();
    }
    // A value that it refuses says nothing about whether it answers.
    if (failure instanceof BackendException.Unavailable) {
      lastFailure.set(System.nanoTime());
    }
  }

  private synchronized CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection() {
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> made = connection;
    if (made == null || made.isCompletedExceptionally()) {
      made = client().connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
      connection = made;
      // Whatever the reason, such as a refused password: the next call would find the same.
      CompletableFuture<?> unused =
          made.whenComplete(
              (open, error) -> {
                if (error != null) {
                  lastFailure.set(System.nanoTime());
                }
              });
    }
    return made;
  }

  private synchronized RedisClient client() {
    if (closed) {
      throw new BackendException.Unavailable("the client of Redis is closed", null);
    }
    RedisClient made = client;
    if (made == null) {
      ClientOptions options = options();
      ClientResources used =
          ClientResources.builder()
              .ioThreadPoolSize(2)
              .computationThreadPoolSize(2)
              .reconnectDelay(
                  Delay.fullJitter(
                      Duration.ofMillis(20), RECONNECTS_AFTER_AT_MOST, 20, TimeUnit.MILLISECONDS))
              .build();
      made = RedisClient.create(used, uri);
      made.setOptions(options);
      resources = used;
      client = made;
    }
    return made;
  }

  // The parser's own words may have the password in them, and of one with a # or a ? in it the
  // parser makes a host, which would be asked for in the network.
  private static RedisURI parse(String uri) {
    RedisURI parsed;
    try {
      parsed = RedisURI.create(uri);
    } catch (IllegalArgumentException e) {
      parsed = null;
    }
    if (parsed == null || !isHost(String.valueOf(parsed.getHost()))) {
      throw new IllegalArgumentException(
          "the address of Redis is not redis:// or rediss://, user:password@, host:port and"
              + " /database; what is special in a user or password is percent-encoded");
    }
    return parsed;
  }

  private static boolean isHost(String host) {
    return host.indexOf(':') < 0 || IPV6.matcher(host).matches();
  }

  private ClientOptions options() {
    ClientOptions.Builder options = ClientOptions.builder();
    if (uri.isSsl()) {
      SslOptions.Builder tls =
          SslOptions.builder()
              .jdkSslProvider()
              .handshakeTimeout(CONNECTS_WITHIN)
              .trustManager(trust.managers());
      trust.keys().ifPresent(tls::keyManager);
      options.sslOptions(tls.build());
    }
    return options
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(WAITING_COMMANDS)
        .timeoutOptions(TimeoutOptions.enabled(unhurried()))
        .socketOptions(SocketOptions.builder().connectTimeout(CONNECTS_WITHIN).build())
        .build();
  }
}
