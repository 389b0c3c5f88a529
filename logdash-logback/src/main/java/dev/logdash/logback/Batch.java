package dev.logdash.logback;

import dev.logdash.api.ingest.Submission;
import java.util.ArrayList;
import java.util.List;

/** Encoded events that go to the sink together, and perhaps an event that tells of drops. */
final class Batch {

  private static final int MAX_EVENTS = 1_024;
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

  List<Submission> submissions() {
    return submissions;
  }

  List<QueuedEvent> events() {
    return events;
  }

  void clear() {
    events.clear();
    submissions.clear();
    bytes = 0;
  }
}
