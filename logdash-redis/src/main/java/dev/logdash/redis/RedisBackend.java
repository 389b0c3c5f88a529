package dev.logdash.redis;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.tls.TrustedAuthorities;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * What the instances of one logdash share for a short time, in Redis. Nothing is only there: a
 * Redis that is slow, empty, wrong or down costs time and never a result. Nothing is opened before
 * the first use, so this can be made while Redis is down.
 */
public final class RedisBackend implements AutoCloseable {

  /** How long a command may take: 50 ms. */
  public static final Duration DEFAULT_LIMIT = Duration.ofMillis(50);

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.:-]{1,60}");

  private final RedisAccess access;
  private final String prefix;

  /** Names that begin with {@code logdash:}, and commands that take 50 ms at most. */
  public RedisBackend(String uri) {
    this(uri, TrustedAuthorities.ofJava());
  }

  /** The same, with authorities of one's own for {@code rediss://}. */
  public RedisBackend(String uri, TrustedAuthorities trust) {
    this(uri, "logdash:", DEFAULT_LIMIT, trust);
  }

  /**
   * @param uri {@code redis://} or {@code rediss://}, which also says user, password and database
   * @param prefix of all names in Redis: 1 to 60 letters, digits and {@code _ . : -}
   * @param limit how long a command may take
   * @param trust whose certificates are believed, where the address is {@code rediss://}
   * @throws IllegalArgumentException if one of these cannot be
   */
  public RedisBackend(String uri, String prefix, Duration limit, TrustedAuthorities trust) {
    if (!PREFIX.matcher(Objects.requireNonNull(prefix, "prefix")).matches()) {
      throw new IllegalArgumentException("prefix is not " + PREFIX.pattern() + ": " + prefix);
    }
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("limit is not positive: " + limit);
    }
    this.access = new RedisAccess(uri, limit, trust);
    this.prefix = prefix;
  }

  /** Panels that all instances see. Closing it alone does nothing; it is closed with this. */
  public DashboardCache cache() {
    return new RedisDashboardCache(access, prefix);
  }

  /**
   * A feed whose watchers also see what other instances publish.
   *
   * @param local shows events to those who watch here, and says what they missed; closed with the
   *     feed
   * @param matcher makes of the dataset, filter and scope of a query what tells whether an event
   *     fits
   */
  public LiveFeed liveFeed(LiveFeed local, Function<LogQuery, Predicate<LogEvent>> matcher) {
    return new RedisLiveFeed(access, prefix, local, matcher);
  }

  /** Tries at passwords, counted for all instances. */
  public AttemptCounters attempts() {
    return new RedisAttemptCounters(access, prefix);
  }

  /** Completes if Redis answers within two seconds; fails with the reason if not. */
  public Mono<Void> check() {
    return access.check();
  }

  /** What became of the calls of Redis so far. */
  public RedisStatistics statistics() {
    return access.counters().snapshot();
  }

  /** Closes the connections. Idempotent. */
  @Override
  public void close() {
    access.close();
  }
}
