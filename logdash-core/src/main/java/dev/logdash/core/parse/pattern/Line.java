package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.Bytes;
import java.util.Arrays;

/**
 * The line that a program is fitted to: what a step reads of it from a place on, and where that
 * ends, -1 if it does not fit. Reading is counted as work, of which a line may need only so much.
 */
final class Line {

  /** How many bytes may be looked at again for each byte of a line. */
  private static final int WORK_PER_BYTE = 8;

  /**
   * The most work for a line of any length. A machine that has just started and interprets a
   * matcher does so much in less than 50 ms; patterns that fit lines of 64 KiB need less.
   */
  static final int MAX_WORK = 150_000;

  private static final int LEAST_WORK = 10_000;
  private static final byte[] NO_BYTES = new byte[0];

  byte[] bytes = NO_BYTES;
  int start;
  int end;

  /** Below 0 once the line needs more than it may. */
  long work;

  /** The most work for a line of a length. */
  static long workFor(int length) {
    return Math.min(MAX_WORK, LEAST_WORK + (long) WORK_PER_BYTE * length);
  }

  /** Takes the bytes of a line, and gives it the most work that it may need. */
  void begin(byte[] buffer, int from, int to) {
    bytes = buffer;
    start = from;
    end = to;
    work = workFor(to - from);
  }

  /** Lets the bytes go. */
  void forget() {
    bytes = NO_BYTES;
  }

  /** Takes the work of looking at bytes. */
  void looked(int count) {
    work -= count >> 3;
  }

  /** The first place where the program may begin; behind the end of the line if there is none. */
  int nextBegin(First first, int from) {
    int at = from;
    while (at < end && !first.done() && !first.set().has(bytes[at])) {
      at++;
    }
    looked(at - from);
    return at < end || (at == end && first.end()) ? at : end + 1;
  }

  /** Whether what is behind a run may begin at a place. */
  boolean mayGoOn(Instruction run, int at) {
    if (at >= end) {
      return run.after.end();
    }
    return (run.after.done() || run.after.set().has(bytes[at])) && (bytes[at] & 0xC0) != 0x80;
  }

  /** The last place from {@code most} down to {@code least} where the rest may begin, or -1. */
  int lastWithRest(Instruction run, int most, int least) {
    for (int at = most; at >= least; at--) {
      if (mayGoOn(run, at)) {
        looked(most - at);
        return at;
      }
    }
    looked(most - least);
    return -1;
  }

  /** Where the text stands that must follow, everything before it being of the run; or -1. */
  int next(Instruction run, int from) {
    int at = from;
    while (true) {
      int found;
      if (run.isLineSet) {
        found = Bytes.indexOf(bytes, at, end, (char) run.next);
      } else {
        found = at;
        while (found < end && (bytes[found] & 0xff) != run.next && run.set.has(bytes[found])) {
          found++;
        }
        found = found < end && (bytes[found] & 0xff) == run.next ? found : -1;
      }
      looked((found < 0 ? end : found) - at);
      if (found < 0 || run.follow.length < 2 || startsWith(run.follow, found)) {
        return found;
      }
      if (--work < 0 || !run.set.has(bytes[found])) {
        return -1;
      }
      at = found + 1;
    }
  }

  /** Where the longest run ends, or -1 if it is too short. */
  int endOfRun(Instruction run, int from) {
    if (run.isLine) {
      return end;
    }
    if (run.isCounted()) {
      int least = endOfCount(run, from, run.min);
      return least < 0 || run.max == run.min ? least : endOfMost(run, least, run.max - run.min);
    }
    int at = from;
    ByteSet set = run.set;
    while (at < end && set.has(bytes[at])) {
      at++;
    }
    looked(at - from);
    return at - from < run.min ? -1 : at;
  }

  int endOfCount(Instruction run, int from, int count) {
    int at = from;
    for (int i = 0; i < count; i++) {
      if (at >= end || !run.set.has(bytes[at])) {
        return -1;
      }
      at = afterCharacter(at);
    }
    looked(at - from);
    return at;
  }

  private int endOfMost(Instruction run, int from, int count) {
    int at = from;
    for (int i = 0; i < count && at < end && run.set.has(bytes[at]); i++) {
      at = afterCharacter(at);
    }
    looked(at - from);
    return at;
  }

  int afterCharacter(int at) {
    int next = at + 1;
    if (bytes[at] < 0) {
      while (next < end && (bytes[next] & 0xC0) == 0x80) {
        next++;
      }
    }
    return next;
  }

  boolean startsWith(byte[] text, int at) {
    if (at + text.length > end) {
      return false;
    }
    int different = Arrays.mismatch(bytes, at, at + text.length, text, 0, text.length);
    looked(different < 0 ? text.length : different);
    return different < 0;
  }

  /**
   * Passes over the spaces that fill a column, which began at {@code column}; those at the end of a
   * line may have been cut.
   */
  int afterPad(Instruction pad, int column, int from) {
    int width = 0;
    for (int at = column; at < from; at++) {
      width += (bytes[at] & 0xC0) == 0x80 ? 0 : 1;
    }
    looked(from - column);
    int at = from;
    for (; width < pad.min && at < end; width++) {
      if (bytes[at] != ' ') {
        return -1;
      }
      at++;
    }
    return at;
  }

  boolean isPlace(Instruction step, int at) {
    if (step.place == Node.Place.START) {
      return at == start;
    }
    if (step.place == Node.Place.END) {
      return at == end;
    }
    boolean before = at > start && ByteSet.WORD.has(bytes[at - 1]);
    boolean behind = at < end && ByteSet.WORD.has(bytes[at]);
    return (before != behind) == (step.place == Node.Place.WORD_EDGE);
  }

  boolean look(Instruction step, int at) {
    return step.behind
        ? at > start && step.set.has(bytes[at - 1])
        : at < end && step.set.has(bytes[at]);
  }
}
