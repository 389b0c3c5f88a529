package dev.logdash.core.parse.pattern;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Finds what the steps from a place on can begin with. */
final class Firsts {

  private final List<Instruction> steps;
  private final First[] known;

  Firsts(List<Instruction> steps) {
    this.steps = steps;
    this.known = new First[steps.size()];
  }

  First at(int start) {
    First found = known[start];
    if (found == null) {
      found = find(start);
      known[start] = found;
    }
    return found;
  }

  /** Follows all ways on which no byte is read. */
  private First find(int start) {
    First first = First.NOTHING;
    // Places behind a look and others are followed apart.
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.push(2 * start);
    while (!open.isEmpty()) {
      int state = open.pop();
      if (seen.get(state)) {
        continue;
      }
      seen.set(state);
      int at = state >> 1;
      int looked = state & 1;
      Instruction step = steps.get(at);
      switch (step.kind) {
        case BYTE:
        case TEXT:
          first = first.or(First.of(ByteSet.of(step.text[0] & 0xff)));
          break;
        case ONE:
          first = first.or(First.of(step.set));
          break;
        case RUN:
        case LONGEST:
        case SHORTEST:
          first = first.or(First.of(step.set));
          if (step.min == 0) {
            open.push(2 * (at + 1) + looked);
          }
          break;
        case READ:
          first = first.or(First.of(java.util.Objects.requireNonNull(step.reader).first()));
          break;
        case CHOOSE:
          for (int target : step.targets) {
            open.push(2 * target + looked);
          }
          break;
        case JUMP:
          open.push(2 * step.targets[0] + looked);
          break;
        case PAD:
          first = first.or(First.of(ByteSet.of(' ')));
          open.push(2 * (at + 1) + looked);
          break;
        case PLACE:
          if (step.place == Node.Place.END) {
            first = first.or(First.END);
          } else {
            open.push(2 * (at + 1) + 1);
          }
          break;
        case LOOK:
          open.push(2 * (at + 1) + 1);
          break;
        case SAVE:
        case PROGRESS:
        case ONCE:
          open.push(2 * (at + 1) + looked);
          break;
        case ONCE_END:
        case DONE:
          first = first.or(looked == 1 ? First.DONE.afterLook() : First.DONE);
          break;
      }
    }
    return first;
  }
}
