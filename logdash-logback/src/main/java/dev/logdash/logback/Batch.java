package dev.logdash.logback;

import dev.logdash.api.ingest.Submission;
import java.util.ArrayList;
import java.util.List;

/** Encoded events that go to the sink together, and perhaps an event that tells of drops. */
final class Batch {

  /** The most that a batch holds. */
  static final int MAX_EVENTS = 1_024;

  private static final int MAX_BYTES = 1024 * 1024;

  private final List<QueuedEvent> events = new ArrayList<>();
  private final List<Submission> submissions = new ArrayList<>();
  private int bytes;

  void add(QueuedEvent event, Submission submission) {
    events.add(event);
    add(submission);
  }

  /** Adds what is no event of the host, behind all events. */
  void add(Submission submission) {
    submissions.add(submission);
    bytes += submission.body().length;
  }

  boolean isFull() {
    return submissions.size() >= MAX_EVENTS || bytes >= MAX_BYTES;
  }

  boolean isEmpty() {
    return submissions.isEmpty();
  }

  int size() {
    return submissions.size();
  }

  List<Submission> first(int count) {
    return List.copyOf(submissions.subList(0, count));
  }

  List<QueuedEvent> events() {
    return events;
  }

  void removeFirst(int count) {
    events.subList(0, Math.min(count, events.size())).clear();
    submissions.subList(0, count).clear();
    if (submissions.isEmpty()) {
      bytes = 0;
    }
  }
}
