package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.Bytes;
import java.util.Arrays;

/**
 * Fits a program to lines, in the order of preference that regular expressions have. The work on a
 * line is bounded: a line that would need more is given up, and {@link #isGivenUp()} says so. For
 * use by one thread.
 */
final class Matcher {

  /** How many bytes may be looked at again for each byte of a line. */
  static final int WORK_PER_BYTE = 8;

  private static final byte[] NO_BYTES = new byte[0];
  private static final int LEAST_WORK = 10_000;

  /**
   * The most work for a line of any length. A machine that has just started and interprets this
   * class does so much in less than 50 ms; patterns that fit lines of 64 KiB need less.
   */
  static final int MAX_WORK = 150_000;

  private static final int MAX_CHOICES = 50_000;

  private final Instruction[] steps;
  private final Program program;
  private final boolean anchored;
  private final int[] slots;

  // What the slots held before they were set behind a choice, to be put back: slot, value, ...
  private int[] trail = new int[64];
  private int trailSize;

  // The choices that are open: the step, the place, the size of the trail, and what is left.
  private int[] choiceSteps = new int[32];
  private int[] choicePlaces = new int[32];
  private int[] choiceTrails = new int[32];
  private long[] choiceRests = new long[32];
  private int choices;

  private byte[] b = NO_BYTES;
  private int lineStart;
  private int to;
  private long work;
  private boolean givenUp;

  Matcher(Program program) {
    this.program = program;
    this.steps = program.steps().toArray(Instruction[]::new);
    this.anchored = program.isAnchored();
    this.slots = new int[program.slots()];
  }

  /** Whether the program fits somewhere in the line; the leftmost place holds. */
  boolean find(byte[] buffer, int from, int end) {
    b = buffer;
    lineStart = from;
    to = end;
    givenUp = false;
    work = workFor(end - from);
    return anchored ? fitsAt(from) : search(from);
  }

  /** Lets the bytes of the last line go. */
  void forget() {
    b = NO_BYTES;
  }

  /** The most work for a line of a length. */
  static long workFor(int length) {
    return Math.min(MAX_WORK, LEAST_WORK + (long) WORK_PER_BYTE * length);
  }

  /** Whether the last line would have needed too much work. */
  boolean isGivenUp() {
    return givenUp;
  }

  /** What of the work for the last line is left; below 0 if it was given up. */
  long workLeft() {
    return work;
  }

  /** The begin and the end of each column of the last line, or -1; further slots behind them. */
  int[] slots() {
    return slots;
  }

  private boolean search(int from) {
    First first = program.first();
    int at = from;
    while (!givenUp) {
      int begin = nextBegin(first, at);
      work -= (begin - at) >> 3;
      // A pattern without choices goes over the rest of the line from each place.
      if (begin > to || --work < 0) {
        givenUp = begin <= to;
        return false;
      }
      if (fitsAt(begin)) {
        return true;
      }
      at = begin + 1;
    }
    return false;
  }

  /** The first place where the program may begin; behind the end of the line if there is none. */
  private int nextBegin(First first, int from) {
    int at = from;
    while (at < to && !first.done() && !first.set().has(b[at])) {
      at++;
    }
    return at < to || (at == to && first.end()) ? at : to + 1;
  }

