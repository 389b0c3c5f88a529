package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.core.store.EventLimits;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Server-sent events: what matches, about each second, and a sign of life where nothing does. A
 * reader that is too slow misses events and is told how many; one that takes nothing for {@value
 * #PATIENCE_SECONDS} s is let go. Memory for one reader is bounded by two messages.
 */
final class TailStream implements WriteListener {

  /** The most events of a message. */
  static final int MAX_EVENTS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(TailStream.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final long PING_NANOS = TimeUnit.MILLISECONDS.toNanos(1_900);
  private static final int PATIENCE_SECONDS = 30;
  private static final long MAX_MESSAGE_CHARS = 1_000_000;

  private final Flux<LiveEvents> events;
  private final Mono<LiveEvents> missed;
  private final Mono<Boolean> permitted;
  private final Duration polledEach;
  private final Scheduler scheduler;
  private final Disposable.Composite running = Disposables.composite();
  private final Inbox inbox = new Inbox();
  private @Nullable OrderKey last;

  // All below guarded by this.
  private @Nullable Call call;
  private @Nullable ServletOutputStream out;
  private boolean possible;
  private byte @Nullable [] message;
  private boolean flushDue;
  private long sentNanos;
  private boolean asked;
  private boolean resumed;
  private final Set<String> resumedIds = new HashSet<>();
  private @Nullable LiveEvents arrived;

  /**
   * @param missed what came between the last connection of the reader and this one; empty for none
   * @param permitted whether the reader may still read as it did when it came
   * @param polledEach how often a store is asked for the events; zero if they come by themselves
   */
  TailStream(
      Flux<LiveEvents> events,
      Mono<LiveEvents> missed,
      Mono<Boolean> permitted,
      Duration polledEach,
      @Nullable OrderKey last,
      Scheduler scheduler) {
    this.events = events;
    this.missed = missed;
    this.permitted = permitted;
    this.polledEach = polledEach;
    this.last = last;
    this.scheduler = scheduler;
  }

  void start(Call exchange) throws IOException {
    HttpServletResponse response = exchange.response();
    response.setStatus(200);
    // Without the charset a container may add one of its own, and browsers then drop the stream.
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("X-Accel-Buffering", "no");
    exchange.onEnd(this::stop);
    synchronized (this) {
      call = exchange;
      out = response.getOutputStream();
      sentNanos = System.nanoTime();
      message = feed();
    }
    events.subscribe(inbox);
    running.add(
        missed.subscribe(
            this::resume, this::failed, () -> resume(new LiveEvents(List.of(), 0, false))));
    response.getOutputStream().setWriteListener(this);
    running.add(
        Flux.interval(BEAT, BEAT, scheduler)
            .onBackpressureDrop()
            .concatMap(tick -> permitted.onErrorReturn(false), 1)
            .subscribe(this::beat, this::failed));
  }

  /** The first message: how the tail is fed. */
  private byte[] feed() {
    byte[] data =
        Json.object(json -> json.writeNumberProperty("polledMillis", polledEach.toMillis()));
    return ("event: feed\ndata: " + new String(data, UTF_8) + "\n\n").getBytes(UTF_8);
  }

  @Override
  public synchronized void onWritePossible() throws IOException {
    possible = true;
    write();
  }

  @Override
  public void onError(Throwable error) {
    LOG.debug("A reader of the live tail has gone", error);
    end();
  }

  private void beat(boolean stillPermitted) {
    if (!stillPermitted) {
      end();
      return;
    }
    boolean stuck;
    boolean ask;
    synchronized (this) {
      long silent = System.nanoTime() - sentNanos;
      boolean idle = message == null && !flushDue;
      stuck = !idle && silent > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      ask = idle && resumed && !asked;
      asked |= ask;
      if (idle && !ask && silent > PING_NANOS) {
        sentNanos = System.nanoTime();
        message = "event: ping\ndata: {}\n\n".getBytes(UTF_8);
        tryWrite();
      }
    }
    if (stuck) {
      end();
    } else if (ask) {
      inbox.request(1);
    }
  }

  private void resume(LiveEvents before) {
    synchronized (this) {
      if (resumed) {
        return;
      }
      resumed = true;
      before.events().forEach(event -> resumedIds.add(event.id()));
      if (!before.events().isEmpty() || before.skipped() > 0) {
        arrived = before;
        send();
      }
    }
  }

  private synchronized void arrive(LiveEvents news) {
    asked = false;
    List<LogEvent> fresh = new ArrayList<>(news.events());
    fresh.removeIf(event -> resumedIds.remove(event.id()));
    arrived = new LiveEvents(fresh, news.skipped(), news.gap());
    send();
  }

  // Only called while nothing else is being written, but for a ping or what was resumed.
  private void send() {
    LiveEvents news = arrived;
    if (news == null || message != null || flushDue) {
      return;
    }
    arrived = null;
    if (news.events().isEmpty() && news.skipped() == 0 && !news.gap()) {
      return;
    }
    message = message(news);
    sentNanos = System.nanoTime();
    tryWrite();
  }

  private byte[] message(LiveEvents news) {
    List<LogEvent> shown = new ArrayList<>();
    long chars = 0;
    for (int i = news.events().size() - 1; i >= 0 && chars < MAX_MESSAGE_CHARS; i--) {
      LogEvent event = news.events().get(i);
      chars += EventLimits.textLength(event);
      shown.add(0, event);
      if (last == null || event.orderKey().compareTo(last) > 0) {
        last = event.orderKey();
      }
    }
    long skipped = news.skipped() + news.events().size() - shown.size();
    byte[] data =
        Json.object(
            json -> {
              json.writeArrayPropertyStart("events");
              shown.forEach(event -> EventWriter.write(event, json));
              json.writeEndArray();
              json.writeNumberProperty("skipped", skipped);
              json.writeBooleanProperty("gap", news.gap());
            });
    String id = last == null ? "" : "id: " + EventWriter.cursor(last) + "\n";
    return (id + "event: events\ndata: " + new String(data, UTF_8) + "\n\n").getBytes(UTF_8);
  }

  private void tryWrite() {
    try {
      write();
    } catch (IOException | IllegalStateException e) {
      onError(e);
    }
  }

  private void write() throws IOException {
    ServletOutputStream stream = out;
    if (!possible || stream == null) {
      return;
    }
    while (stream.isReady()) {
      byte[] next = message;
      if (next != null) {
        message = null;
        flushDue = true;
        stream.write(next);
      } else if (flushDue) {
        flushDue = false;
        stream.flush();
      } else if (arrived != null) {
        send();
        return;
      } else {
        return;
      }
    }
  }

  private void failed(Throwable error) {
    LOG.debug("A live tail ends", error);
    end();
  }

  private void end() {
    Call ending;
    synchronized (this) {
      ending = call;
    }
    if (ending != null) {
      ending.complete();
    }
  }

  private void stop() {
    synchronized (this) {
      possible = false;
      message = null;
      arrived = null;
    }
    inbox.dispose();
    running.dispose();
  }

  private final class Inbox extends BaseSubscriber<LiveEvents> {

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      // Asked for beat by beat.
    }

    @Override
    protected void hookOnNext(LiveEvents news) {
      arrive(news);
    }

    @Override
    protected void hookOnComplete() {
      end();
    }

    @Override
    protected void hookOnError(Throwable error) {
      failed(error);
    }
  }
}
