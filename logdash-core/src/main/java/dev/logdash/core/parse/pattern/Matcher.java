package dev.logdash.core.parse.pattern;

/**
 * Fits a program to lines, in the order of preference that regular expressions have. The work on a
 * line is bounded: a line that would need more is given up, and {@link #isGivenUp()} says so. For
 * use by one thread.
 */
final class Matcher {

  private final Instruction[] steps;
  private final Program program;
  private final boolean anchored;
  private final Choices choices;
  private final int[] slots;
  private final Line line = new Line();
  private boolean givenUp;

  // Where the step that back() gave goes on.
  private int resumed;

  Matcher(Program program) {
    this.program = program;
    this.steps = program.steps().toArray(Instruction[]::new);
    this.anchored = program.isAnchored();
    this.choices = new Choices(program.slots());
    this.slots = choices.slots();
  }

  /** Whether the program fits somewhere in the line; the leftmost place holds. */
  boolean find(byte[] buffer, int from, int end) {
    line.begin(buffer, from, end);
    givenUp = false;
    return anchored ? fitsAt(from) : search(from);
  }

  /** Lets the bytes of the last line go. */
  void forget() {
    line.forget();
  }

  /** Whether the last line would have needed too much work. */
  boolean isGivenUp() {
    return givenUp;
  }

  /** What of the work for the last line is left; below 0 if it was given up. */
  long workLeft() {
    return line.work;
  }

  /** The begin and the end of each column of the last line, or -1; further slots behind them. */
  int[] slots() {
    return slots;
  }

  private boolean search(int from) {
    First first = program.first();
    int at = from;
    while (!givenUp) {
      int begin = line.nextBegin(first, at);
      // A pattern without choices goes over the rest of the line from each place.
      if (begin > line.end || --line.work < 0) {
        givenUp = begin <= line.end;
        return false;
      }
      if (fitsAt(begin)) {
        return true;
      }
      at = begin + 1;
    }
    return false;
  }

  private boolean fitsAt(int start) {
    choices.clear();
    byte[] b = line.bytes;
    int to = line.end;
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
          if (line.startsWith(step.text, at)) {
            at += step.text.length;
            next++;
            continue;
          }
          break;
        case ONE:
          if (at < to && step.set.has(b[at])) {
            at = line.afterCharacter(at);
            next++;
            continue;
          }
          break;
        case RUN:
          int runEnd = line.endOfRun(step, at);
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
          int least = step.min == 0 ? at : line.endOfCount(step, at, step.min);
          stop = least < 0 ? -1 : shortest(step, next, least, step.min);
          if (stop >= 0) {
            at = stop;
            next++;
            continue;
          }
          break;
        case SAVE:
          choices.save(step.slot, at);
          next++;
          continue;
        case CHOOSE:
          long ways = at < to ? step.targetsByByte[b[at] & 0xff] : step.targetsAtEnd;
          if (ways != 0) {
            long others = ways & (ways - 1);
            if (others != 0) {
              open(next, at, others);
            }
            line.work -= 1 + (taken >> 3);
            taken = 0;
            if (line.work < 0) {
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
          choices.save(step.slot, choices.size());
          next++;
          continue;
        case ONCE_END:
          choices.cut(slots[step.slot]);
          next++;
          continue;
        case PAD:
          int padEnd = line.afterPad(step, slots[step.slot], at);
          if (padEnd >= 0) {
            at = padEnd;
            next++;
            continue;
          }
          break;
        case READ:
          int readEnd = step.reader == null ? -1 : step.reader.end(b, at, to);
          if (readEnd >= 0) {
            line.looked(readEnd - at);
            at = readEnd;
            next++;
            continue;
          }
          break;
        case PLACE:
          if (line.isPlace(step, at)) {
            next++;
            continue;
          }
          break;
        case LOOK:
          if (line.look(step, at) == step.wanted) {
            next++;
            continue;
          }
          break;
        case DONE:
          return true;
      }
      // Steps since the last choice.
      line.work -= taken >> 3;
      taken = 0;
      next = back();
      if (next < 0) {
        return false;
      }
      at = resumed;
    }
  }

  /** Takes the next way of the last open choice; the step that it goes on with, or -1. */
  private int back() {
    while (choices.size() > 0) {
      if (--line.work < 0) {
        givenUp = true;
        return -1;
      }
      choices.close();
      int index = choices.step();
      int place = choices.place();
      long rest = choices.rest();
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

  private int longest(Instruction run, int index, int from) {
    int least = run.min == 0 ? from : line.endOfCount(run, from, run.min);
    return least < 0 ? -1 : longestBelow(run, index, line.endOfRun(run, from), least);
  }

  /** The last place from {@code most} down to {@code least} where the rest may begin, or -1. */
  private int longestBelow(Instruction run, int index, int most, int least) {
    int at = line.lastWithRest(run, most, least);
    if (at > least) {
      open(index, at, least);
    }
    return at;
  }

  /** One more character than before, or more of them. */
  private int longer(Instruction run, int index, int at, int count) {
    return count == run.max || at >= line.end || !run.set.has(line.bytes[at])
        ? -1
        : shortest(run, index, line.afterCharacter(at), count + 1);
  }

  /** The first place from {@code from} on where the rest may begin, or -1. */
  private int shortest(Instruction run, int index, int from, int count) {
    int at = from;
    int read = count;
    if (run.next >= 0 && run.max == Node.UNBOUNDED) {
      at = line.next(run, at);
      if (at >= 0) {
        choose(run, index, at, count);
      }
      return at;
    }
    while (!line.mayGoOn(run, at)) {
      if (read == run.max || at >= line.end || !run.set.has(line.bytes[at])) {
        line.looked(at - from);
        return -1;
      }
      at = line.afterCharacter(at);
      read++;
    }
    line.looked(at - from);
    choose(run, index, at, read);
    return at;
  }

  private void choose(Instruction run, int index, int at, int count) {
    if (!run.isFinal && at < line.end) {
      open(index, at, run.max == Node.UNBOUNDED ? 0 : count);
    }
  }

  private void open(int step, int place, long rest) {
    if (!choices.open(step, place, rest)) {
      // The next choice, or way back, finds no work left.
      line.work = Math.min(line.work, 0);
    }
  }
}
