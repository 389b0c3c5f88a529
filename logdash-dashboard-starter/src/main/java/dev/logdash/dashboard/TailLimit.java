package dev.logdash.dashboard;

import java.util.HashMap;
import java.util.Map;

/** Bounds how many live tails are open, for one user and for all. */
final class TailLimit {

  static final int GLOBAL = 200;
  static final int PER_USER = 50;

  private final Map<String, Integer> open = new HashMap<>();
  private int total;

  /** Counts a tail until its exchange ends; false if there are too many. */
  boolean enter(String user, Call call) {
    synchronized (this) {
      if (total == GLOBAL || open.getOrDefault(user, 0) == PER_USER) {
        return false;
      }
      total++;
      open.merge(user, 1, Integer::sum);
    }
    call.onEnd(() -> leave(user));
    return true;
  }

  private synchronized void leave(String user) {
    total--;
    open.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
  }
}
