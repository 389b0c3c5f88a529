package dev.logdash.redis;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.LogQuery;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * A {@link LiveFeed} over several instances. Where Redis does not answer, those who watch see what
 * is published in their own process.
 */
final class RedisLiveFeed implements LiveFeed {

  /*
   * An instance where somebody watches says so on a channel, at once and every two seconds; what it
   * said holds for seven. Publishers look only for what is watched somewhere, and send it to the
   * channel of that instance, once for all who watch there. There the local feed does the rest as if
   * it had been published there: who sees what, how much is kept, and what is skipped. So nothing is
   * kept in Redis, and an empty one has lost nothing.
   *
   * Pub/sub loses what comes while a connection is down. The messages from one instance to another
   * are numbered, and a number that is missing is told as a gap.
   */

  private static final long BEAT_MILLIS = 2_000;
  private static final int MAX_QUERIES = 100;
  private static final int MAX_SENDERS = 1_000;

  private final RedisAccess access;
  private final LiveFeed local;
  private final String instance = UUID.randomUUID().toString();
  private final byte[] tailsChannel;
  private final byte[] ownChannel;
  private final RemoteTails remotes;
  private final Forwarding forwarding;
  private final Set<Tail> tails = ConcurrentHashMap.newKeySet();
  private final Disposable.Composite beats = Disposables.composite();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean connecting = new AtomicBoolean();
  // Guarded by itself.
  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private volatile @Nullable StatefulRedisPubSubConnection<byte[], byte[]> listening;
  private volatile boolean closed;
  private final Object announcing = new Object();

  RedisLiveFeed(
      RedisAccess access,
      String prefix,
      LiveFeed local,
      Function<LogQuery, Predicate<LogEvent>> matcher) {
    this.access = access;
    this.local = local;
    this.remotes = new RemoteTails(matcher);
    this.forwarding = new Forwarding(access, remotes, instance, prefix + "live:");
    this.tailsChannel = (prefix + "tails").getBytes(StandardCharsets.UTF_8);
    this.ownChannel = (prefix + "live:" + instance).getBytes(StandardCharsets.UTF_8);
  }

  /** One who watches here. */
  private static final class Tail {
    final LogQuery query;
    final AtomicBoolean gap = new AtomicBoolean();

    Tail(LogQuery query) {
      this.query = query;
    }

    LiveEvents told(LiveEvents news) {
      return gap.getAndSet(false) ? new LiveEvents(news.events(), news.skipped(), true) : news;
    }
  }

  @Override
  public void publish(List<LogEvent> events) {
    local.publish(events);
    start();
    if (!closed && !events.isEmpty() && !remotes.isEmpty()) {
      forwarding.offer(events);
    }
  }

  @Override
  public Flux<LiveEvents> watch(LogQuery query, int capacity) {
    Flux<LiveEvents> news = local.watch(query, capacity);
    return Flux.defer(
        () -> {
          Tail tail = new Tail(query);
          tails.add(tail);
          start();
          announce(false);
          return news.map(tail::told)
              .doFinally(
                  signal -> {
                    tails.remove(tail);
                    announce(false);
                  });
        });
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    beats.dispose();
    local.close();
    forwarding.close();
    StatefulRedisPubSubConnection<byte[], byte[]> open = listening;
    if (open != null) {
      var unused = open.closeAsync();
    }
  }

  /** What is watched elsewhere. */
  List<LogQuery> watchedElsewhere() {
    return remotes.all().stream().flatMap(remote -> remote.queries().stream()).toList();
  }

  private void start() {
    if (closed || !started.compareAndSet(false, true)) {
      return;
    }
    try {
      beats.add(
          access
              .scheduler()
              .schedulePeriodically(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      // The client is closed, so there is nobody to tell or to ask.
    }
  }

  private void beat() {
    if (closed) {
      return;
    }
    remotes.forgetSilent();
    if (listening != null) {
      if (!tails.isEmpty()) {
        announce(false);
      }
    } else if (connecting.compareAndSet(false, true)) {
      var unused =
          access
              .listen(this::received, tailsChannel, ownChannel)
              .doFinally(signal -> connecting.set(false))
              .subscribe(
                  connection -> {
                    listening = connection;
                    if (closed) {
                      var unusedEnding = connection.closeAsync();
                    } else {
                      announce(true);
                    }
                  },
                  // The next beat tries again.
                  error -> {});
    }
  }

  private void announce(boolean question) {
    if (listening == null) {
      return;
    }
    // What is said last has to be what holds, whichever thread comes to say it.
    synchronized (announcing) {
      try {
        byte[] message = LiveMessages.encode(instance, question, queries());
        var unused =
            access
                .runUnhurried(redis -> redis.publish(tailsChannel, message))
                // The next beat says it again.
                .subscribe(reached -> {}, error -> {});
      } catch (IOException e) {
        missed();
      }
    }
  }

  /** What is watched here, or so much more that it need not be told one by one. */
  private List<LogQuery> queries() {
    List<LogQuery> queries = tails.stream().map(tail -> tail.query).toList();
    return queries.size() <= MAX_QUERIES
        ? queries
        : queries.stream()
            .map(LogQuery::dataset)
            .distinct()
            .map(dataset -> LogQuery.builder().dataset(dataset).build())
            .toList();
  }

  private void received(byte[] channel, byte[] message) {
    if (closed) {
      return;
    }
    try {
      if (Arrays.equals(channel, ownChannel)) {
        show(LiveMessages.decodeNews(message));
        return;
      }
      LiveMessages.Tails said = LiveMessages.decodeTails(message);
      if (!said.instance().equals(instance)) {
        remotes.heard(said);
        if (said.question() && !tails.isEmpty()) {
          announce(false);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Whoever may write to Redis may write anything.
      access.counters().unreadable.increment();
    }
  }

  private void show(LiveMessages.News news) {
    synchronized (numbers) {
      Long last = numbers.remove(news.sender());
      if (last != null && news.number() != last + 1) {
        missed();
      }
      numbers.put(news.sender(), news.number());
      if (numbers.size() > MAX_SENDERS) {
        numbers.remove(numbers.keySet().iterator().next());
      }
    }
    local.publish(news.events());
  }

  private void missed() {
    tails.forEach(tail -> tail.gap.set(true));
  }
}