  private boolean fitsAt(int start) {
    Arrays.fill(slots, -1);
    trailSize = 0;
    choices = 0;
    int next = 0;
    int at = start;
    int taken = 0;
    while (true) {
      Instruction step = steps[next];
      taken++;
      // Each way of going on continues; to leave the switch is to fail.
      switch (step.kind) {
        case BYTE:
          if (at < to && b[at] == step.text[0]) {
            at++;
            next++;
            continue;
          }
          break;
        case TEXT:
          if (startsWith(step.text, at)) {
            at += step.text.length;
            next++;
            continue;
          }
          break;
        case ONE:
          if (at < to && step.set.has(b[at])) {
            at = afterCharacter(at);
            next++;
            continue;
          }
          break;
        case RUN:
          int runEnd = step.isLine ? to : endOfRun(step, at);
          if (runEnd >= 0) {
            at = runEnd;
            next++;
            continue;
          }
          break;
        case LONGEST:
          int stop = longest(step, next, at);
          if (stop >= 0) {
            at = stop;
            next++;
            continue;
          }
          break;
        case SHORTEST:
          int least = step.min == 0 ? at : endOfCount(step, at, step.min);
          stop = least < 0 ? -1 : shortest(step, next, least, step.min);
          if (stop >= 0) {
            at = stop;
            next++;
            continue;
          }
          break;
        case SAVE:
          save(step.slot, at);
          next++;
          continue;
        case CHOOSE:
          long ways = at < to ? step.targetsByByte[b[at] & 0xff] : step.targetsAtEnd;
          if (ways != 0) {
            long others = ways & (ways - 1);
            if (others != 0) {
              open(next, at, others);
            }
            work -= 1 + (taken >> 3);
            taken = 0;
            if (work < 0) {
              givenUp = true;
              return false;
            }
            next = step.targets[Long.numberOfTrailingZeros(ways)];
            continue;
          }
          break;
        case JUMP:
          next = step.targets[0];
          continue;
        case PROGRESS:
          if (slots[step.slot] != at) {
            next++;
            continue;
          }
          break;
        case ONCE:
          save(step.slot, choices);
          next++;
          continue;
        case ONCE_END:
          choices = slots[step.slot];
          next++;
          continue;
        case PAD:
          int padEnd = afterPad(step, at);
          if (padEnd >= 0) {
            at = padEnd;
            next++;
            continue;
          }
          break;
        case READ:
          int readEnd = step.reader == null ? -1 : step.reader.end(b, at, to);
          if (readEnd >= 0) {
            work -= (readEnd - at) >> 3;
            at = readEnd;
            next++;
            continue;
          }
          break;
        case PLACE:
          if (isPlace(step, at)) {
            next++;
            continue;
          }
          break;
        case LOOK:
          if (look(step, at) == step.wanted) {
            next++;
            continue;
          }
          break;
        case DONE:
          return true;
      }
      // Steps since the last choice.
      work -= taken >> 3;
      taken = 0;
      next = back();
      if (next < 0) {
        return false;
      }
      at = resumed;
    }
  }

  // Where the step that back() gave goes on.
  private int resumed;

  /** Takes the next way of the last open choice; the step that it goes on with, or -1. */
  private int back() {
    while (choices > 0) {
      if (--work < 0) {
        givenUp = true;
        return -1;
      }
      int top = --choices;
      while (trailSize > choiceTrails[top]) {
        trailSize -= 2;
        slots[trail[trailSize]] = trail[trailSize + 1];
      }
      int index = choiceSteps[top];
      int place = choicePlaces[top];
      long rest = choiceRests[top];
      Instruction step = steps[index];
      if (step.kind == Instruction.Kind.CHOOSE) {
        long others = rest & (rest - 1);
        if (others != 0) {
          open(index, place, others);
        }
        resumed = place;
        return step.targets[Long.numberOfTrailingZeros(rest)];
      }
      int stop =
          step.kind == Instruction.Kind.LONGEST
              ? longestBelow(step, index, place - 1, (int) rest)
              : longer(step, index, place, (int) rest);
      if (stop >= 0) {
        resumed = stop;
        return index + 1;
      }
    }
    return -1;
  }

  private void open(int step, int place, long rest) {
    if (choices == choiceSteps.length) {
      if (choices >= MAX_CHOICES) {
        // The next choice, or way back, finds no work left.
        work = Math.min(work, 0);
        return;
      }
      int capacity = 2 * choices;
      choiceSteps = Arrays.copyOf(choiceSteps, capacity);
      choicePlaces = Arrays.copyOf(choicePlaces, capacity);
      choiceTrails = Arrays.copyOf(choiceTrails, capacity);
      choiceRests = Arrays.copyOf(choiceRests, capacity);
    }
    choiceSteps[choices] = step;
    choicePlaces[choices] = place;
    choiceTrails[choices] = trailSize;
    choiceRests[choices++] = rest;
  }

  private void save(int slot, int at) {
    if (choices > 0) {
      if (trailSize + 2 > trail.length) {
        trail = Arrays.copyOf(trail, 2 * trail.length);
      }
      trail[trailSize++] = slot;
      trail[trailSize++] = slots[slot];
    }
    slots[slot] = at;
  }

  private int longest(Instruction run, int index, int from) {
    int least = run.min == 0 ? from : endOfCount(run, from, run.min);
    if (least < 0) {
      return -1;
    }
    return longestBelow(run, index, run.isLine ? to : endOfRun(run, from), least);
  }

  /** The last place from {@code most} down to {@code least} where the rest may begin, or -1. */
  private int longestBelow(Instruction run, int index, int most, int least) {
    for (int at = most; at >= least; at--) {
      if (mayGoOn(run, at)) {
        work -= (most - at) >> 3;
        if (at > least) {
          open(index, at, least);
        }
        return at;
      }
    }
    work -= (most - least) >> 3;
    return -1;
  }

  /** One more character than before, or more of them. */
  private int longer(Instruction run, int index, int at, int count) {
    return count == run.max || at >= to || !run.set.has(b[at])
        ? -1
        : shortest(run, index, afterCharacter(at), count + 1);
  }

