package dev.logdash.embedded;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fields of an index that have doc values. Their number is bounded, since each costs memory of
 * the writer; what came too late is answered from the events. Once one was refused, none is
 * admitted any more, so a field has its doc values in all documents or in none.
 */
final class KnownNames {

  private final int most;
  private final Map<String, String> fields = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param known the fields that the index has already
   * @param closed whether one was refused before
   */
  KnownNames(int most, Set<String> known, boolean closed) {
    this.most = most;
    this.closed = closed;
    known.forEach(field -> fields.put(field, field));
  }

  boolean admits(String field) {
    if (fields.containsKey(field)) {
      return true;
    }
    return !closed && admit(field);
  }

  /** Whether a field was ever refused. */
  boolean isClosed() {
    return closed;
  }

  private synchronized boolean admit(String field) {
    if (fields.containsKey(field)) {
      return true;
    }
    if (closed || fields.size() >= most) {
      closed = true;
      return false;
    }
    fields.put(field, field);
    return true;
  }
}
