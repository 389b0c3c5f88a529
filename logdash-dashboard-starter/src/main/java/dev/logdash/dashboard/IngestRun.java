package dev.logdash.dashboard;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Takes the logs of one request in, part by part, so that memory is bounded however long the body
 * is. A sink that is full refuses the first part and with it the request, of which then nothing was
 * taken; if it fills up later, the items behind are refused one by one.
 */
final class IngestRun {

  /** Why an item was not taken that may be sent again. */
  static final String FULL = "full";

  private static final int MAX_ITEMS = 10_000;
  private static final int MAX_BYTES = 2 << 20;

  private final LogSink sink;
  private final Items items;
  private final List<Refused> refused = new ArrayList<>();
  private int accepted;
  private boolean full;

  /** The items of a body, one by one. */
  interface Items {

    /** The next item, or null at the end. */
    @Nullable Item next() throws IOException;
  }

  /**
   * One item.
   *
   * @param index its place in the body, from 0
   * @param submission null for one that is refused, or that was taken before
   * @param refusal why, or the empty text
   */
  record Item(int index, @Nullable Submission submission, String refusal) {

    /** An item that the sink has already. */
    static Item takenBefore(int index) {
      return new Item(index, null, "");
    }

    boolean isTaken() {
      return submission == null && refusal.isEmpty();
    }
  }

  /** An item that was not taken. */
  record Refused(int index, String reason) {}

  IngestRun(LogSink sink, Items items) {
    this.sink = sink;
    this.items = items;
  }

  int accepted() {
    return accepted;
  }

  /** By ascending index. */
  List<Refused> refused() {
    return refused;
  }

  /** Reads and appends until the body ends. Waits for the body. */
  Mono<IngestRun> run() {
    return Mono.fromCallable(this::part)
        .flatMap(part -> part.isEmpty() ? Mono.just(this) : append(part).then(run()));
  }

  private Mono<Void> append(List<Item> part) {
    List<Item> offered = new ArrayList<>(part.size());
    List<Submission> batch = new ArrayList<>(part.size());
    for (Item item : part) {
      Submission submission = item.submission();
      if (item.isTaken()) {
        accepted++;
      } else if (submission == null) {
        refused.add(new Refused(item.index(), item.refusal()));
      } else if (full) {
        refused.add(new Refused(item.index(), FULL));
      } else {
        offered.add(item);
        batch.add(submission);
      }
    }
    if (batch.isEmpty()) {
      return Mono.empty();
    }
    return Mono.defer(() -> sink.append(batch, AckLevel.SPOOLED))
        .doOnNext(ack -> taken(offered, ack))
        .onErrorResume(BackendException.Overloaded.class, error -> overflow(offered, error))
        .then();
  }

  private void taken(List<Item> offered, SinkAck ack) {
    accepted += ack.accepted();
    ack.rejected()
        .forEach(
            rejection ->
                refused.add(
                    new Refused(offered.get(rejection.index()).index(), rejection.reason())));
  }

  private Mono<SinkAck> overflow(List<Item> offered, BackendException.Overloaded error) {
    if (accepted == 0) {
      return Mono.error(error);
    }
    full = true;
    offered.forEach(item -> refused.add(new Refused(item.index(), FULL)));
    return Mono.empty();
  }

  private List<Item> part() throws IOException {
    List<Item> part = new ArrayList<>();
    long bytes = 0;
    while (part.size() < MAX_ITEMS && bytes < MAX_BYTES) {
      Item item = items.next();
      if (item == null) {
        break;
      }
      part.add(item);
      bytes += item.submission() == null ? 0 : item.submission().body().length;
    }
    return part;
  }
}