  /** The first place from {@code from} on where the rest may begin, or -1. */
  private int shortest(Instruction run, int index, int from, int count) {
    int at = from;
    int read = count;
    if (run.next >= 0 && run.max == Node.UNBOUNDED) {
      at = next(run, at);
      if (at >= 0) {
        choose(run, index, at, count);
      }
      return at;
    }
    while (!mayGoOn(run, at)) {
      if (read == run.max || at >= to || !run.set.has(b[at])) {
        work -= (at - from) >> 3;
        return -1;
      }
      at = afterCharacter(at);
      read++;
    }
    work -= (at - from) >> 3;
    choose(run, index, at, read);
    return at;
  }

  private void choose(Instruction run, int index, int at, int count) {
    if (!run.isFinal && at < to) {
      open(index, at, run.max == Node.UNBOUNDED ? 0 : count);
    }
  }

  /** Where the text stands that must follow, everything before it being of the run; or -1. */
  private int next(Instruction run, int from) {
    int at = from;
    while (true) {
      int found;
      if (run.isLineSet) {
        found = Bytes.indexOf(b, at, to, (char) run.next);
      } else {
        found = at;
        while (found < to && (b[found] & 0xff) != run.next && run.set.has(b[found])) {
          found++;
        }
        found = found < to && (b[found] & 0xff) == run.next ? found : -1;
      }
      work -= ((found < 0 ? to : found) - at) >> 3;
      if (found < 0 || run.follow.length < 2 || startsWith(run.follow, found)) {
        return found;
      }
      if (--work < 0 || !run.set.has(b[found])) {
        return -1;
      }
      at = found + 1;
    }
  }

  private boolean mayGoOn(Instruction run, int at) {
    if (at >= to) {
      return run.after.end();
    }
    return (run.after.done() || run.after.set().has(b[at])) && (b[at] & 0xC0) != 0x80;
  }

  /** Where the longest run ends, or -1 if it is too short. */
  private int endOfRun(Instruction run, int from) {
    if (run.isCounted()) {
      int least = endOfCount(run, from, run.min);
      return least < 0 || run.max == run.min ? least : endOfMost(run, least, run.max - run.min);
    }
    int at = from;
    ByteSet set = run.set;
    while (at < to && set.has(b[at])) {
      at++;
    }
    work -= (at - from) >> 3;
    return at - from < run.min ? -1 : at;
  }

  private int endOfCount(Instruction run, int from, int count) {
    int at = from;
    for (int i = 0; i < count; i++) {
      if (at >= to || !run.set.has(b[at])) {
        return -1;
      }
      at = afterCharacter(at);
    }
    work -= (at - from) >> 3;
    return at;
  }

  private int endOfMost(Instruction run, int from, int count) {
    int at = from;
    for (int i = 0; i < count && at < to && run.set.has(b[at]); i++) {
      at = afterCharacter(at);
    }
    work -= (at - from) >> 3;
    return at;
  }

  private int afterCharacter(int at) {
    int next = at + 1;
    if (b[at] < 0) {
      while (next < to && (b[next] & 0xC0) == 0x80) {
        next++;
      }
    }
    return next;
  }

  private boolean startsWith(byte[] text, int at) {
    if (at + text.length > to) {
      return false;
    }
    int different = Arrays.mismatch(b, at, at + text.length, text, 0, text.length);
    work -= (different < 0 ? text.length : different) >> 3;
    return different < 0;
  }

  /** Passes over the spaces that fill a column; those at the end of a line may have been cut. */
  private int afterPad(Instruction pad, int from) {
    int width = 0;
    for (int at = slots[pad.slot]; at < from; at++) {
      width += (b[at] & 0xC0) == 0x80 ? 0 : 1;
    }
    work -= (from - slots[pad.slot]) >> 3;
    int at = from;
    for (; width < pad.min && at < to; width++) {
      if (b[at] != ' ') {
        return -1;
      }
      at++;
    }
    return at;
  }

  private boolean isPlace(Instruction step, int at) {
    if (step.place == Node.Place.START) {
      return at == lineStart;
    }
    if (step.place == Node.Place.END) {
      return at == to;
    }
    boolean before = at > lineStart && ByteSet.WORD.has(b[at - 1]);
    boolean behind = at < to && ByteSet.WORD.has(b[at]);
    return (before != behind) == (step.place == Node.Place.WORD_EDGE);
  }

  private boolean look(Instruction step, int at) {
    return step.behind ? at > lineStart && step.set.has(b[at - 1]) : at < to && step.set.has(b[at]);
  }
}
