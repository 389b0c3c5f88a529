package dev.logdash.redis;

import dev.logdash.api.event.LogEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Sends what others watch to where it is watched. Whatever is not sent still takes a number, from
 * which the other side learns that something is missing.
 */
final class Forwarding {

  private static final int MAX_WAITING_BATCHES = 4;
  private static final int MAX_UNDER_WAY = 16;
  private static final int EVENTS_AT_ONCE = 100;

  private final RedisAccess access;
  private final Scheduler.Worker worker;
  private final RemoteTails remotes;
  private final String sender;
  private final String channels;
  private final Queue<List<LogEvent>> waiting = new ArrayDeque<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private boolean working;

  /**
   * @param channels what the name of an instance's channel begins with
   */
  Forwarding(RedisAccess access, RemoteTails remotes, String sender, String channels) {
    this.access = access;
    this.worker = access.scheduler().createWorker();
    this.remotes = remotes;
    this.sender = sender;
    this.channels = channels;
  }

  void offer(List<LogEvent> events) {
    synchronized (waiting) {
      if (waiting.size() == MAX_WAITING_BATCHES) {
        missed(events.size());
        return;
      }
      waiting.add(List.copyOf(events));
      if (working) {
        return;
      }
      working = true;
    }
    try {
      var unused = worker.schedule(this::forward);
    } catch (RejectedExecutionException e) {
      synchronized (waiting) {
        working = false;
        waiting.clear();
      }
    }
  }

  void close() {
    worker.dispose();
  }

  private void forward() {
    for (List<LogEvent> events = next(); events != null; events = next()) {
      for (RemoteTails.Remote remote : remotes.all()) {
        List<LogEvent> wanted = events.stream().filter(remote::wants).toList();
        for (int from = 0; from < wanted.size(); from += EVENTS_AT_ONCE) {
          int to = Math.min(wanted.size(), from + EVENTS_AT_ONCE);
          send(remote, wanted.subList(from, to));
        }
      }
    }
  }

  private @Nullable List<LogEvent> next() {
    synchronized (waiting) {
      List<LogEvent> events = waiting.poll();
      working = events != null;
      return events;
    }
  }

  private void send(RemoteTails.Remote remote, List<LogEvent> events) {
    long number = remote.numbers().incrementAndGet();
    byte[] message = encode(number, events);
    if (message == null || access.isLeftAlone() || underWay.get() >= MAX_UNDER_WAY) {
      access.counters().unsent.add(events.size());
      return;
    }
    if (message.length > LiveMessages.MAX_BYTES) {
      sendHalves(remote, events);
      return;
    }
    underWay.incrementAndGet();
    byte[] channel = (channels + remote.instance()).getBytes(StandardCharsets.UTF_8);
    var unused =
        access
            .runUnhurried(redis -> redis.publish(channel, message))
            .doFinally(signal -> underWay.decrementAndGet())
            .subscribe(reached -> {}, error -> access.counters().unsent.add(events.size()));
  }

  // The number that the whole has taken says that something is missing, if only one event is.
  private void sendHalves(RemoteTails.Remote remote, List<LogEvent> events) {
    if (events.size() == 1) {
      access.counters().unsent.increment();
      return;
    }
    remote.numbers().decrementAndGet();
    List<LogEvent> copy = new ArrayList<>(events);
    send(remote, copy.subList(0, copy.size() / 2));
    send(remote, copy.subList(copy.size() / 2, copy.size()));
  }

  private void missed(int events) {
    access.counters().unsent.add(events);
    remotes.all().forEach(remote -> remote.numbers().incrementAndGet());
  }

  private byte @Nullable [] encode(long number, List<LogEvent> events) {
    try {
      return LiveMessages.encode(new LiveMessages.News(sender, number, events));
    } catch (IOException e) {
      return null;
    }
  }
}
