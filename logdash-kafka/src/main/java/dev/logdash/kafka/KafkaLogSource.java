package dev.logdash.kafka;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads topics as a member of a consumer group. A partition is handed out while the group assigns
 * it here; its identity is that of the cluster and of the topic, so that a topic made anew under an
 * old name is another one. Only {@link Assignment#acknowledge} commits, and never for a partition
 * that was taken away.
 *
 * <p>A record that no producer of ours wrote is identified by its place in the topic, was received
 * at the time the broker has for it, and comes from the source its key names, or its partition;
 * what its headers say of dataset, source, service and format holds. A record without a value is an
 * empty line.
 *
 * <p>One batch for each one that is asked for, of at most {@code max.poll.records} records; nothing
 * is fetched for a partition of which nothing is asked. The bound of an idle batch is an estimate:
 * a sender that was held up for longer than before may bring older records after it, and lines of
 * one event that its pause parted may then stay two.
 *
 * <p>Starts with the first subscriber of its assignments, whether the broker is there or not.
 * Closing takes at most 5 s.
 */
public final class KafkaLogSource implements LogSource {

  private static final long CLOSE_MILLIS = 5_000;

  private final Map<KafkaAssignment, Boolean> current = new LinkedHashMap<>();
  private final PollLoop loop;
  private @Nullable FluxSink<Assignment> subscriber;
  private @Nullable Thread thread;
  private boolean closed;

  private KafkaLogSource(KafkaSourceConfig config) {
    this.loop = new PollLoop(config, this::assigned);
  }

  /**
   * Opens a source; nothing is read before somebody subscribes.
   *
   * @throws BackendException.Misconfigured if no broker is named
   */
  public static KafkaLogSource open(KafkaSourceConfig config) {
    ClientProperties.consumer(config);
    return new KafkaLogSource(config);
  }

  @Override
  public Flux<Assignment> assignments() {
    // What a subscriber does with a partition may take long, and the poll thread may not.
    return Flux.create(this::subscribe, FluxSink.OverflowStrategy.BUFFER)
        .publishOn(Schedulers.boundedElastic());
  }

  @Override
  public Mono<Void> check() {
    return Mono.defer(
        () -> {
          synchronized (this) {
            if (closed) {
              return Mono.error(new BackendException.Unavailable("The source is closed", null));
            }
          }
          return loop.check();
        });
  }

  public KafkaSourceStatistics statistics() {
    return loop.statistics();
  }

  @Override
  public void close() {
    FluxSink<Assignment> last;
    Thread running;
    synchronized (this) {
      closed = true;
      last = subscriber;
      subscriber = null;
      running = thread;
    }
    loop.close();
    if (last != null) {
      last.complete();
    }
    if (running != null && running != Thread.currentThread()) {
      try {
        running.join(CLOSE_MILLIS);
        if (running.isAlive()) {
          running.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void subscribe(FluxSink<Assignment> sink) {
    synchronized (this) {
      if (subscriber != null) {
        sink.error(new IllegalStateException("The assignments have a subscriber already"));
        return;
      }
      if (closed) {
        sink.complete();
        return;
      }
      subscriber = sink;
      sink.onDispose(() -> left(sink));
      current.keySet().removeIf(KafkaAssignment::isGone);
      current.keySet().forEach(sink::next);
      if (thread == null) {
        Thread started = new Thread(loop::run, "logdash-kafka-source");
        started.setDaemon(true);
        thread = started;
        started.start();
      }
    }
  }

  private synchronized void left(FluxSink<Assignment> sink) {
    if (subscriber == sink) {
      subscriber = null;
    }
  }

  private void assigned(List<KafkaAssignment> news) {
    FluxSink<Assignment> sink;
    synchronized (this) {
      current.keySet().removeIf(KafkaAssignment::isGone);
      news.forEach(each -> current.put(each, true));
      sink = subscriber;
    }
    if (sink != null) {
      news.forEach(sink::next);
    }
  }
}
